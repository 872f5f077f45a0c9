package dev.cermin.flow;

import dev.cermin.chat.HandedBack;
import dev.cermin.critique.Critique;
import dev.cermin.flow.Retries.OfLane;
import dev.cermin.json.Json;
import dev.cermin.loop.Action;
import dev.cermin.loop.Action.Correct;
import dev.cermin.loop.Action.Finish;
import dev.cermin.loop.Action.Reflect;
import dev.cermin.loop.Action.Review;
import dev.cermin.loop.Decision;
import dev.cermin.loop.LoopState;
import dev.cermin.loop.Role;
import dev.cermin.loop.Spend;
import dev.cermin.loop.StepResult;
import dev.cermin.loop.StepResult.Cancelled;
import dev.cermin.loop.StepResult.CutShort;
import dev.cermin.loop.StepResult.Expired;
import dev.cermin.loop.StepResult.Failed;
import dev.cermin.loop.StepResult.Reflected;
import dev.cermin.loop.StepResult.Reviewed;
import dev.cermin.loop.StopReason;
import dev.cermin.loop.Usage;
import dev.cermin.run.Call;
import dev.cermin.run.Conversation;
import dev.cermin.run.Execution;
import dev.cermin.run.HandBackException;
import dev.cermin.run.ModelAwayException;
import dev.cermin.run.StepContext;
import dev.cermin.run.StepInterruptedException;
import dev.cermin.trace.Fork;
import dev.cermin.trace.Origin;
import dev.cermin.trace.TraceHead;
import dev.cermin.trace.TraceStep;
import dev.cermin.trace.Tracer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * What one message does for its loop: it moves on by a step, or by several where its place moves on with it; what that
 * leads to is gathered, trace and next message. Deadline and cancellation are looked at before each action. Not
 * thread-safe.
 */
final class Turn {
    private static final Logger LOG = Logger.getLogger(Turn.class);

    private final Loops loops;
    private final Pinned agent;
    private final Tracer tracer;
    private final Carried carried;
    private final @Nullable Conversation conversation;
    private final List<ProducerRecord<String, byte[]>> out = new ArrayList<>();
    private LoopState state;
    private TraceHead head = TraceHead.NONE;
    private String lane = Lanes.INTAKE;
    private Attempts attempts = Attempts.FIRST;

    /** @param conversation what the draft answers, where that is more than the task's input */
    Turn(Loops loops, LoopState state, Pinned agent, Carried carried, @Nullable Conversation conversation) {
        this.loops = loops;
        this.state = state;
        this.agent = agent;
        this.tracer = loops.tracer().redacting(loops.redactions().apply(state.task()));
        this.carried = carried;
        this.conversation = conversation;
    }

    /** Of a task that was just taken in: its trace begins, and the first step follows at once where the place moves on. */
    List<ProducerRecord<String, byte[]>> begin(Place place) {
        return begin(null, place);
    }

    /**
     * The same of one that goes on from another trace, whose steps its own begins with.
     *
     * @param fork null where it begins anew
     */
    List<ProducerRecord<String, byte[]>> begin(@Nullable Fork fork, Place place) {
        Instant now = loops.clock().instant();
        TraceStep submitted = fork == null ? tracer.submitted(state, now) : tracer.forked(state, fork, now);
        out.add(Messages.trace(submitted, origin(), agent.content(), carried));
        head = TraceHead.after(submitted);
        if (fork != null) {
            fork.steps().stream()
                    .skip(1)
                    .forEach(step -> trace(tracer.copied(state.task().id(), head, step)));
        }
        return take(false, place);
    }

    /**
     * Of a step's message, whose place is that step's.
     *
     * @throws LaterException where its model is away, and may be back
     */
    List<ProducerRecord<String, byte[]>> resume(String served, TraceHead from, Attempts begun, Place place) {
        lane = served;
        head = from;
        attempts = begun;
        return take(true, place);
    }

    /**
     * Of a loop that a person was asked about: it goes on by what was decided.
     *
     * @param decision null where nobody decided in time
     */
    List<ProducerRecord<String, byte[]>> decide(TraceHead from, @Nullable Decision decision, Instant asked) {
        lane = Lanes.REVIEW;
        head = from;
        Instant now = Instant.ofEpochMilli(loops.clock().millis());
        Duration waited = Duration.between(asked, now);
        Optional<String> cancelled = loops.cancelledBy().apply(state.task().id());
        if (cancelled.isPresent()) {
            state = state.apply(new Cancelled(cancelled.get()));
            return finish();
        }
        StepResult result = decision == null ? state.unreviewed(now, asked) : new Reviewed(decision.after(waited));
        if (result instanceof Reviewed) {
            int round = state.best().orElseThrow().round();
            trace(new Execution(new Review(), round, result, asked, waited, null), 1);
        }
        state = state.apply(result);
        return take(false, null);
    }

