package dev.cermin.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cermin.model.OutOfTimeException;
import dev.langchain4j.exception.InternalServerException;
import dev.langchain4j.exception.InvalidRequestException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** Circuit breakers of replicas. */
class BreakersTest {
    private static Rules.Builder once() {
        return Rules.builder().retries(0);
    }

    @Test
    void aBreakerOpensAndLetsOneCallTryAgainLater() throws InterruptedException {
        Fake model = new Fake(call -> {
            if (call <= 4) {
                throw Fake.broken();
            }
            return "4";
        });
        Rules rules =
                once().breaker(new BreakerRules(4, 1, Duration.ofMillis(300))).build();
        try (Dispatch models = Dispatch.builder().model("small", rules, model).build()) {
            for (int i = 0; i < 4; i++) {
                assertThatThrownBy(() -> new Asked().by(models, "small")).hasMessage("it is broken");
            }
            assertThat(models.health().getFirst().state()).isEqualTo(Health.State.OPEN);
            Asked refused = new Asked();
            assertThatThrownBy(() -> refused.by(models, "small"))
                    .hasMessage(
                            "small is not asked: its circuit breaker is open, and lets one call try it again after 300 ms; the last failure was it is broken");
            assertThat(refused.calls).isEmpty();
            assertThat(model.calls()).isEqualTo(4);

            while (models.health().getFirst().state() == Health.State.OPEN) {
                Thread.sleep(10);
            }
            assertThat(new Asked().textBy(models, "small")).isEqualTo("4");
            assertThat(models.health().getFirst().state()).isEqualTo(Health.State.CLOSED);
        }
    }

    @Test
    void ofManyCallsOneAloneTriesAHalfOpenReplica() throws InterruptedException {
        CountDownLatch release = new CountDownLatch(1);
        Fake model = new Fake(call -> {
            if (call == 1) {
                throw Fake.broken();
            }
            Fake.await(release);
            return "4";
        });
        Rules rules =
                once().breaker(new BreakerRules(1, 1, Duration.ofMillis(50))).build();
        try (Dispatch models = Dispatch.builder().model("small", rules, model).build()) {
            assertThatThrownBy(() -> new Asked().by(models, "small")).hasMessage("it is broken");
            while (models.health().getFirst().state() != Health.State.HALF_OPEN) {
                Thread.sleep(5);
            }
            Thread first = Thread.ofVirtual().start(() -> new Asked().by(models, "small"));
            while (model.calls() < 2) {
                Thread.sleep(1);
            }
            for (int i = 0; i < 20; i++) {
                Asked refused = new Asked();
                assertThatThrownBy(() -> refused.by(models, "small"))
                        .hasMessageContaining("its circuit breaker is half-open, and another call tries it");
                assertThat(refused.calls).isEmpty();
            }
            release.countDown();
            first.join();
            assertThat(new Asked().textBy(models, "small")).isEqualTo("4");
        }
    }

    @Test
    void aDeadlineThatEndsATryLeavesAHalfOpenBreakerAsItWas() throws InterruptedException {
        Fake model = new Fake(call -> {
            if (call == 1) {
                throw Fake.broken();
            }
            if (call == 2) {
                Fake.pause(20_000);
            }
            return "4";
        });
        Rules rules =
                once().breaker(new BreakerRules(1, 1, Duration.ofMillis(50))).build();
        try (Dispatch models = Dispatch.builder().model("small", rules, model).build()) {
            assertThatThrownBy(() -> new Asked().by(models, "small")).hasMessage("it is broken");
            while (models.health().getFirst().state() != Health.State.HALF_OPEN) {
                Thread.sleep(5);
            }
            Asked brief = new Asked().within(Duration.ofMillis(300));
            assertThatThrownBy(() -> brief.by(models, "small")).isInstanceOf(OutOfTimeException.class);
            assertThat(models.health().getFirst().state()).isEqualTo(Health.State.HALF_OPEN);

            assertThat(new Asked().textBy(models, "small")).isEqualTo("4");
            assertThat(models.health().getFirst().state()).isEqualTo(Health.State.CLOSED);
        }
    }

    @Test
    void aReplicaThatHangsTillTheDeadlineOpensItsBreaker() {
        Rules rules = once().timeout(Duration.ofMillis(500))
                .breaker(new BreakerRules(1, 1, Duration.ofMinutes(1)))
                .build();
        try (Dispatch models = Dispatch.builder()
                .model("small", rules, Fake.slow(20_000, "late"))
                .build()) {
            Asked asked = new Asked().within(Duration.ofMillis(450));
            assertThatThrownBy(() -> asked.by(models, "small")).isInstanceOf(OutOfTimeException.class);
            assertThat(models.health().getFirst().state()).isEqualTo(Health.State.OPEN);
            assertThat(models.health().getFirst().failures()).isEqualTo(1);
        }
    }

    @Test
    void ofReplicasThatAreDownTheOneThatFailedLastIsQuoted() {
        Rules rules =
                once().breaker(new BreakerRules(1, 1, Duration.ofMinutes(1))).build();
        try (Dispatch models = Dispatch.builder()
                .model(
                        "small",
                        rules,
                        Fake.failing(new InternalServerException("the first is broken")),
                        Fake.failing(new InternalServerException("the second is broken")))
                .build()) {
            assertThatThrownBy(() -> new Asked().by(models, "small")).hasMessage("the first is broken");
            assertThatThrownBy(() -> new Asked().by(models, "small")).hasMessage("the second is broken");
            assertThatThrownBy(() -> new Asked().by(models, "small"))
                    .hasMessageEndingWith("the last failure was the second is broken");
        }
    }

    @Test
    void refusedRequestsOpenNoBreaker() {
        Fake model = Fake.failing(new InvalidRequestException("too long"));
        Rules rules =
                once().breaker(new BreakerRules(2, 0.5, Duration.ofMinutes(1))).build();
        try (Dispatch models = Dispatch.builder().model("small", rules, model).build()) {
            for (int i = 0; i < 10; i++) {
                assertThatThrownBy(() -> new Asked().by(models, "small")).hasMessage("too long");
            }
            assertThat(models.health().getFirst().state()).isEqualTo(Health.State.CLOSED);
        }
    }
}
