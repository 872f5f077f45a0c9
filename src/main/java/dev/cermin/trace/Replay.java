package dev.cermin.trace;

import dev.cermin.critique.Critique;
import dev.cermin.json.Json;
import dev.cermin.loop.Action;
import dev.cermin.loop.Decision;
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
import dev.cermin.loop.StepResult.Reviewed;
import dev.cermin.loop.StepResult.Verified;
import dev.cermin.loop.Stop;
import dev.cermin.loop.StopReason;
import dev.cermin.loop.Task;
import dev.cermin.loop.Usage;
import dev.cermin.trace.Findings.Terms;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The way back: from the steps of a trace to the loop's state, without a model. */
public final class Replay {
    private static final Set<StopReason> SIGNALS =
            EnumSet.of(StopReason.DEADLINE, StopReason.CANCELLED, StopReason.FAILED);

    private Replay() {}

    /**
     * The state after these steps: the whole trace, or its beginning. Drafts that differed in what was redacted read alike
     * now; where the steps that follow show that they were not, they are not taken for alike here.
     *
     * @throws IllegalArgumentException where they don't begin with a submit step, or a text that is needed was erased
     */
    public static LoopState state(List<TraceStep> steps) {
        return after(start(steps.isEmpty() ? null : steps.getFirst()), steps);
    }

    /**
     * The state of another loop after the same steps.
     *
     * @param start of the other loop
     * @param steps of a trace, from its first on
     * @throws IllegalArgumentException where a text that is needed was erased
     * @throws IllegalStateException where that loop would have gone otherwise
     */
    static LoopState after(LoopState start, List<TraceStep> steps) {
        LoopState state = start;
        LikeDrafts alike = new LikeDrafts();
        for (int i = 1; i < steps.size(); i++) {
            TraceStep step = steps.get(i);
            if (step.kind() == StepKind.REVIEW && state.finished()) {
                continue; // what people did to the trace afterwards
            }
            if (step.kind() != StepKind.FINISH) {
                StepResult result = result(step);
                LoopState plain = state.apply(result);
                TraceStep next = i + 1 < steps.size() ? steps.get(i + 1) : null;
                state = next == null || leadsTo(plain, next) ? plain : alike.apart(state, result, plain, next);
            } else if (!state.finished()) {
                state = state.apply(signal(step));
            }
        }
        return alike.asTheyWere(state);
    }

    /** Whether a state is one in which this step was done. */
    static boolean leadsTo(LoopState state, TraceStep step) {
        return switch (state.next()) {
            case Action.Generate generate -> step.kind() == StepKind.GENERATE || isSignal(step);
            case Action.Verify verify -> step.kind() == StepKind.VERIFY || isSignal(step);
            case Action.Reflect reflect -> step.kind() == StepKind.REFLECT || isSignal(step);
            case Action.Correct correct -> step.kind() == StepKind.CORRECT || isSignal(step);
            case Action.Review review -> step.kind() == StepKind.REVIEW || isSignal(step);
            case Action.Finish finish -> {
                Stop stop = step.kind() == StepKind.FINISH ? stop(step) : null;
                yield stop != null && state.stop() != null && state.stop().reason() == stop.reason();
            }
        };
    }

    private static boolean isSignal(TraceStep step) {
        Stop stop = step.kind() == StepKind.FINISH ? stop(step) : null;
        return stop != null && SIGNALS.contains(stop.reason());
    }

    private static @Nullable Stop stop(TraceStep step) {
        return step.texts().findings() == null ? null : findings(step).stop();
    }

    /** Whether the loop's last step is among them; people's acts may follow. */
    public static boolean ended(List<TraceStep> steps) {
        return end(steps) > 0;
    }

    /** Those of the loop itself, up to its last one, without what people did to its trace afterwards. */
    public static List<TraceStep> loop(List<TraceStep> steps) {
        int end = end(steps);
        return end == 0 ? steps : steps.subList(0, end);
    }

    /** Behind the last step of the loop; 0 where that isn't there. */
    private static int end(List<TraceStep> steps) {
        for (int i = steps.size(); i > 0; i--) {
            StepKind kind = steps.get(i - 1).kind();
            if (kind != StepKind.REVIEW) {
                return kind == StepKind.FINISH ? i : 0;
            }
        }
        return 0;
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

    /**
     * What came of a step that is neither the first nor the last.
     *
     * @throws IllegalArgumentException where a text that is needed was erased
     */
    public static StepResult result(TraceStep step) {
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
            case REVIEW -> new Reviewed(decision(step));
            case SUBMIT, FINISH ->
                throw new IllegalArgumentException("Step %d is a %s step"
                        .formatted(step.number(), step.kind().key()));
        };
    }

    private static Decision decision(TraceStep step) {
        boolean erased = step.texts().response() == null && step.textHashes().containsKey("response");
        String comment = erased ? text(step, "response", null) : step.texts().response();
        return Objects.requireNonNull(findings(step).review(), "review").decision(comment);
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
