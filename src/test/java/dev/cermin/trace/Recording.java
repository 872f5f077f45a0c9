package dev.cermin.trace;

import dev.cermin.agent.AgentDefinition;
import dev.cermin.loop.LoopState;
import dev.cermin.loop.StepResult;
import dev.cermin.loop.Task;
import dev.cermin.model.Models;
import dev.cermin.run.Execution;
import dev.cermin.run.StepRunner;
import dev.cermin.verify.Verifiers;
import dev.langchain4j.model.chat.ChatModel;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** A loop that was run and traced: its steps, and the state after each. */
record Recording(List<TraceStep> steps, List<LoopState> states) {

    /** @param signals what comes from outside before the step of that number; null for nothing */
    static Recording of(
            AgentDefinition agent,
            Task task,
            ChatModel model,
            Verifiers verifiers,
            Clock clock,
            IntFunction<@Nullable StepResult> signals) {
        StepRunner runner = new StepRunner(Models.always(model), verifiers, clock);
        Tracer tracer = new Tracer("worker-1");
        List<TraceStep> steps = new ArrayList<>();
        List<LoopState> states = new ArrayList<>();
        LoopState state = LoopState.start(task, agent.plan());
        steps.add(tracer.submitted(state, clock.instant()));
        states.add(state);
        while (!state.finished()) {
            StepResult signal = signals.apply(steps.size());
            if (signal != null) {
                state = state.apply(signal);
                continue;
            }
            Execution execution = runner.run(agent, state, state.next());
            state = state.apply(execution.result());
            steps.add(tracer.executed(task.id(), TraceHead.after(steps.getLast()), execution, 1));
            states.add(state);
        }
        steps.add(tracer.finished(state, TraceHead.after(steps.getLast()), clock.instant()));
        states.add(state);
        return new Recording(List.copyOf(steps), List.copyOf(states));
    }
}