    /** It is kept where no lane is held up, and counts nowhere as under way, till a person has decided. */
    private List<ProducerRecord<String, byte[]>> await() {
        Instant asked = Instant.ofEpochMilli(loops.clock().millis());
        var wait = new Messages.Wait(head.steps(), state.task().tenant(), asked, state.reviewUntil(asked));
        return sendOn(Messages.waiting(new Messages.Step(state, head), agent.content(), carried, wait));
    }

    private List<ProducerRecord<String, byte[]>> take(boolean inPlace, @Nullable Place place) {
        boolean mayCall = inPlace;
        while (true) {
            interfere();
            Action action = state.next();
            if (action instanceof Finish) {
                return finish();
            }
            if (action instanceof Review) {
                return await();
            }
            String next = loops.lanes().of(action, state, agent.agent()).orElse(null);
            if (next != null) {
                if (!mayCall && (place == null || !place.moveTo(next))) {
                    return passOn(next);
                }
                mayCall = false;
                lane = next;
            }
            loops.listener().begins(lane, state);
            Execution execution;
            try {
                execution = next == null
                        ? execute(action, false)
                        : call(action, loops.retries().of(lane));
            } catch (LaterException e) {
                loops.retries().noted(lane, e.kind());
                if (out.isEmpty()) {
                    throw e;
                }
                // what was done before it is told, and it waits as a message of its own
                return passOn(lane);
            }
            state = state.apply(
                    trace(execution, next == null ? 1 : attempts.number()).result());
            attempts = next == null ? attempts : Attempts.FIRST;
        }
    }

    /** @throws LaterException where the model is away, and has not been for too long */
    private Execution call(Action action, OfLane own) {
        String model = Lanes.model(action, state, agent.agent()).orElse(null);
        Retry retry = own.retry();
        if (model == null || retry.maxDuration().isZero()) {
            return execute(action, false);
        }
        Instant now = loops.clock().instant();
        boolean last = retry.exhausted(attempts.firstFailure(), now);
        try (Outages.Turn turn = own.models().enter(model)) {
            Execution execution;
            try {
                execution = execute(action, !last);
            } catch (ModelAwayException e) {
                turn.ill(e.detail());
                throw new LaterException(
                        LaterException.Kind.FAILED, e.detail(), retry.after(attempts.number(), e.retryAfter()));
            }
            if (!last && !(execution.result() instanceof CutShort)) {
                turn.well();
            }
            return execution;
        } catch (LaterException e) {
            if (last) {
                return away(action, now, e.reason());
            }
            throw e.within(Duration.between(loops.clock().instant(), state.deadline()));
        }
    }

    /** It is known to be away, and has been for too long: not even tried, the step is at its end. */
    private Execution away(Action action, Instant at, String reason) {
        if (action instanceof Reflect reflect) {
            Reflected none = new Reflected(Critique.unreadable(reflect.critic(), reason, ""), null);
            return new Execution(action, state.focusedRound(), none, at, Duration.ZERO, null);
        }
        return failed(action, at, Duration.ZERO, null, null, reason);
    }

    /** @param mayWait whether a {@link ModelAwayException} is of use */
    private Execution execute(Action action, boolean mayWait) {
        Instant started = loops.clock().instant();
        try {
            // a step of several calls, for tools, looks between them
            StepContext context = new StepContext(
                    conversation,
                    () -> loops.cancelledBy().apply(state.task().id()).orElse(null),
                    mayWait);
            return loops.runner().run(agent.agent(), state, action, context);
        } catch (StepInterruptedException | ModelAwayException e) {
            throw e;
        } catch (HandBackException e) {
            return handedBack(action, started, e);
        } catch (RuntimeException | Error e) {
            // a defect, or an engine that can't be loaded: the caller is to hear of it, and the lane goes on
            LOG.errorf(e, "A step of task %s failed", state.task().id());
            return failed(action, started, Duration.ZERO, null, null, "The step failed: " + e);
        }
    }

