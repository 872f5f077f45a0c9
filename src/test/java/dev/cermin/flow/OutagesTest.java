package dev.cermin.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.cermin.fixture.ManualClock;
import dev.cermin.flow.LaterException.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class OutagesTest {
    private static final Retry RETRY =
            new Retry(Duration.ofSeconds(1), Duration.ofSeconds(8), Duration.ZERO, Duration.ofMinutes(10));

    private final ManualClock clock = new ManualClock(Instant.parse("2030-01-01T00:00:00Z"));
    private final Outages outages = new Outages("Lane test", "model", 4, RETRY, clock);

    @Test
    void whatFailsNowAndThenIsCalledOn() {
        for (int i = 0; i < 10; i++) {
            fail("a");
            fail("a");
            succeed("a");
        }
        assertThat(outages.away()).isEmpty();
    }

    @Test
    void whatIsAwayIsTriedByOneAtATimeEverLessOften() {
        fail("a");
        fail("a");
        fail("a");
        assertThat(outages.away()).containsOnlyKeys("a");
        assertThat(outages.away().get("a")).contains("refused");
        long[] waits = {1, 2, 4, 8, 8};
        for (long wait : waits) {
            assertRefused("a", Duration.ofSeconds(wait));
            clock.pass(Duration.ofSeconds(wait).minusMillis(1));
            assertRefused("a", Duration.ofMillis(1));
            clock.pass(Duration.ofMillis(1));
            try (Outages.Turn probe = outages.enter("a")) {
                assertRefused("a", RETRY.delay());
                probe.ill("refused again");
            }
        }
    }

    @Test
    void othersGoOn() {
        fail("a");
        fail("a");
        fail("a");
        succeed("b");
        assertRefused("a", Duration.ofSeconds(1));
    }

    @Test
    void theFirstThatSucceedsLetsAllThroughAndSaysSo() {
        AtomicInteger returns = new AtomicInteger();
        outages.onReturn(returns::incrementAndGet);
        fail("a");
        fail("a");
        fail("a");
        clock.pass(Duration.ofSeconds(1));
        succeed("a");
        assertThat(returns).hasValue(1);
        assertThat(outages.count()).isZero();
        try (Outages.Turn one = outages.enter("a");
                Outages.Turn other = outages.enter("a")) {
            one.well();
            other.well();
        }
        assertThat(returns).hasValue(1);
    }

    @Test
    void thoseUnderWayAlreadyMakeTheWaitNoLonger() {
        Outages.Turn[] underWay = {outages.enter("a"), outages.enter("a"), outages.enter("a"), outages.enter("a")};
        for (Outages.Turn turn : underWay) {
            turn.ill("refused");
            turn.close();
        }
        assertRefused("a", Duration.ofSeconds(1));
    }

    @Test
    void aProbeThatTellsNothingMakesRoomForTheNext() {
        fail("a");
        fail("a");
        fail("a");
        clock.pass(Duration.ofSeconds(1));
        outages.enter("a").close();
        succeed("a");
    }

    @Test
    void noMoreThanItMayAreCalledAtOnce() {
        Outages.Turn[] all = {outages.enter("a"), outages.enter("a"), outages.enter("a"), outages.enter("a")};
        assertThatExceptionOfType(LaterException.class)
                .isThrownBy(() -> outages.enter("a"))
                .withMessageContaining("4 calls in flight");
        all[2].close();
        outages.enter("a").close();
        assertThat(outages.away()).isEmpty();
    }

    @Test
    void whatWasAskedLongAgoIsForgottenBeforeThereAreTooMany() {
        for (int i = 0; i < 3_000; i++) {
            clock.pass(Duration.ofMillis(1));
            for (int failure = 0; failure < 3; failure++) {
                fail("receiver " + i);
            }
        }
        assertThat(outages.away()).hasSize(1_000).containsKey("receiver 2999").doesNotContainKey("receiver 0");
        assertRefused("receiver 2999", Duration.ofSeconds(1));
    }

    private void fail(String name) {
        try (Outages.Turn turn = outages.enter(name)) {
            turn.ill("refused");
        }
    }

    private void succeed(String name) {
        try (Outages.Turn turn = outages.enter(name)) {
            turn.well();
        }
    }

    /** Till about then; some spread comes on top. */
    private void assertRefused(String name, Duration till) {
        assertThatExceptionOfType(LaterException.class)
                .isThrownBy(() -> outages.enter(name))
                .satisfies(later -> {
                    assertThat(later.kind()).isEqualTo(Kind.HELD);
                    assertThat(later.reason()).contains(name).contains("refused");
                    assertThat(later.delay()).isBetween(till, till.plusMillis(200));
                });
    }
}
