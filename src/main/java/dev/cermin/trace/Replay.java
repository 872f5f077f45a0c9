package dev.cermin.trace;

import dev.cermin.critique.Critique;
import dev.cermin.json.Json;
import dev.cermin.loop.Draft;
import dev.cermin.loop.LoopState;
import dev.cermin.loop.Role;
import dev.cermin.loop.Spend;
import dev.cermin.loop.StepResult;
import dev.cermin.loop.StepResult.Cancelled;
import dev.cermin.loop.StepResult.Corrected;
import dev.cermin.loop.StepResult.CutShort;
import dev.cermin.loop.StepResult.Expired;
import dev.cermin.loop.StepResult.Failed;
import dev.cermin.loop.StepResult.Generated;
import dev.cermin.loop.StepResult.Reflected;
import dev.cermin.loop.StepResult.Verified;
import dev.cermin.loop.Stop;
import dev.cermin.loop.Task;
import dev.cermin.loop.Usage;
import dev.cermin.trace.Findings.Terms;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The way back: from the steps of a trace to the loop's state, without a model. */
public final class Replay {
    private Replay() {}

    /**
     * The state after these steps: the whole trace, or its beginning.
     *
     * @throws IllegalArgumentException where they don't begin with a submit step, or a text that is needed was erased
     */
    public static LoopState state(List<TraceStep> steps) {
        LoopState state = start(steps.isEmpty() ? null : steps.getFirst());
        for (TraceStep step : steps.subList(1, steps.size())) {
            if (step.kind() != StepKind.FINISH) {
                state = state.apply(result(step));
            } else if (!state.finished()) {
                state = state.apply(signal(step));
            }
        }
        return state;
    }

    private static LoopState start(@Nullable TraceStep step) {
        if (step == null || step.kind() != StepKind.SUBMIT) {
            throw new IllegalArgumentException("A trace begins with a submit step");
        }
        Terms terms = Objects.requireNonNull(findings(step).terms(), "terms");
        Task task = new Task(
                step.taskId(),
                terms.plan().agent(),
                text(step, "output", step.texts().output()),
                terms.metadata(),
                terms.tenant(),
                terms.priority(),
                terms.createdAt(),
                terms.deadline(),
                terms.startAt());
        return LoopState.start(task, terms.plan(), terms.lessons() == null ? List.of() : terms.lessons());
    }

    private static StepResult result(TraceStep step) {
        Findings found = step.texts().findings() == null ? null : findings(step);
        if (found != null && found.error() != null) {
            return new Failed(found.error(), spendIfCalled(step, found));
        }
        if (found != null && found.stop() != null) {
            return new CutShort(found.stop().reason(), found.stop().detail(), spendIfCalled(step, found));
        }
        return switch (step.kind()) {
            case GENERATE -> new Generated(draft(step), Objects.requireNonNull(spend(step, Role.GENERATE)));
            case CORRECT -> new Corrected(draft(step), Objects.requireNonNull(spend(step, Role.CORRECT)));
            case VERIFY -> new Verified(Objects.requireNonNull(findings(step).checks(), "checks"));
            case REFLECT -> new Reflected(critique(step), spend(step, Role.REFLECT));
            case SUBMIT, FINISH ->
                throw new IllegalArgumentException("Step %d is a %s step"
                        .formatted(step.number(), step.kind().key()));
        };
    }

    private static StepResult signal(TraceStep step) {
        Stop stop = Objects.requireNonNull(findings(step).stop(), "stop");
        return switch (stop.reason()) {
            case DEADLINE -> new Expired(step.startedAt());
            case CANCELLED -> new Cancelled(stop.detail().replaceFirst("^Cancelled by ", ""));
            case FAILED -> new Failed(stop.detail());
            default ->
                throw new IllegalArgumentException(
                        "The trace ends with %s, which its steps don't lead to".formatted(stop.reason()));
        };
    }

    private static Draft draft(TraceStep step) {
        String thinking = step.texts().thinking();
        List<String> problems =
                step.texts().findings() == null ? null : findings(step).problems();
        return new Draft(
                thinking == null ? "" : thinking,
                text(step, "output", step.texts().output()),
                String.valueOf(step.model()),
                problems == null ? List.of() : problems);
    }

    private static @Nullable Spend spendIfCalled(TraceStep step, Findings found) {
        Role role = switch (step.kind()) {
            case CORRECT -> Role.CORRECT;
            case REFLECT -> Role.REFLECT;
            default -> Role.GENERATE;
        };
        return found.calls() == null ? null : spend(step, role);
    }

    private static Critique critique(TraceStep step) {
        Critique stored = Objects.requireNonNull(findings(step).critique(), "critique");
        String text = step.texts().response();
        return new Critique(
                stored.critic(),
                stored.opinion(),
                stored.score(),
                stored.issues(),
                text == null ? "" : text,
                stored.warnings());
    }

    private static @Nullable Spend spend(TraceStep step, Role role) {
        if (step.model() == null) {
            return null;
        }
        return new Spend(
                role,
                step.model(),
                new Usage(
                        calls(step),
                        step.tokensIn() == null ? 0 : step.tokensIn(),
                        step.tokensOut() == null ? 0 : step.tokensOut(),
                        step.cost() == null ? BigDecimal.ZERO : step.cost(),
                        Duration.ofMillis(step.durationMillis())));
    }

    private static int calls(TraceStep step) {
        Integer calls = step.texts().findings() == null ? null : findings(step).calls();
        return calls == null ? 1 : calls;
    }

    private static Findings findings(TraceStep step) {
        return Json.read(text(step, "findings", step.texts().findings()), Findings.class);
    }

    private static String text(TraceStep step, String name, @Nullable String text) {
        if (text == null) {
            throw new IllegalArgumentException(
                    "Step %d can't be replayed: its text '%s' was erased".formatted(step.number(), name));
        }
        return text;
    }
}
