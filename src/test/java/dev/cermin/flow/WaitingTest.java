package dev.cermin.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class WaitingTest {
    private static final Instant NOW = Instant.parse("2030-01-01T00:00:00Z");

    private final Waiting<String> waiting = new Waiting<>(10, 1_000);

    @Test
    void thoseThatAreDueComeInTheirOrderAndOnce() {
        waiting.add("late", in(3), 1);
        waiting.add("first", in(1), 1);
        waiting.add("second", in(1), 1);
        assertThat(waiting.due(NOW, 9)).isEmpty();
        assertThat(waiting.within(Duration.ofSeconds(9), NOW)).isEqualTo(Duration.ofSeconds(1));
        assertThat(waiting.within(Duration.ofMillis(9), NOW)).isEqualTo(Duration.ofMillis(9));
        assertThat(waiting.due(in(2), 1)).containsExactly("first");
        assertThat(waiting.due(in(3), 9)).containsExactly("second", "late");
        assertThat(waiting.due(in(9), 9)).isEmpty();
        assertThat(waiting.size()).isZero();
    }

    @Test
    void whatIsHurriedIsDue() {
        waiting.add("a", in(60), 1);
        waiting.add("b", in(60), 1);
        waiting.hurry("b"::equals, NOW);
        assertThat(waiting.due(NOW, 9)).containsExactly("b");
        assertThat(waiting.size()).isEqualTo(1);
    }

    @Test
    void halfOfTooManyAreSentOnThoseThatWaitLongest() {
        fill();
        assertThat(waiting.full()).isTrue();
        assertThat(waiting.relief(NOW)).extracting(Waiting.Entry::own).containsExactly("10", "9", "8", "7", "6");
        assertThat(waiting.full()).isFalse();
        assertThat(waiting.relief(NOW)).isEmpty();
        assertThat(waiting.size()).isEqualTo(5);
    }

    @Test
    void largeOnesCountByTheirBytes() {
        waiting.add("soon", in(1), 600);
        waiting.add("late", in(2), 400);
        assertThat(waiting.full()).isTrue();
        assertThat(waiting.relief(NOW)).extracting(Waiting.Entry::own).containsExactly("late", "soon");
        waiting.add("next", in(3), 999);
        assertThat(waiting.full()).isFalse();
    }

    @Test
    void whileNothingSucceedsTheyAreSentOnEverLessOften() {
        Instant now = NOW;
        long[] pauses = {0, 1, 2, 4, 8, 16, 30, 30};
        for (long pause : pauses) {
            fillForLong();
            if (pause > 0) {
                assertThat(waiting.relief(now.plusSeconds(pause).minusMillis(1)))
                        .isEmpty();
            }
            now = now.plusSeconds(pause);
            assertThat(waiting.relief(now)).as("after %d s", pause).isNotEmpty();
        }
        fillForLong();
        waiting.progressed(now);
        assertThat(waiting.relief(now.plusMillis(999))).isEmpty();
        assertThat(waiting.relief(now.plusSeconds(1))).isNotEmpty();
    }

    @Test
    void whatIsTakenAwayIsGone() {
        fill();
        assertThat(waiting.take(each -> List.of("2", "4").contains(each)))
                .extracting(Waiting.Entry::own)
                .containsExactly("2", "4");
        assertThat(waiting.size()).isEqualTo(8);
        assertThat(waiting.due(in(99), 99)).doesNotContain("2", "4").hasSize(8);
    }

    private void fill() {
        IntStream.rangeClosed(waiting.size() + 1, 10).forEach(i -> waiting.add(String.valueOf(i), in(i), 1));
    }

    /** What is sent on is not due for long. */
    private void fillForLong() {
        IntStream.rangeClosed(waiting.size() + 1, 10).forEach(i -> waiting.add(String.valueOf(i), in(1_000 + i), 1));
    }

    private static Instant in(int seconds) {
        return NOW.plusSeconds(seconds);
    }
}
