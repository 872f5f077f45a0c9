package dev.cermin.integrity;

import dev.cermin.agent.AgentDefinition;
import dev.cermin.fixture.Samples;
import dev.cermin.loop.LoopState;
import dev.cermin.loop.Task;
import dev.cermin.model.Model;
import dev.cermin.model.Price;
import dev.cermin.policy.Policy;
import dev.cermin.run.StepRunner;
import dev.cermin.store.TraceStore;
import dev.cermin.testing.ScriptedChatModel;
import dev.cermin.trace.Texts;
import dev.cermin.trace.TraceHead;
import dev.cermin.trace.TraceStep;
import dev.cermin.trace.Tracer;
import dev.cermin.verify.Verifiers;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Traces of loops that ran: draft, critique, correction, critique that accepts. */
final class Traces {
    private static final AgentDefinition AGENT = Samples.agent(List.of(), List.of("judge"), Policy.DEFAULT);
    private static final Price PRICE = new Price(new BigDecimal("0.25"), new BigDecimal("1.5"));

    private Traces() {}

    static List<TraceStep> stored(TraceStore store, String input) {
        List<TraceStep> trace = made(input);
        store.append(trace, List.of());
        return trace;
    }

    static List<TraceStep> made(String input) {
        return made(input, Instant.now().truncatedTo(ChronoUnit.MILLIS));
    }

    static List<TraceStep> made(String input, Instant created) {
        ScriptedChatModel chat = ScriptedChatModel.saying(
                "<thinking>hm</thinking><output>first</output>",
                "<reflection>no</reflection><output>revise 0.5</output>",
                "second",
                "<output>accept</output>");
        StepRunner runner =
                new StepRunner(name -> new Model(name, "script", chat, PRICE), Verifiers.standard(), Clock.systemUTC());
        Tracer tracer = new Tracer("test");
        Task task = new Task(UUID.randomUUID(), AGENT.name(), input, created);
        LoopState state = LoopState.start(task, AGENT.plan());
        List<TraceStep> trace = new ArrayList<>();
        trace.add(tracer.submitted(state, Instant.now()));
        while (!state.finished()) {
            var execution = runner.run(AGENT, state, state.next());
            trace.add(tracer.executed(task.id(), TraceHead.after(trace.getLast()), execution, 1));
            state = state.apply(execution.result());
        }
        trace.add(tracer.finished(state, TraceHead.after(trace.getLast()), Instant.now()));
        return trace;
    }

    static TraceStep by(TraceStep step, String worker) {
        return of(step, step.number(), worker);
    }

    static TraceStep numbered(TraceStep step, int number) {
        return of(step, number, step.worker());
    }

    private static TraceStep of(TraceStep step, int number, String worker) {
        Texts texts = step.texts();
        return new TraceStep(
                step.taskId(),
                number,
                step.kind(),
                step.round(),
                step.model(),
                step.provider(),
                step.parameters(),
                step.promptId(),
                step.tokensIn(),
                step.tokensOut(),
                step.cost(),
                step.accepted(),
                step.score(),
                step.startedAt(),
                step.durationMillis(),
                step.attempt(),
                worker,
                texts,
                Map.of(),
                "",
                "");
    }
}
