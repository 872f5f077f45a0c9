package dev.cermin.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cermin.Agent;
import dev.cermin.AgentBuilder;
import dev.cermin.loop.Action.Correct;
import dev.cermin.policy.Policy;
import dev.cermin.policy.Review;
import dev.cermin.policy.Rounds;
import dev.cermin.run.Reviewer;
import dev.cermin.testing.ScriptedChatModel;
import dev.cermin.trace.Chain;
import dev.cermin.trace.Replay;
import dev.cermin.trace.StepKind;
import dev.cermin.trace.TraceStep;
import dev.cermin.verify.Verifier;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** A person's part in a loop. */
class ReviewTest {
    private static final Verifier SHORT = Verifier.of("short", text -> text.length() < 5, "It is too long");

    private final List<Reviewer.Question> asked = new ArrayList<>();

    private AgentBuilder agent(ScriptedChatModel model, Review review) {
        return Agent.builder("reviewed")
                .instructions("Be short")
                .model(model)
                .verifier(SHORT)
                .policy(Rounds.of(1), review);
    }

    private Reviewer saying(Decision... decisions) {
        return question -> {
            asked.add(question);
            return decisions[asked.size() - 1];
        };
    }

    @Test
    void anAcceptedDraftIsTheAnswerThoughAVerifierFailsIt() {
        var run = agent(ScriptedChatModel.saying("much too long", "still too long"), Review.ofUnaccepted())
                .reviewer(saying(Decision.accept("ann")))
                .build()
                .start("x");
        Outcome outcome = run.outcome();

        assertThat(asked).singleElement().satisfies(question -> {
            assertThat(question.end().reason()).isEqualTo(StopReason.ROUNDS);
            assertThat(question.draft().failedChecks()).hasSize(1);
        });
        assertThat(outcome.accepted()).isTrue();
        assertThat(outcome.stop().detail()).isEqualTo("Accepted by ann");
        assertReplays(run.trace(), outcome, "ann");
    }

    @Test
    void aCommentGoesToTheCorrectorBeyondTheRoundsAndThePersonIsAskedAgain() {
        ScriptedChatModel model = ScriptedChatModel.saying("much too long", "still too long", "ok");
        var run = agent(model, Review.always())
                .reviewer(saying(Decision.revise("ann", "Say ok"), Decision.accept("bob")))
                .build()
                .start("x");
        Outcome outcome = run.outcome();

        assertThat(outcome.answer()).contains("ok");
        assertThat(outcome.stop().detail()).isEqualTo("Accepted by bob");
        assertThat(model.prompts().getLast()).contains("Say ok").contains("much too long");
        assertThat(asked)
                .extracting(question -> question.end().reason())
                .containsExactly(StopReason.ROUNDS, StopReason.ACCEPTED);
        assertReplays(run.trace(), outcome, "ann", "bob");
    }

    @Test
    void aRejectedDraftEndsTheLoopEvenWhereItWasAccepted() {
        var run = agent(ScriptedChatModel.saying("ok"), Review.always())
                .reviewer(saying(Decision.reject("ann", "It is rude")))
                .build()
                .start("x");
        Outcome outcome = run.outcome();

        assertThat(outcome.accepted()).isFalse();
        assertThat(outcome.stop()).isEqualTo(new Stop(StopReason.REJECTED, "Rejected by ann"));
        assertThat(outcome.answer()).contains("ok");
        assertReplays(run.trace(), outcome, "ann");
    }

    @Test
    void whereNobodyDecidesInTimeTheDefaultHoldsAndIsToldAsSuch() {
        for (Review.Default otherwise : Review.Default.values()) {
            var run = agent(ScriptedChatModel.saying("ok"), Review.always().waiting(Duration.ofMillis(50), otherwise))
                    .reviewer(question -> {
                        Thread.sleep(60_000);
                        return Decision.accept("too late");
                    })
                    .build()
                    .start("x");
            Outcome outcome = run.outcome();

            assertThat(outcome.stop().reason())
                    .isEqualTo(otherwise == Review.Default.REJECT ? StopReason.REJECTED : StopReason.ACCEPTED);
            assertThat(outcome.stop().detail().contains("by the policy")).isEqualTo(otherwise != Review.Default.KEEP);
            assertReplays(run.trace(), outcome, "in-process");
        }
    }

    @Test
    void whereTheTasksDeadlinePassesMeanwhileTheTraceEndsThen() {
        Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        Task task = new Task(UUID.randomUUID(), "reviewed", "x", Map.of(), "default", 0, now, now.plusMillis(200));
        var run = agent(ScriptedChatModel.saying("ok"), Review.always())
                .reviewer(question -> {
                    Thread.sleep(60_000);
                    return Decision.accept("too late");
                })
                .build()
                .start(task);

        assertThat(run.outcome().stop().reason()).isEqualTo(StopReason.DEADLINE);
        assertThat(run.trace().getLast().startedAt()).isAfterOrEqualTo(now.plusMillis(200));
    }

    @Test
    void nobodyIsAskedWhereThePolicyDoesNotSaySo() {
        var run = agent(ScriptedChatModel.saying("ok"), Review.ofUnaccepted())
                .reviewer(saying())
                .build()
                .start("x");

        assertThat(run.outcome().accepted()).isTrue();
        assertThat(asked).isEmpty();
    }

    @Test
    void anAgentThatHasAPersonDecideNeedsSomebodyToAsk() {
        AgentBuilder builder = agent(ScriptedChatModel.saying("ok"), Review.always());
        assertThatThrownBy(builder::build)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("policy.review.when: always")
                .hasMessageContaining("call reviewer");
    }

    @Test
    void aDecisionThatNobodyAskedForIsRefused() {
        LoopState state = LoopWords.verified(Policy.DEFAULT);
        assertThatThrownBy(() -> state.apply(new StepResult.Reviewed(Decision.accept("ann"))))
                .isInstanceOf(IllegalStateException.class);
        assertThat(state.next()).isNotInstanceOf(Correct.class);
    }

    private static void assertReplays(List<TraceStep> trace, Outcome outcome, String... by) {
        assertThat(Chain.verify(trace)).matches(chain -> chain.intact() && chain.complete());
        assertThat(Replay.state(trace).outcome()).isEqualTo(outcome);
        assertThat(trace.stream().filter(step -> step.kind() == StepKind.REVIEW))
                .extracting(TraceStep::worker)
                .containsExactly(by);
    }
}
