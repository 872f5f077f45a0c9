package dev.cermin.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cermin.model.Limits;
import dev.cermin.model.OutOfTimeException;
import dev.langchain4j.exception.InternalServerException;
import dev.langchain4j.exception.RateLimitException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class LimitsTest {
    private static Dispatch models(Limits limits, Fake... replicas) {
        return Dispatch.builder()
                .model("small", Rules.builder().retries(0).limits(limits).build(), replicas)
                .build();
    }

    /** Each replica has its own limit. */
    @Property(tries = 30)
    void noMoreCallsAreInFlightThanAllowed(
            @ForAll @IntRange(min = 1, max = 8) int concurrency,
            @ForAll @IntRange(min = 1, max = 3) int replicas,
            @ForAll @IntRange(min = 1, max = 60) int callers)
            throws InterruptedException {
        Fake[] fakes = new Fake[replicas];
        for (int i = 0; i < replicas; i++) {
            fakes[i] = Fake.slow(1, "4");
        }
        try (Dispatch models = models(new Limits(concurrency, 0, 0), fakes)) {
            List<Thread> threads = new ArrayList<>();
            for (int i = 0; i < callers; i++) {
                threads.add(Thread.ofVirtual().start(() -> new Asked().by(models, "small")));
            }
            for (Thread thread : threads) {
                thread.join();
            }
            int made = 0;
            for (Fake fake : fakes) {
                assertThat(fake.most.get()).isLessThanOrEqualTo(concurrency);
                made += fake.calls();
            }
            assertThat(made).as("every caller had its turn").isEqualTo(callers);
            assertThat(models.health()).allMatch(health -> health.inFlight() == 0 && health.queued() == 0);
        }
    }

    @Test
    void callsBeyondAMinutesRequestsWaitTheirTurn() {
        Fake model = Fake.saying("4");
        // a tenth at once, then two a second
        try (Dispatch models = models(new Limits(0, 120, 0), model)) {
            Asked last = new Asked();
            for (int i = 0; i < 13; i++) {
                new Asked().by(models, "small");
            }
            last.by(models, "small");

            long took = model.begun.getLast() - model.begun.getFirst();
            assertThat(Duration.ofNanos(took)).isGreaterThan(Duration.ofMillis(900));
            assertThat(last.notes).hasSize(1).first().asString().matches("Waited \\d+ ms for the limits of small");
        }
    }

    @Test
    void aPauseIsNotMadeUpForByTwoMinutesWorthInOne() {
        Fake model = Fake.saying("4");
        try (Dispatch models = models(new Limits(0, 6_000, 0), model)) {
            long begun = System.nanoTime();
            for (int i = 0; i < 640; i++) {
                new Asked().by(models, "small");
            }
            // 600 at once, and a hundred more a second
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isGreaterThan(Duration.ofMillis(350));
        }
    }

    /** The loop ends as out of time where that is so alone. */
    @Test
    void aLimitThatAFallbackIsNotToWaitForIsNoDeadline() {
        Rules brief = Rules.builder()
                .limits(new Limits(0, 1, 0))
                .maxWait(Duration.ofMillis(50))
                .fallback(List.of("large"))
                .build();
        Rules once = Rules.builder()
                .retries(0)
                .breaker(new BreakerRules(1, 1, Duration.ofMinutes(1)))
                .build();
        try (Dispatch models = Dispatch.builder()
                .model("small", brief, Fake.saying("small"))
                .model("large", once, Fake.failing(new InternalServerException("it is broken")))
                .build()) {
            assertThat(new Asked().textBy(models, "small")).isEqualTo("small");
            assertThatThrownBy(() -> new Asked().by(models, "large")).hasMessage("it is broken");

            Asked asked = new Asked().within(Duration.ofMinutes(5));
            assertThatThrownBy(() -> asked.by(models, "small"))
                    .isInstanceOf(RateLimitException.class)
                    .hasMessage("small is not asked: its limit of 1 requests a minute left no room within 50 ms");
        }
    }

    @Test
    void tokensAreCountedAsTheProviderCountsThem() {
        Fake model = Fake.saying("4");
        // each call is thought to take 1, and takes 10
        try (Dispatch models = models(new Limits(0, 0, 6_000), model)) {
            long begun = System.nanoTime();
            for (int i = 0; i < 620; i++) {
                new Asked().of(1).by(models, "small");
            }
            // 6000 at once, and a hundred more a second: the last begins when 6190 are paid for
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isGreaterThan(Duration.ofMillis(1_800));
        }
    }

    @Test
    void whatCanNotBeHadBeforeTheDeadlineIsNotWaitedFor() {
        Fake model = Fake.saying("4");
        try (Dispatch models = models(new Limits(0, 1, 0), model)) {
            new Asked().by(models, "small");
            Asked asked = new Asked().within(Duration.ofSeconds(5));
            long begun = System.nanoTime();

            assertThatThrownBy(() -> asked.by(models, "small"))
                    .isInstanceOf(OutOfTimeException.class)
                    .hasMessageMatching(
                            "small is not asked: its limit of 1 requests a minute left no room within \\d.* s");
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofMillis(500));
            assertThat(asked.calls).isEmpty();
        }
    }

    @Test
    void aModelWithAFallbackIsNotWaitedForLongerThanItsOwnLimit() {
        try (Dispatch models = Dispatch.builder()
                .model(
                        "small",
                        Rules.builder()
                                .limits(new Limits(0, 1, 0))
                                .maxWait(Duration.ofMillis(50))
                                .fallback(List.of("large"))
                                .build(),
                        Fake.saying("small"))
                .model("large", Rules.DEFAULT, Fake.saying("large"))
                .build()) {
            assertThat(new Asked().textBy(models, "small")).isEqualTo("small");
            Asked second = new Asked();
            assertThat(second.textBy(models, "small")).isEqualTo("large");
            assertThat(second.notes)
                    .containsExactly(
                            "small is not asked: its limit of 1 requests a minute left no room within 50 ms",
                            "large answers in place of small");
        }
    }
}
