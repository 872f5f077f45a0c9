package dev.cermin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.cermin.loop.Outcome;
import dev.cermin.loop.StopReason;
import dev.cermin.policy.Budget;
import dev.cermin.testing.ScriptedChatModel;
import dev.cermin.trace.Chain;
import dev.cermin.trace.Replay;
import dev.cermin.trace.StepKind;
import dev.cermin.trace.TraceStep;
import dev.cermin.verify.Check;
import dev.cermin.verify.Verifier;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(60)
class RunTest {
    /** A model call that lasts until it is interrupted, from the second on. */
    static final class Blocking implements ChatModel {
        /** What a model makes of an interrupt. */
        enum Manner {
            KEEPS_THE_FLAG,
            NAMES_IT_AS_THE_CAUSE,
            FORGETS_IT,
            ANSWERS_ALL_THE_SAME
        }

        final CountDownLatch blocked = new CountDownLatch(1);
        private final AtomicInteger calls = new AtomicInteger();
        private final int free;
        private final Manner manner;

        Blocking(int free, Manner manner) {
            this.free = free;
            this.manner = manner;
        }

        @Override
        public ChatResponse doChat(ChatRequest request) {
            int call = calls.incrementAndGet();
            if (call > free) {
                blocked.countDown();
                try {
                    new CountDownLatch(1).await();
                } catch (InterruptedException e) {
                    if (manner == Manner.KEEPS_THE_FLAG) {
                        Thread.currentThread().interrupt();
                    }
                    if (manner != Manner.ANSWERS_ALL_THE_SAME) {
                        throw new IllegalStateException("the connection broke", manner == Manner.FORGETS_IT ? null : e);
                    }
                }
            }
            return ChatResponse.builder()
                    .aiMessage(AiMessage.from("draft " + call))
                    .build();
        }
    }

    @ParameterizedTest
    @EnumSource
    void aCancelEndsTheModelCallUnderWay(Blocking.Manner manner) throws Exception {
        Blocking model = new Blocking(1, manner);
        Run run = sums(model).start("2+2");
        model.blocked.await();

        run.cancel();

        Outcome outcome = run.outcome();
        assertThat(outcome.stop().reason()).isEqualTo(StopReason.CANCELLED);
        assertThat(outcome.stop().detail()).isEqualTo("Cancelled by the caller");
        assertThat(outcome.answer()).contains("draft 1");
        assertThat(model.calls).as("no call is begun after it").hasValue(2);
        assertThat(outcome.usage().calls())
                .as("the one that was broken off counts")
                .isEqualTo(2);
        assertReplays(run, outcome);
    }

    @Test
    void aCancelDuringTheFirstCallLeavesNoDraft() throws Exception {
        Blocking model = new Blocking(0, Blocking.Manner.KEEPS_THE_FLAG);
        Run run = sums(model).start("2+2");
        model.blocked.await();

        run.cancel();

        NoDraftException none = catchThrowableOfType(NoDraftException.class, run::outcome);
        assertThat(none.outcome().stop().reason()).isEqualTo(StopReason.CANCELLED);
        assertReplays(run, none.outcome());
    }

    @Test
    void aCancelInterruptsAVerifierWithoutFailingTheDraft() throws Exception {
        CountDownLatch verifying = new CountDownLatch(1);
        Verifier slow = Verifier.of("slow", answer -> {
            verifying.countDown();
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            return Check.pass("slow", "never");
        });
        Run run = Agent.builder("sums")
                .model(ScriptedChatModel.saying("5"))
                .verifier(slow)
                .build()
                .start("2+2");
        verifying.await();

        run.cancel();

        Outcome outcome = run.outcome();
        assertThat(outcome.stop().reason()).isEqualTo(StopReason.CANCELLED);
        assertThat(outcome.answer()).contains("5");
        assertThat(outcome.best().checks()).as("not verified, not failed").isNull();
        assertReplays(run, outcome);
    }

    @Test
    void aCancelAfterTheEndChangesNothing() {
        Run run = sums(ScriptedChatModel.saying("4")).start("2+2");
        Outcome outcome = run.outcome();
        List<TraceStep> trace = run.trace();

        run.cancel();

        assertThat(run.outcome()).isSameAs(outcome);
        assertThat(run.trace()).isEqualTo(trace);
        assertThat(outcome.accepted()).isTrue();
    }

    @ParameterizedTest
    @EnumSource(names = {"KEEPS_THE_FLAG", "NAMES_IT_AS_THE_CAUSE"})
    void anInterruptOfTheCallingThreadEndsTheModelCallUnderWay(Blocking.Manner manner) throws Exception {
        Blocking model = new Blocking(1, manner);
        CompletableFuture<Outcome> outcome = new CompletableFuture<>();
        CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
        Thread caller = Thread.ofPlatform().start(() -> {
            outcome.complete(sums(model).run("2+2"));
            interrupted.complete(Thread.currentThread().isInterrupted());
        });
        model.blocked.await();

        caller.interrupt();

        assertThat(outcome.get(20, TimeUnit.SECONDS).stop().detail())
                .isEqualTo("Cancelled by an interrupt of its thread");
        assertThat(outcome.get().answer()).contains("draft 1");
        assertThat(interrupted.get(20, TimeUnit.SECONDS)).as("the flag stays").isTrue();
    }

    @Test
    void whoCancelledFirstIsTold() throws Exception {
        Blocking model = new Blocking(1, Blocking.Manner.KEEPS_THE_FLAG);
        Run run = sums(model).start("2+2");
        model.blocked.await();

        run.cancel("the first");
        run.cancel("the second");

        assertThat(run.outcome().stop().detail()).isEqualTo("Cancelled by the first");
    }

