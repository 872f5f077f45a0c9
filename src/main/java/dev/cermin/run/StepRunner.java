package dev.cermin.run;

import dev.cermin.agent.AgentDefinition;
import dev.cermin.agent.AgentDefinition.Critic;
import dev.cermin.agent.AnswerFormat;
import dev.cermin.agent.Prompt;
import dev.cermin.critique.Critique;
import dev.cermin.loop.Action;
import dev.cermin.loop.Action.Correct;
import dev.cermin.loop.Action.Finish;
import dev.cermin.loop.Action.Generate;
import dev.cermin.loop.Action.Reflect;
import dev.cermin.loop.Action.Verify;
import dev.cermin.loop.Attempt;
import dev.cermin.loop.Draft;
import dev.cermin.loop.LoopState;
import dev.cermin.loop.Role;
import dev.cermin.loop.Spend;
import dev.cermin.loop.StepResult;
import dev.cermin.loop.StepResult.Corrected;
import dev.cermin.loop.StepResult.Failed;
import dev.cermin.loop.StepResult.Generated;
import dev.cermin.loop.StepResult.Reflected;
import dev.cermin.loop.StepResult.Verified;
import dev.cermin.loop.Usage;
import dev.cermin.model.Models;
import dev.cermin.verify.Answer;
import dev.cermin.verify.Check;
import dev.cermin.verify.Verifiers;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Carries out one action of a loop. What goes wrong becomes part of the result: a draft that can't be had is a
 * {@link Failed}, a critic that fails is an unreadable critique, a verifier that throws is a failed check; one whose
 * library is missing is a {@link Failed} too. Thread-safe.
 */
public final class StepRunner {
    private final ModelCaller caller;
    private final Verifiers verifiers;
    private final Clock clock;

    public StepRunner(Models models, Verifiers verifiers, Clock clock) {
        this(new ModelCaller(models), verifiers, clock);
    }

    private StepRunner(ModelCaller caller, Verifiers verifiers, Clock clock) {
        this.caller = caller;
        this.verifiers = verifiers;
        this.clock = clock;
    }

    StepRunner by(Clock other) {
        return new StepRunner(caller, verifiers, other);
    }

    /**
     * Blocks until the action is carried out: milliseconds to minutes.
     *
     * @throws StepInterruptedException where the thread was interrupted; the action may be run again
     */
    public Execution run(AgentDefinition agent, LoopState state, Action action) {
        Instant started = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        Done done = switch (action) {
            case Generate generate -> draft(agent, state, Role.GENERATE);
            case Correct correct -> draft(agent, state, Role.CORRECT);
            case Reflect reflect -> reflect(agent, state, agent.critic(reflect.critic()));
            case Verify verify -> verify(agent, state);
            case Finish finish -> throw new IllegalArgumentException("Finish is nothing to be carried out");
        };
        int round = action instanceof Correct ? state.round() + 1 : state.round();
        return new Execution(action, round, done.result(), started, done.took(), done.call());
    }

    /** The time is taken once, so that a replay of the trace comes to the same usage. */
    private record Done(
            StepResult result, Duration took, @Nullable Call call) {}

    private Done draft(AgentDefinition agent, LoopState state, Role role) {
        long from = System.nanoTime();
        Prompt prompt = agent.prompts().get(role);
        String model = agent.models().get(role);
        if (prompt == null || model == null) {
            String missing = "Agent '%s' has no prompt to %s with".formatted(agent.name(), role.key());
            return new Done(new Failed(missing), since(from), null);
        }
        Call call;
        try {
            call = caller.call(model, prompt, values(state), agent.sampling());
        } catch (ModelCallException e) {
            return new Done(new Failed(e.getMessage()), since(from), null);
        }
        Duration took = since(from);
        AnswerFormat.Read read = agent.answers().read(call.response());
        Draft draft = new Draft(read.thinking(), read.output(), call.model());
        Spend spend = spend(role, call, took);
        return new Done(role == Role.GENERATE ? new Generated(draft, spend) : new Corrected(draft, spend), took, call);
    }

    private Done reflect(AgentDefinition agent, LoopState state, Critic critic) {
        long from = System.nanoTime();
        Call call;
        try {
            call = caller.call(critic.model(), critic.prompt(), values(state), agent.sampling());
        } catch (ModelCallException e) {
            Critique none = Critique.unreadable(critic.name(), e.getMessage(), "");
            return new Done(new Reflected(none, null), since(from), null);
        }
        Duration took = since(from);
        Critique critique = critic.reads().read(critic.name(), call.response());
        return new Done(new Reflected(critique, spend(Role.REFLECT, call, took)), took, call);
    }

    private Done verify(AgentDefinition agent, LoopState state) {
        long from = System.nanoTime();
        Answer answer = new Answer(
                state.task().input(),
                state.attempts().getLast().draft().output(),
                state.task().metadata());
        List<Check> checks = new ArrayList<>();
        for (String name : agent.verifiers()) {
            try {
                checks.add(verify(name, answer));
            } catch (NoClassDefFoundError e) {
                // no correction would help
                String missing = "Verifier '%s' needs a library that is not on the class path: %s"
                        .formatted(name, e.getMessage());
                return new Done(new Failed(missing), since(from), null);
            }
        }
        return new Done(new Verified(checks), since(from), null);
    }

    private Check verify(String name, Answer answer) {
        try {
            return Objects.requireNonNull(verifiers.named(name).verify(answer), "it returned null");
        } catch (RuntimeException | StackOverflowError e) {
            // a verifier's own defect must neither pass the draft nor end the loop
            return Check.fail(name, "The verifier itself failed: " + e);
        }
    }

    /** A correction starts from the base; a critique is about the latest draft, which then is the base. */
    private static Map<String, String> values(LoopState state) {
        Map<String, String> values = new HashMap<>();
        values.put("input", state.task().input());
        if (!state.attempts().isEmpty()) {
            Attempt base = state.base();
            values.put("draft", base.draft().output());
            values.put("thinking", base.draft().thinking());
            values.put(
                    "checks", base.failedChecks().stream().map(Check::message).collect(Collectors.joining("\n")));
            values.put(
                    "critique",
                    base.critiques().stream()
                            .filter(Critique::readable)
                            .map(Critique::text)
                            .collect(Collectors.joining("\n\n")));
        }
        return values;
    }

    private static Spend spend(Role role, Call call, Duration took) {
        return new Spend(role, call.model(), new Usage(1, call.tokensIn(), call.tokensOut(), call.cost(), took));
    }

    private static Duration since(long from) {
        return Duration.ofNanos(System.nanoTime() - from).truncatedTo(ChronoUnit.MILLIS);
    }
}
