package dev.cermin.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cermin.model.CallForbiddenException;
import dev.cermin.model.DispatchingChatModel;
import dev.cermin.model.Failure;
import dev.cermin.model.Model;
import dev.cermin.model.OutOfTimeException;
import dev.cermin.model.Price;
import dev.cermin.model.ProviderException;
import dev.cermin.model.Question;
import dev.langchain4j.exception.AuthenticationException;
import dev.langchain4j.exception.InvalidRequestException;
import dev.langchain4j.model.chat.request.ChatRequest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** Retries, replicas, hedging, fallbacks, deadlines. */
class DispatchTest {
    private static final Rules ONCE = Rules.builder().retries(0).build();

    private static Rules.Builder once() {
        return Rules.builder().retries(0);
    }

    @Test
    void aFailureThatMayPassIsTriedAgain() {
        Fake model = new Fake(call -> {
            if (call < 3) {
                throw Fake.broken();
            }
            return "4";
        });
        try (Dispatch models =
                Dispatch.builder().model("small", Rules.DEFAULT, model).build()) {
            Asked asked = new Asked();

            assertThat(asked.textBy(models, "small")).isEqualTo("4");
            assertThat(asked.calls).containsExactly("small", "small", "small");
            assertThat(asked.notes).first().isEqualTo("small failed, unavailable: it is broken");
            assertThat(asked.notes).anyMatch(note -> note.matches("Waited \\d.* before small was asked"));
            // half a second, then a whole one, give or take a fifth
            assertThat(model.begun.get(1) - model.begun.get(0)).isBetween(250_000_000L, 1_500_000_000L);
        }
    }

    @Test
    void aFailureThatStaysIsNot() {
        Fake model = Fake.failing(new InvalidRequestException("no such parameter"));
        try (Dispatch models =
                Dispatch.builder().model("small", Rules.DEFAULT, model).build()) {
            assertThatThrownBy(() -> new Asked().by(models, "small")).hasMessage("no such parameter");
            assertThat(model.calls()).isEqualTo(1);
        }
    }

    @Test
    void aFallbackAnswersUnderItsOwnNameAndTheTraceSaysWhy() {
        try (Dispatch models = Dispatch.builder()
                .model(
                        "small",
                        once().fallback(List.of("large")).build(),
                        Fake.failing(new AuthenticationException("who?")))
                .model("large", ONCE, Fake.saying("4"))
                .build()) {
            Asked asked = new Asked();

            assertThat(asked.by(models, "small").by().name()).isEqualTo("large");
            assertThat(asked.notes)
                    .containsExactly("small failed, authentication: who?", "large answers in place of small");
        }
    }

    @Test
    void fallbacksInACircleEachGetOneTurn() {
        try (Dispatch models = Dispatch.builder()
                .model("one", once().fallback(List.of("two")).build(), Fake.failing(Fake.broken()))
                .model("two", once().fallback(List.of("one")).build(), Fake.failing(Fake.broken()))
                .build()) {
            Asked asked = new Asked();

            assertThatThrownBy(() -> asked.by(models, "one")).hasMessage("it is broken");
            assertThat(asked.calls).containsExactly("one", "two");
        }
    }

    @Test
    void aReplicaThatFailsIsFollowedByAnotherAtOnce() {
        Fake dead = Fake.failing(Fake.broken());
        Fake well = Fake.saying("4");
        try (Dispatch models =
                Dispatch.builder().model("small", Rules.DEFAULT, dead, well).build()) {
            for (int i = 0; i < 4; i++) {
                Asked asked = new Asked();
                assertThat(asked.textBy(models, "small")).isEqualTo("4");
                assertThat(asked.notes).noneMatch(note -> note.startsWith("Waited"));
            }
            assertThat(well.calls()).isEqualTo(4);
        }
    }

    @Test
    void theReplicaWithTheLeastToDoIsAsked() throws InterruptedException {
        CountDownLatch release = new CountDownLatch(1);
        Fake busy = new Fake(call -> {
            Fake.await(release);
            return "busy";
        });
        Fake idle = Fake.saying("idle");
        try (Dispatch models =
                Dispatch.builder().model("small", ONCE, busy, idle).build()) {
            Thread first = Thread.ofVirtual().start(() -> {
                while (busy.calls() == 0) {
                    new Asked().by(models, "small");
                }
            });
            while (busy.calls() == 0) {
                Thread.sleep(1);
            }
            for (int i = 0; i < 20; i++) {
                assertThat(new Asked().textBy(models, "small")).isEqualTo("idle");
            }
            assertThat(models.health().getFirst().inFlight()).isEqualTo(1);
            release.countDown();
            first.join();
        }
        assertThat(busy.calls()).isEqualTo(1);
    }

