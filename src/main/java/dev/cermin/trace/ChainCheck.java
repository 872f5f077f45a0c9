package dev.cermin.trace;

import java.math.BigDecimal;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Checks one trace after the other, as {@link Chain#verify} does, and reuses what that takes. Not thread-safe. */
public final class ChainCheck {
    private final StepHash hash = new StepHash();

    /** Checks a whole trace, in the order of its numbers. */
    public Verification check(List<TraceStep> steps) {
        if (steps.isEmpty()) {
            return Verification.broken(0, 0, "", "the trace has no steps");
        }
        UUID task = steps.getFirst().taskId();
        String previous = "";
        int erased = 0;
        boolean ended = false;
        for (int i = 0; i < steps.size(); i++) {
            TraceStep step = steps.get(i);
            String problem = problem(step, task, i, previous, ended);
            if (problem != null) {
                return Verification.broken(i, erased, previous, problem);
            }
            erased += step.textHashes().size() - step.texts().count();
            previous = step.hash();
            ended |= step.kind() == StepKind.FINISH;
        }
        return new Verification(true, ended, steps.size(), erased, previous, "");
    }

    private @Nullable String problem(TraceStep step, UUID task, int number, String previous, boolean ended) {
        if (step.number() != number) {
            return step.number() < number
                    ? "there are two steps of this number, or they are out of order"
                    : "it is missing; step %d stands there".formatted(step.number());
        }
        if (!step.taskId().equals(task)) {
            return "it belongs to another task";
        }
        if (ended && step.kind() != StepKind.REVIEW) {
            return "it stands behind the end of the trace";
        }
        if (!step.previous().equals(previous)) {
            return "it does not follow from the step before it";
        }
        String changed = hash.changed(step.texts(), step.textHashes());
        if (changed != null) {
            return "its %s is not what was recorded".formatted(changed);
        }
        if (!isExact(step) || !holds(step)) {
            return "its fields are not what was recorded";
        }
        if ((number == 0) != (step.kind() == StepKind.SUBMIT)) {
            return "a trace begins with a submit step, and has one only";
        }
        return null;
    }

    private boolean holds(TraceStep step) {
        try {
            return hash.of(step).equals(step.hash());
        } catch (RuntimeException e) {
            // a value that has no form in JSON was never recorded
            return false;
        }
    }

    /** What canonical JSON can't tell apart, and {@link Tracer} never writes. */
    private static boolean isExact(TraceStep step) {
        BigDecimal cost = step.cost();
        Double score = step.score();
        return (cost == null || cost.compareTo(Tracer.rounded(cost)) == 0)
                && (score == null || Double.doubleToRawLongBits(score) != Long.MIN_VALUE);
    }
}
