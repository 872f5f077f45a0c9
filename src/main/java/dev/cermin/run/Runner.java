package dev.cermin.run;

import dev.cermin.agent.AgentDefinition;
import dev.cermin.loop.LoopState;
import dev.cermin.loop.Outcome;
import dev.cermin.loop.StepResult.Cancelled;
import dev.cermin.loop.StepResult.Expired;
import dev.cermin.loop.Task;
import dev.cermin.model.Models;
import dev.cermin.verify.Verifiers;
import dev.langchain4j.model.chat.ChatModel;
import java.time.Clock;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** Runs an agent's loops in the calling thread. Immutable; thread-safe where its models and verifiers are. */
public final class Runner {
    private final AgentDefinition agent;
    private final Clock clock;
    private final StepRunner steps;

    /** The agent on one model, whatever model names it uses, with the verifiers that come with Cermin. */
    public static Runner of(AgentDefinition agent, ChatModel model) {
        return of(agent, Models.always(model), Verifiers.standard());
    }

    public static Runner of(AgentDefinition agent, Models models, Verifiers verifiers) {
        Clock clock = Clock.systemUTC();
        return new Runner(agent, new StepRunner(models, verifiers, clock), clock);
    }

    /** The same, by another clock. */
    public Runner by(Clock other) {
        return new Runner(agent, steps.by(other), other);
    }

    private Runner(AgentDefinition agent, StepRunner steps, Clock clock) {
        this.agent = agent;
        this.steps = steps;
        this.clock = clock;
    }

    /** Runs one loop to its end. */
    public Outcome run(String input) {
        return run(new Task(UUID.randomUUID(), agent.name(), input, clock.instant()), step -> {}, () -> false);
    }

    /**
     * Runs one loop to its end.
     *
     * @param onStep told of every step as it is done, in the calling thread
     * @param cancelled asked before each step; true ends the loop with the best draft so far
     * @throws StepInterruptedException where the thread is interrupted
     */
    public Outcome run(Task task, Consumer<Execution> onStep, BooleanSupplier cancelled) {
        LoopState state = LoopState.start(task, agent.plan());
        while (!state.finished()) {
            if (cancelled.getAsBoolean()) {
                state = state.apply(new Cancelled("the caller"));
            } else if (!clock.instant().isBefore(state.deadline())) {
                state = state.apply(new Expired(clock.instant()));
            } else {
                Execution execution = steps.run(agent, state, state.next());
                state = state.apply(execution.result());
                onStep.accept(execution);
            }
        }
        return state.outcome();
    }
}
