package dev.cermin.flow.admission;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** How many loops may begin. */
class UnderWayTest {
    private static final Instant NOON = Instant.parse("2030-01-01T12:00:00Z");
    private static final Instant LATER = NOON.plusSeconds(600);

    private long nanos = 77;
    private final UnderWay loops = new UnderWay(10, () -> nanos);

    @Test
    void slowLoopsAreUnderWayUpToTheLimitAndEachEndMakesRoom() {
        begin(0, 10);
        assertThat(loops.free(NOON)).isZero();
        assertThat(loops.ended(id(3))).isTrue();
        assertThat(loops.ended(id(3))).as("told twice, as it may be").isFalse();
        assertThat(loops.ended(id(99))).as("another's").isFalse();
        assertThat(loops.free(NOON)).isEqualTo(1);
        loops.forget(id(4));
        assertThat(loops.free(NOON)).isEqualTo(2);
    }

    @Test
    void whereLoopsEndFastAsManyAreUnderWayAsEndInHalfASecond() {
        for (int i = 0; i < 300; i++) {
            begin(i, 1);
            loops.ended(id(i));
            nanos += TimeUnit.MILLISECONDS.toNanos(2);
        }
        assertThat(loops.free(NOON)).isBetween(200, 260);
        nanos += TimeUnit.MILLISECONDS.toNanos(600);
        assertThat(loops.free(NOON)).isEqualTo(10);
    }

    @Test
    void aLoopOfWhichNoEndIsHeardCountsUntilItsTime() {
        begin(0, 10);
        assertThat(loops.free(LATER.minusSeconds(1))).isZero();
        assertThat(loops.free(LATER.plusSeconds(1))).isEqualTo(10);
    }

    private void begin(int from, int count) {
        for (int i = from; i < from + count; i++) {
            loops.begun(id(i), LATER);
        }
    }

    private static UUID id(int number) {
        return new UUID(1, number);
    }
}
