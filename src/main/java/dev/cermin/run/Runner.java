package dev.cermin.run;

import dev.cermin.agent.AgentDefinition;
import dev.cermin.loop.LoopState;
import dev.cermin.loop.Outcome;
import dev.cermin.loop.Plan;
import dev.cermin.loop.Recalled;
import dev.cermin.loop.StepResult.Cancelled;
import dev.cermin.loop.StepResult.Expired;
import dev.cermin.loop.StepResult.Reviewed;
import dev.cermin.loop.Task;
import dev.cermin.model.Models;
import dev.cermin.tool.Tools;
import dev.cermin.verify.Verifiers;
import dev.langchain4j.model.chat.ChatModel;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Runs an agent's loops in the calling thread. Immutable; thread-safe where its models and verifiers are. */
public final class Runner {
    /** The pin is for what is stored; a run in process gets it with its trace. */
    private static final String UNPINNED = "";

    /**
     * A loop's end.
     *
     * @param state the last one
     * @param at to the millisecond
     */
    public record Ended(LoopState state, Instant at) {}

    private final AgentDefinition agent;
    private final Plan plan;
    private final Clock clock;
    private final StepRunner steps;

    /** The agent on one model, whatever model names it uses, with the verifiers that come with Cermin. */
    public static Runner of(AgentDefinition agent, ChatModel model) {
        return of(agent, Models.always(model), Verifiers.standard());
    }

    public static Runner of(AgentDefinition agent, Models models, Verifiers verifiers) {
        return of(agent, models, verifiers, Tools.NONE);
    }

    public static Runner of(AgentDefinition agent, Models models, Verifiers verifiers, Tools tools) {
        Clock clock = Clock.systemUTC();
        return new Runner(agent, agent.plan(UNPINNED), new StepRunner(models, verifiers, tools, clock), clock);
    }

    /** The same, by another clock. */
    public Runner by(Clock other) {
        return new Runner(agent, plan, steps.by(other), other);
    }

    /** The same, with somebody to ask where the policy has a person decide. */
    public Runner by(Reviewer reviewer) {
        return new Runner(agent, plan, steps.by(reviewer), clock);
    }

    /** Another agent on the same models, verifiers and tools. */
    public Runner with(AgentDefinition other) {
        return new Runner(other, other.plan(UNPINNED), steps, clock);
    }

    private Runner(AgentDefinition agent, Plan plan, StepRunner steps, Clock clock) {
        this.agent = agent;
        this.plan = plan;
        this.steps = steps;
        this.clock = clock;
    }

    public AgentDefinition agent() {
        return agent;
    }

    public Clock clock() {
        return clock;
    }

    /** Runs one loop to its end. */
    public Outcome run(String input) {
        return run(new Task(UUID.randomUUID(), agent.name(), input, clock.instant()), step -> {}, () -> false);
    }

    /**
     * Runs one loop to its end.
     *
     * @param onStep told of every step as it is done, in the calling thread
     * @param cancelled asked before each call; true ends the loop with the best draft so far
     */
    public Outcome run(Task task, Consumer<Execution> onStep, BooleanSupplier cancelled) {
        StepContext context = new StepContext(null, () -> cancelled.getAsBoolean() ? "the caller" : null);
        return run(task, List.of(), context, step -> {}, (step, state) -> onStep.accept(step))
                .state()
                .outcome();
    }

    /**
     * Runs one loop to its end. An interrupt of the thread ends it as cancelled, and the thread stays interrupted.
     *
     * @param keep gets every step as it is done, in the calling thread; takes no time to speak of
     * @param listener told of every step, and of the state after it, in the calling thread; null for nobody
     * @return where it ended; that state has an outcome
     * @throws HandBackException where the context has a conversation, and the model asks for its tools
     */
    public Ended run(
            Task task,
            List<Recalled> lessons,
            StepContext context,
            Consumer<Execution> keep,
            @Nullable BiConsumer<Execution, LoopState> listener) {
        LoopState state = LoopState.start(task, plan, lessons);
        Instant deadline = state.deadline();
        Instant now = now();
        while (!state.finished()) {
            String by = context.cancelledBy().get();
            if (by != null) {
                state = state.apply(new Cancelled(by));
            } else if (Thread.currentThread().isInterrupted()) {
                state = state.apply(new Cancelled("an interrupt of its thread"));
            } else if (!now.isBefore(deadline)) {
                state = state.apply(new Expired(now));
            } else {
                Execution execution;
                try {
                    execution = steps.run(agent, state, state.next(), context, now);
                } catch (StepInterruptedException e) {
                    now = now();
                    continue;
                }
                state = state.apply(execution.result());
                if (execution.result() instanceof Expired) {
                    now = execution.endedAt();
                    continue; // the end tells it, it is no step
                }
                if (execution.result() instanceof Reviewed) {
                    deadline = state.deadline();
                }
                keep.accept(execution);
                if (listener != null) {
                    listener.accept(execution, state);
                }
                // where nobody was told, the next step begins as this one ends: a look at the clock is dear here
                now = listener == null ? execution.endedAt() : now();
            }
        }
        return new Ended(state, now);
    }

    /** To the millisecond, as steps are recorded: half the price of a clock that reads finer. */
    private Instant now() {
        return Instant.ofEpochMilli(clock.millis());
    }
}
