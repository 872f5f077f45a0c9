package dev.cermin.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cermin.model.Failure;
import dev.cermin.model.Limits;
import dev.cermin.model.Model;
import dev.cermin.model.OutOfTimeException;
import dev.cermin.model.Price;
import dev.langchain4j.exception.InvalidRequestException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** Models that take their time to start, or can't. */
class EngineTest {
    private final CountDownLatch loaded = new CountDownLatch(1);
    private final CountDownLatch ended = new CountDownLatch(1);
    private final AtomicInteger starts = new AtomicInteger();

    private Model loading() {
        starts.incrementAndGet();
        try {
            loaded.await();
            return new Model("small", "fake", Fake.saying("4"), Price.FREE);
        } catch (InterruptedException e) {
            ended.countDown();
            throw new IllegalStateException(e);
        }
    }

    private Model missing() {
        starts.incrementAndGet();
        throw new InvalidRequestException("there is no such file");
    }

    private static Dispatch.Builder with(Rules.Builder rules, Supplier<Model> maker) {
        return Dispatch.builder()
                .model("small", "fake", rules.retries(0).build(), Set.of(), Map.of("", maker))
                .model("large", Rules.DEFAULT, Fake.saying("5"));
    }

    @Test
    void aModelThatIsLoadingIsNotWaitedForBeyondTheDeadline() {
        Rules.Builder one = Rules.builder().limits(new Limits(1, 0, 0));
        try (Dispatch models = with(one, this::loading).build()) {
            for (int i = 0; i < 2; i++) {
                Asked asked = new Asked().within(Duration.ofMillis(100));
                assertThatThrownBy(() -> asked.by(models, "small"))
                        .isInstanceOf(OutOfTimeException.class)
                        .hasMessageMatching(
                                "The deadline came before an answer: small is not ready: it has been starting for \\d.*");
                assertThat(asked.calls).isEmpty();
            }
            loaded.countDown();

            assertThat(new Asked().textBy(models, "small")).isEqualTo("4");
            assertThat(starts).as("it went on starting").hasValue(1);
        }
    }

    @Test
    void aFallbackAnswersWhileAModelIsLoading() {
        Rules.Builder impatient = Rules.builder().maxWait(Duration.ofMillis(50)).fallback(List.of("large"));
        try (Dispatch models = with(impatient, this::loading).build()) {
            Asked asked = new Asked();

            assertThat(asked.textBy(models, "small")).isEqualTo("5");
            assertThat(asked.notes).first().asString().startsWith("small failed, timeout: small is not ready");
        }
    }

    @Test
    void withoutAFallbackItIsWaitedForTillTheTimeout() {
        Rules.Builder brief = Rules.builder().timeout(Duration.ofMillis(50)).maxWait(Duration.ZERO);
        try (Dispatch models = with(brief, this::loading).build()) {
            assertThatThrownBy(() -> new Asked().by(models, "small")).hasMessageStartingWith("small is not ready");
        }
    }

    @Test
    void aStartThatFailedIsNotRepeatedByEveryCall() throws InterruptedException {
        Rules.Builder patient = Rules.builder().breaker(new BreakerRules(10, 1, Duration.ofMinutes(1)));
        try (Dispatch models = with(patient, this::missing).build()) {
            for (int i = 0; i < 5; i++) {
                assertThatThrownBy(() -> new Asked().by(models, "small")).hasMessage("there is no such file");
            }
            assertThat(starts).hasValue(1);
        }
    }

    @Test
    void aStartThatFailedIsTriedAgainLater() throws InterruptedException {
        Supplier<Model> second = () ->
                starts.incrementAndGet() == 1 ? missing() : new Model("small", "fake", Fake.saying("4"), Price.FREE);
        Rules.Builder brief = Rules.builder().breaker(new BreakerRules(10, 1, Duration.ofMillis(20)));
        try (Dispatch models = with(brief, second).build()) {
            assertThatThrownBy(() -> new Asked().by(models, "small")).hasMessage("there is no such file");
            Thread.sleep(30);
            assertThat(new Asked().textBy(models, "small")).isEqualTo("4");
        }
    }

    @Test
    void aCheckWaitsForItNoLongerThanItSays() {
        try (Dispatch models = with(Rules.builder(), this::loading).build()) {
            assertThat(models.check("small", Duration.ofMillis(50)))
                    .singleElement()
                    .satisfies(check -> {
                        assertThat(check.failure()).isEqualTo(Failure.Kind.TIMEOUT);
                        assertThat(check.message()).startsWith("small is not ready");
                    });
        }
    }

    @Test
    void closingEndsAStart() throws InterruptedException {
        try (Dispatch models = with(Rules.builder(), this::loading).build()) {
            Asked asked = new Asked().within(Duration.ofMillis(200));
            assertThatThrownBy(() -> asked.by(models, "small")).isInstanceOf(OutOfTimeException.class);
        }
        assertThat(ended.await(10, TimeUnit.SECONDS)).isTrue();
    }
}