    @Test
    void noSecondCallIsMadeOfAReplicaThatHasAskedToBeLeftAloneMeanwhile() throws InterruptedException {
        Fake model = new Fake(call -> {
            if (call > 1) {
                throw new ProviderException(
                        "slower",
                        new Failure(Failure.Kind.RATE_LIMIT, Duration.ofMinutes(1)),
                        new IllegalStateException());
            }
            Fake.pause(900);
            return "4";
        });
        Rules rules = once().hedgeAfter(Duration.ofMillis(500)).build();
        try (Dispatch models = Dispatch.builder().model("small", rules, model).build()) {
            Asked slow = new Asked();
            Thread first = Thread.ofVirtual().start(() -> slow.by(models, "small"));
            while (model.calls() == 0) {
                Thread.sleep(1);
            }
            Asked other = new Asked().within(Duration.ofSeconds(5));
            assertThatThrownBy(() -> other.by(models, "small")).isNotNull();
            first.join();
            assertThat(model.calls()).isEqualTo(2);
        }
    }

    @Test
    void aCallThatTakesTooLongIsEndedAndAnotherModelAnswers() {
        Fake stuck = Fake.slow(20_000, "late");
        try (Dispatch models = Dispatch.builder()
                .model(
                        "small",
                        once().timeout(Duration.ofMillis(100))
                                .fallback(List.of("large"))
                                .build(),
                        stuck)
                .model("large", ONCE, Fake.saying("4"))
                .build()) {
            Asked asked = new Asked();

            assertThat(asked.textBy(models, "small")).isEqualTo("4");
            assertThat(asked.notes).first().isEqualTo("small failed, timeout: small gave no answer within 100 ms");
            assertThat(stuck.interrupted.get()).isEqualTo(1);
            assertThat(Thread.currentThread().isInterrupted()).isFalse();
        }
    }

    @Test
    void theDeadlineEndsACallAndCountsAgainstNobody() {
        Fake slow = Fake.slow(20_000, "late");
        Rules rules = Rules.builder()
                .breaker(new BreakerRules(1, 1, Duration.ofMinutes(1)))
                .build();
        try (Dispatch models = Dispatch.builder().model("small", rules, slow).build()) {
            Asked asked = new Asked().within(Duration.ofMillis(100));

            assertThatThrownBy(() -> asked.by(models, "small"))
                    .isInstanceOf(OutOfTimeException.class)
                    .hasMessageStartingWith("The deadline came before an answer of small, which was asked ");
            assertThat(slow.calls()).isEqualTo(1);
            assertThat(models.health().getFirst().state()).isEqualTo(Health.State.CLOSED);
        }
    }

