package dev.cermin.trace;

import dev.cermin.agent.AgentDefinition;
import dev.cermin.loop.Action;
import dev.cermin.loop.LoopState;
import dev.cermin.loop.Role;
import dev.cermin.loop.Spend;
import dev.cermin.loop.StepResult;
import dev.cermin.loop.StepResult.CutShort;
import dev.cermin.loop.Task;
import dev.cermin.loop.Usage;
import dev.cermin.model.Models;
import dev.cermin.run.Call;
import dev.cermin.run.Execution;
import dev.cermin.run.StepRunner;
import dev.cermin.verify.Verifiers;
import dev.langchain4j.model.chat.ChatModel;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
            if (signal instanceof CutShort cut) {
                // not from outside: the step itself ends so
                Execution execution = handedBack(state.next(), cut, clock);
                state = state.apply(execution.result());
                steps.add(tracer.executed(task.id(), TraceHead.after(steps.getLast()), execution, 1));
                states.add(state);
                continue;
            }
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

    /** As a worker records a model that asks for the client's tools. */
    private static Execution handedBack(Action action, CutShort cut, Clock clock) {
        Role role = action instanceof Action.Correct
                ? Role.CORRECT
                : action instanceof Action.Reflect ? Role.REFLECT : Role.GENERATE;
        Usage usage = new Usage(1, 7, 3, BigDecimal.ZERO, Duration.ofMillis(5));
        Call call = new Call(
                "maker",
                "script",
                Map.of(),
                "prompt@1",
                "a prompt",
                "{\"toolCalls\":[]}",
                "",
                usage.calls(),
                usage.tokensIn(),
                usage.tokensOut(),
                usage.cost(),
                List.of(),
                List.of());
        CutShort spent = new CutShort(cut.reason(), cut.detail(), new Spend(role, "maker", usage));
        return new Execution(action, 0, spent, clock.instant(), usage.time(), call);
    }
}