    /** The end of this task: the client calls its tools, and asks anew with what they gave. */
    private Execution handedBack(Action action, Instant started, HandBackException e) {
        HandedBack tools = HandedBack.of(e);
        Call call = e.call().withResponse(Json.text(tools));
        Duration took = Duration.ofMillis(
                Duration.between(started, loops.clock().instant()).toMillis());
        Usage usage = new Usage(call.calls(), call.tokensIn(), call.tokensOut(), call.cost(), took);
        Spend spend = new Spend(Role.GENERATE, call.model(), usage);
        CutShort end = new CutShort(StopReason.HANDED_BACK, tools.toString(), spend);
        return new Execution(action, 0, end, started, took, call);
    }

    private Execution failed(
            Action action, Instant at, Duration took, @Nullable Call call, @Nullable Spend spend, String error) {
        int round = action instanceof Correct ? state.round() + 1 : state.focusedRound();
        return new Execution(action, round, new Failed(error, spend), at, took, call);
    }

    private void interfere() {
        if (state.finished()) {
            return;
        }
        Optional<String> cancelled = loops.cancelledBy().apply(state.task().id());
        if (cancelled.isPresent()) {
            state = state.apply(new Cancelled(cancelled.get()));
        } else if (!loops.clock().instant().isBefore(state.deadline())) {
            state = state.apply(new Expired(loops.clock().instant()));
        }
    }

    private List<ProducerRecord<String, byte[]>> passOn(String to) {
        return sendOn(Messages.step(to, new Messages.Step(state, head), agent.content(), carried));
    }

    private List<ProducerRecord<String, byte[]>> sendOn(ProducerRecord<String, byte[]> step) {
        var next = step;
        if (loops.claims().take(next.value().length)) {
            next = claimed(next);
        }
        if (Envelope.fits(next)) {
            out.add(next);
            return out;
        }
        // its client waits for an end, which a dead letter is not
        String what = state.attempts().isEmpty() ? "The task with its conversation and its agent" : "The loop's state";
        state = state.apply(new Failed(tooLarge(what, next)));
        return finish();
    }

    /** With its state in Postgres; while that is away it goes whole, or, where it is too large for that, waits. */
    private ProducerRecord<String, byte[]> claimed(ProducerRecord<String, byte[]> whole) {
        UUID task = state.task().id();
        Optional<UUID> kept = loops.claims().tryKeep(task, whole.value());
        if (kept.isEmpty() && Envelope.fits(whole)) {
            return whole;
        }
        try {
            UUID id = kept.isPresent() ? kept.get() : loops.claims().keep(task, whole.value());
            return Messages.claimed(whole, id);
        } catch (InterruptedException e) {
            throw new StepInterruptedException(e);
        }
    }

    private static String tooLarge(String what, ProducerRecord<String, byte[]> record) {
        return "%s has %d bytes, and a message holds %d; ask for shorter answers"
                .formatted(what, Envelope.size(record), Envelope.MAX_BYTES);
    }

    private List<ProducerRecord<String, byte[]>> finish() {
        TraceStep last = tracer.finished(state, head, loops.clock().instant());
        trace(last);
        loops.listener().finished(state, last, carried);
        out.addAll(Messages.end(state.outcome(), carried));
        return out;
    }

    /** What was executed, or, where its record is too large, the failure that is recorded in its place. */
    private Execution trace(Execution execution, int attempt) {
        TraceStep step = tracer.executed(state.task().id(), head, execution, attempt);
        var record = Messages.trace(step, origin(), null, carried);
        if (Envelope.fits(record)) {
            out.add(record);
            head = TraceHead.after(step);
            loops.listener().executed(lane, state, execution.result(), step);
            return execution;
        }
        Execution failed = failed(
                execution.action(),
                execution.startedAt(),
                execution.duration(),
                execution.call() == null ? null : execution.call().withoutTexts(),
                execution.result().spend(),
                tooLarge("The record of this step", record));
        TraceStep instead = tracer.executed(state.task().id(), head, failed, attempt);
        trace(instead);
        loops.listener().executed(lane, state, failed.result(), instead);
        return failed;
    }

    private Origin origin() {
        return Origin.of(state.task());
    }

    private void trace(TraceStep step) {
        out.add(Messages.trace(step, origin(), null, carried));
        head = TraceHead.after(step);
    }
}
