package dev.cermin.flow;

import dev.cermin.agent.AgentDefinition;
import dev.cermin.chat.Conversations;
import dev.cermin.chat.HandedBack;
import dev.cermin.json.Json;
import dev.cermin.json.JsonException;
import dev.cermin.loop.Action;
import dev.cermin.loop.Action.Correct;
import dev.cermin.loop.Action.Finish;
import dev.cermin.loop.LoopState;
import dev.cermin.loop.Role;
import dev.cermin.loop.Spend;
import dev.cermin.loop.StepResult.Cancelled;
import dev.cermin.loop.StepResult.CutShort;
import dev.cermin.loop.StepResult.Expired;
import dev.cermin.loop.StepResult.Failed;
import dev.cermin.loop.StopReason;
import dev.cermin.loop.Usage;
import dev.cermin.run.Call;
import dev.cermin.run.Conversation;
import dev.cermin.run.Execution;
import dev.cermin.run.HandBackException;
import dev.cermin.run.StepContext;
import dev.cermin.run.StepInterruptedException;
import dev.cermin.run.StepRunner;
import dev.cermin.trace.TraceHead;
import dev.cermin.trace.TraceStep;
import dev.cermin.trace.Tracer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Does one step of a loop: one model call, and what verifying follows from it. Deadline and cancellation are looked at
 * before each action.
 */
final class Worker implements LaneHandler {
    private static final Logger LOG = Logger.getLogger(Worker.class);

    private final StepRunner runner;
    private final PinnedAgents agents;
    private final Lanes lanes;
    private final Tracer tracer;
    private final Clock clock;
    private final Function<UUID, Optional<String>> cancelledBy;
    private final StepListener listener;

    /** @param cancelledBy who cancelled a task, if anyone did */
    Worker(
            StepRunner runner,
            PinnedAgents agents,
            Lanes lanes,
            Tracer tracer,
            Clock clock,
            Function<UUID, Optional<String>> cancelledBy,
            StepListener listener) {
        this.runner = runner;
        this.agents = agents;
        this.lanes = lanes;
        this.tracer = tracer;
        this.clock = clock;
        this.cancelledBy = cancelledBy;
        this.listener = listener;
    }

    @Override
    public List<ProducerRecord<String, byte[]>> handle(ConsumerRecord<String, byte[]> record) {
        Messages.Step step;
        byte[] content;
        AgentDefinition agent;
        Carried carried = Carried.of(record.headers());
        Conversation conversation;
        try {
            step = Messages.read(record, Messages.STEP, Messages.Step.class);
            content = Messages.agent(record)
                    .orElseThrow(() -> new JsonException("The header " + Messages.AGENT_HEADER + " is missing", null));
            agent = agents.of(step.state().plan().pin(), content);
            byte[] said = carried.get(Messages.CONVERSATION_HEADER);
            conversation = said == null ? null : Conversations.read(said);
        } catch (JsonException | IllegalArgumentException e) {
            LOG.warnf("A step that can't be read goes to the dead letters: %s", e.getMessage());
            return List.of(Messages.deadLetter(record, e.getMessage()));
        }
        return new Turn(Topics.laneOf(record.topic()), step.state(), step.head(), carried, conversation)
                .take(agent, content);
    }

    /** The state as it moves on through one message. */
    private final class Turn {
        private final List<ProducerRecord<String, byte[]>> out = new ArrayList<>();
        private final String lane;
        private LoopState state;
        private TraceHead head;
        private final Carried carried;
        private final @Nullable Conversation conversation;

        Turn(String lane, LoopState state, TraceHead head, Carried carried, @Nullable Conversation conversation) {
            this.lane = lane;
            this.state = state;
            this.head = head;
            this.carried = carried;
            this.conversation = conversation;
        }

        List<ProducerRecord<String, byte[]>> take(AgentDefinition agent, byte[] content) {
            boolean called = false;
            while (true) {
                interfere();
                Action action = state.next();
                if (action instanceof Finish) {
                    return finish();
                }
                String lane = lanes.of(action, state, agent).orElse(null);
                if (lane != null && called) {
                    return passOn(lane, content);
                }
                called |= lane != null;
                state = state.apply(trace(execute(agent, action)).result());
            }
        }

        private Execution execute(AgentDefinition agent, Action action) {
            Instant started = clock.instant();
            try {
                // a step of several calls, for tools, looks between them
                StepContext context = new StepContext(
                        conversation, () -> cancelledBy.apply(state.task().id()).orElse(null));
                return runner.run(agent, state, action, context);
            } catch (StepInterruptedException e) {
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
            Duration took =
                    Duration.ofMillis(Duration.between(started, clock.instant()).toMillis());
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
            Optional<String> cancelled = cancelledBy.apply(state.task().id());
            if (cancelled.isPresent()) {
                state = state.apply(new Cancelled(cancelled.get()));
            } else if (!clock.instant().isBefore(state.deadline())) {
                state = state.apply(new Expired(clock.instant()));
            }
        }

        private List<ProducerRecord<String, byte[]>> passOn(String lane, byte[] content) {
            var next = Messages.step(lane, new Messages.Step(state, head), content, carried);
            if (Messages.fits(next)) {
                out.add(next);
                return out;
            }
            state = state.apply(new Failed(tooLarge("The loop's state", next)));
            return finish();
        }

        private static String tooLarge(String what, ProducerRecord<String, byte[]> record) {
            return "%s has %d bytes, and a message holds %d; ask for shorter answers"
                    .formatted(what, Messages.size(record), Messages.MAX_BYTES);
        }

        private List<ProducerRecord<String, byte[]>> finish() {
            TraceStep last = tracer.finished(state, head, clock.instant());
            trace(last);
            listener.finished(state, last, carried);
            out.add(Messages.result(state.outcome(), carried));
            return out;
        }

        /** What was executed, or, where its record is too large, the failure that is recorded in its place. */
        private Execution trace(Execution execution) {
            TraceStep step = tracer.executed(state.task().id(), head, execution, 1);
            var record = Messages.trace(step, null, carried);
            if (Messages.fits(record)) {
                trace(step);
                listener.executed(lane, state, execution.result(), step);
                return execution;
            }
            Execution failed = failed(
                    execution.action(),
                    execution.startedAt(),
                    execution.duration(),
                    execution.call() == null ? null : execution.call().withoutTexts(),
                    execution.result().spend(),
                    tooLarge("The record of this step", record));
            TraceStep instead = tracer.executed(state.task().id(), head, failed, 1);
            trace(instead);
            listener.executed(lane, state, failed.result(), instead);
            return failed;
        }

        private void trace(TraceStep step) {
            out.add(Messages.trace(step, null, carried));
            head = TraceHead.after(step);
        }
    }
}