    @Test
    void noRetryIsWaitedForBeyondTheDeadline() {
        Fake model = Fake.failing(Fake.broken());
        try (Dispatch models =
                Dispatch.builder().model("small", Rules.DEFAULT, model).build()) {
            Asked asked = new Asked().within(Duration.ofMillis(280));
            long begun = System.nanoTime();

            assertThatThrownBy(() -> asked.by(models, "small")).hasMessage("it is broken");
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofMillis(280));
            assertThat(asked.notes).last().asString().startsWith("small is not asked: it would be in ");
        }
    }

    @Test
    void anInterruptEndsTheQuestionWithoutAnotherTry() throws InterruptedException {
        Fake slow = Fake.slow(20_000, "late");
        try (Dispatch models = Dispatch.builder()
                .model("small", Rules.builder().fallback(List.of("large")).build(), slow)
                .model("large", ONCE, Fake.saying("4"))
                .build()) {
            Asked asked = new Asked();
            boolean[] still = new boolean[1];
            Thread asker = Thread.ofVirtual().start(() -> {
                assertThatThrownBy(() -> asked.by(models, "small")).hasCauseInstanceOf(InterruptedException.class);
                still[0] = Thread.currentThread().isInterrupted();
            });
            while (slow.calls() == 0) {
                Thread.sleep(1);
            }
            asker.interrupt();
            asker.join();

            assertThat(still[0]).as("the thread stays interrupted").isTrue();
            assertThat(asked.calls).containsExactly("small");
        }
    }

    @Test
    void anAskerThatAllowsNoMoreCallsEndsTheTries() {
        try (Dispatch models = Dispatch.builder()
                .model("small", once().fallback(List.of("large")).build(), Fake.failing(Fake.broken()))
                .model("large", ONCE, Fake.saying("4"))
                .build()) {
            Asked once = new Asked();
            var model = (DispatchingChatModel) models.named("small").chat();
            assertThatThrownBy(() -> model.ask(new Limited(once))).isInstanceOf(CallForbiddenException.class);
            assertThat(once.calls).containsExactly("small");
        }
    }

    /** Allows one call. */
    private record Limited(Asked asked) implements Question {
        @Override
        public String role() {
            return asked.role();
        }

        @Override
        public Duration left() {
            return Duration.ofMinutes(1);
        }

        @Override
        public long tokens() {
            return 0;
        }

        @Override
        public ChatRequest request(Model model) {
            if (!asked.calls.isEmpty()) {
                throw new CallForbiddenException(new Exception("the budget is spent"));
            }
            return asked.request(model);
        }

        @Override
        public void note(String text) {
            asked.note(text);
        }
    }

    @Test
    void aStragglerIsHedgedAndTheFirstAnswerCounts() throws InterruptedException {
        Fake straggler = Fake.slow(20_000, "late");
        Fake quick = Fake.saying("4");
        Rules rules = once().hedgeAfter(Duration.ofMillis(100)).build();
        try (Dispatch models =
                Dispatch.builder().model("small", rules, straggler, quick).build()) {
            // the replicas take turns while neither has anything to do
            Asked asked = new Asked();
            assertThat(asked.textBy(models, "small")).isEqualTo("4");

            assertThat(asked.calls).as("both calls are counted").hasSize(2);
            assertThat(asked.notes)
                    .containsExactly(
                            "small at 1 has not answered within 100 ms; small at 2 is asked too",
                            "small at 2 answered");
            while (straggler.interrupted.get() == 0) {
                Thread.sleep(1);
            }
            while (models.health().getFirst().inFlight() > 0) {
                Thread.sleep(1);
            }
        }
    }

    @Test
    void whatIsWiredWronglyIsRefused() {
        assertThatThrownBy(() -> Dispatch.builder()
                        .model("small", once().fallback(List.of("larg")).build(), Fake.saying("4"))
                        .build())
                .hasMessage("Model 'small' falls back to 'larg', which is no model here; there are [small]");
        assertThatThrownBy(() -> Dispatch.builder()
                        .model("small", ONCE, Fake.saying("4"))
                        .route("best", Route.tagged("german"))
                        .build())
                .hasMessage("Route 'best' finds no model with the tags [german] among [small]");
        assertThatThrownBy(() -> Route.of("small").forRole("judge", "strong"))
                .hasMessage("A route knows the roles [correct, generate, reflect], not [judge]");
    }

    @Test
    void aSecretThatAnEndpointRepeatsIsShownToNobody() {
        RuntimeException telling = new AuthenticationException(
                "Incorrect API key provided: sk-very-secret", new RuntimeException("Bearer sk-very-secret"));
        try (Dispatch models = Dispatch.builder()
                .model(
                        "small",
                        "openai",
                        ONCE,
                        Set.of("sk-very-secret"),
                        Map.of("", () -> new Model("small", "openai", Fake.failing(telling), Price.FREE)))
                .build()) {
            Asked asked = new Asked();
            assertThatThrownBy(() -> asked.by(models, "small"))
                    .hasMessage("Incorrect API key provided: ***")
                    .hasNoCause();
            assertThat(asked.notes).containsExactly("small failed, authentication: Incorrect API key provided: ***");
            assertThat(models.health().toString()).doesNotContain("sk-very-secret");
            assertThat(models.check("small", Duration.ofSeconds(1)).toString())
                    .contains("AUTHENTICATION")
                    .doesNotContain("sk-very-secret");
        }
    }
}
