package dev.cermin.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cermin.Agent;
import dev.cermin.agent.AgentDefinition.Critic;
import dev.cermin.loop.Outcome;
import dev.cermin.loop.StopReason;
import dev.cermin.model.Price;
import dev.cermin.policy.Budget;
import dev.cermin.policy.Timeout;
import dev.langchain4j.exception.InternalServerException;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Dispatched models within a loop: what is counted, what is recorded, and what the loop's limits cut. */
class DispatchedLoopTest {
    private static final Price DEAR = new Price(new BigDecimal("1000000"), new BigDecimal("1000000"));

    private static Fake broken() {
        return Fake.failing(new InternalServerException("it is broken"));
    }

    private static Dispatch models(Fake small, Fake large) {
        return Dispatch.builder()
                .model(
                        "small",
                        Rules.builder().retries(0).fallback(List.of("large")).build(),
                        small)
                .model("large", Rules.builder().price(DEAR).build(), large)
                .build();
    }

    @Test
    void theOneThatAnsweredIsRecordedWithItsPriceAndTheReason() {
        try (Dispatch models = models(broken(), Fake.saying("4"))) {
            var run = Agent.builder("sums")
                    .model(models.named("small").chat())
                    .build()
                    .start("2+2");
            Outcome outcome = run.outcome();

            assertThat(outcome.best().draft().model()).isEqualTo("large");
            assertThat(outcome.usage().calls())
                    .as("the call that failed counts")
                    .isEqualTo(2);
            assertThat(outcome.usage().cost()).isEqualByComparingTo("10");
            assertThat(outcome.usageByModel()).containsOnlyKeys("large");
            var step = run.trace().get(1);
            assertThat(step.model()).isEqualTo("large");
            assertThat(step.cost()).isEqualByComparingTo("10");
            assertThat(step.texts().findings())
                    .contains("small failed, unavailable: it is broken", "large answers in place of small");
        }
    }

    @Test
    void aRetryThatTheBudgetForbidsIsNotMade() {
        Fake large = Fake.saying("4");
        try (Dispatch models = models(broken(), large)) {
            var run = Agent.builder("sums")
                    .model(models.named("small").chat())
                    .policy(Budget.ofCalls(1))
                    .build()
                    .start("2+2");

            assertThat(run.future().handle((outcome, failure) -> failure).join())
                    .hasMessageContaining("1 of 1 calls made");
            assertThat(large.calls()).isZero();
            assertThat(run.trace().get(1).texts().findings()).contains("small failed, unavailable: it is broken");
        }
    }

    @Test
    void aCallEndsWithTheLoopsTime() {
        Fake slow = Fake.slow(60_000, "late");
        try (Dispatch models =
                Dispatch.builder().model("small", Rules.DEFAULT, slow).build()) {
            var run = Agent.builder("sums")
                    .model(models.named("small").chat())
                    .policy(Timeout.of(Duration.ofMillis(300)))
                    .build()
                    .start("2+2");
            Throwable failure = run.future().handle((outcome, thrown) -> thrown).join();

            assertThat(failure).hasMessageContaining("The deadline came before an answer of small");
            assertThat(run.trace().getLast().texts().findings()).contains(StopReason.DEADLINE.name());
            assertThat(slow.interrupted.get()).isEqualTo(1);
        }
    }

    @Test
    void aCriticThatFallsBackToTheDraftsWriterIsTold() {
        Fake writer = Fake.saying("{\"accept\": true, \"score\": 1.0, \"issues\": []}");
        try (Dispatch models = models(broken(), writer)) {
            var run = Agent.builder("sums")
                    .model(models.named("large").chat())
                    .model("large", models.named("large").chat())
                    .model(models.named("small"))
                    .critic(Critic.judge("taste", "small", "It is right"))
                    .build()
                    .start("2+2");
            run.outcome();

            assertThat(run.trace().get(2).texts().findings())
                    .contains("Critic 'taste' judges a draft of its own model, 'large'");
        }
    }
}