    // --- the future

    @Test
    void theFutureTellsTheOutcome() throws Exception {
        Run run = sums(ScriptedChatModel.saying("4")).start("2+2");

        assertThat(run.future().get(20, TimeUnit.SECONDS)).isEqualTo(run.outcome());
        assertThat(run.outcome().taskId()).isEqualTo(run.id());
    }

    @Test
    void theFutureTellsThatThereIsNoDraft() {
        Run run = sums(Speaker.saying()).start("2+2");

        assertThatThrownBy(() -> run.future().get(20, TimeUnit.SECONDS))
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(NoDraftException.class);
        var seen = new CompletableFuture<Throwable>();
        var unused = run.future().whenComplete((outcome, failure) -> seen.complete(failure));
        assertThat(seen.join()).as("itself, not wrapped").isInstanceOf(NoDraftException.class);
    }

    @Test
    void toCancelTheFutureIsNotToCancelTheRun() throws Exception {
        CountDownLatch goOn = new CountDownLatch(1);
        Run run = sums(new ScriptedChatModel(prompt -> {
                    await(goOn);
                    return "4";
                }))
                .start("2+2");
        CompletableFuture<Outcome> future = run.future();

        future.cancel(true);
        goOn.countDown();

        assertThatThrownBy(future::join).isInstanceOf(CancellationException.class);
        assertThat(run.outcome().accepted()).isTrue();
    }

    @Test
    void aDefectIsToldAsItIs() {
        Run run = sums(new ScriptedChatModel(prompt -> {
                    throw new AssertionError("a defect of the model");
                }))
                .start("2+2");

        assertThatThrownBy(run::outcome).isInstanceOf(AssertionError.class).hasMessage("a defect of the model");
    }

    // --- the trace

    @Test
    void theTraceOfARunThatGoesOnHoldsToo() throws Exception {
        Blocking model = new Blocking(1, Blocking.Manner.KEEPS_THE_FLAG);
        Run run = sums(model).start("2+2");
        model.blocked.await();

        List<TraceStep> trace = run.trace();

        assertThat(trace)
                .extracting(TraceStep::kind)
                .containsExactly(StepKind.SUBMIT, StepKind.GENERATE, StepKind.VERIFY);
        assertThat(Chain.verify(trace).intact()).isTrue();
        assertThat(Replay.state(trace).finished()).isFalse();
        assertThat(Replay.state(trace).attempts()).hasSize(1);

        run.cancel();
        run.outcome();
        assertThat(run.trace().subList(0, 3)).as("it only grows").isEqualTo(trace);
    }

    @Test
    void theTraceOfARunThatIsDoneLeadsToItsOutcome() {
        Run accepted = sums(ScriptedChatModel.saying("5", "4")).start("2+2");
        assertReplays(accepted, accepted.outcome());

        Run failed = sums(Speaker.saying("5")).start("2+2");
        assertReplays(failed, failed.outcome());

        Run none = sums(Speaker.saying()).start("2+2");
        assertReplays(
                none,
                catchThrowableOfType(NoDraftException.class, none::outcome).outcome());
    }

    @Test
    void theTraceOfALimitLeadsToItsOutcome() {
        Run run = Agent.builder("sums")
                .model(ScriptedChatModel.saying("5", "6"))
                .verifier(Judges.answer("4"))
                .policy(Budget.ofCalls(2))
                .build()
                .start("2+2");

        assertThat(run.outcome().stop().reason()).isEqualTo(StopReason.BUDGET);
        assertReplays(run, run.outcome());
    }

    // --- races

    @Test
    void aCancelAtAnyTimeNeitherHangsNorLosesTheOutcome() throws Exception {
        for (int i = 0; i < 200; i++) {
            int moment = i;
            CountDownLatch reached = new CountDownLatch(moment % 4);
            Verifier verifier = Verifier.of("step", answer -> {
                reached.countDown();
                return Check.fail("step", "never right");
            });
            AtomicInteger drafts = new AtomicInteger();
            Agent agent = Agent.builder("races")
                    .model(new ScriptedChatModel(prompt -> {
                        reached.countDown();
                        return "draft " + drafts.incrementAndGet();
                    }))
                    .verifier(verifier)
                    .build();
            Run run = agent.start("go");
            Thread canceller = Thread.ofVirtual().start(() -> {
                await(reached);
                run.cancel();
            });

            Outcome outcome;
            try {
                outcome = run.future().get(20, TimeUnit.SECONDS);
            } catch (ExecutionException e) {
                outcome = ((NoDraftException) e.getCause()).outcome();
                assertThat(outcome.stop().reason()).isEqualTo(StopReason.CANCELLED);
            }
            assertThat(canceller.join(Duration.ofSeconds(20))).isTrue();
            assertThat(outcome.stop().reason()).isIn(StopReason.CANCELLED, StopReason.ROUNDS, StopReason.NO_PROGRESS);
            assertReplays(run, outcome);
        }
    }

    private static Agent sums(ChatModel model) {
        return Agent.builder("sums").model(model).verifier(Judges.answer("4")).build();
    }

    private static void assertReplays(Run run, Outcome outcome) {
        List<TraceStep> trace = run.trace();
        assertThat(Chain.verify(trace).intact()).isTrue();
        assertThat(trace.getLast().kind()).isEqualTo(StepKind.FINISH);
        assertThat(Replay.state(trace).outcome()).isEqualTo(outcome);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
