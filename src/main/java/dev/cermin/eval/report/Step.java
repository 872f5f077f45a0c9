package dev.cermin.eval.report;

import dev.cermin.eval.After;
import dev.cermin.eval.Answered;
import dev.cermin.eval.ItemResult;
import dev.cermin.eval.Method;
import dev.cermin.eval.Results;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One of the answers that each item has: which row of a table it is in. */
record Step(String label, Method method, @Nullable Integer round) {
    static final String SINGLE_SHOT = "single shot";

    /** The single shot, the baselines, each round, and where reflection ended, which is the last of the rounds. */
    static List<Step> of(Results results) {
        if (!results.info().methods().contains(Method.REFLECTION)) {
            throw new IllegalArgumentException("The results are of %s; a report needs those of %s"
                    .formatted(results.info().methods(), Method.REFLECTION));
        }
        int last = results.items().stream()
                .flatMap(item -> reached(item, Method.REFLECTION).stream())
                .mapToInt(After::round)
                .max()
                .orElse(0);
        List<Step> steps = new ArrayList<>();
        steps.add(new Step(SINGLE_SHOT, Method.REFLECTION, 0));
        for (Method method : Method.values()) {
            if (method != Method.REFLECTION && results.info().methods().contains(method)) {
                steps.add(new Step(method.label(), method, null));
            }
        }
        for (int round = 1; round < last; round++) {
            steps.add(new Step("%s, round %d".formatted(Method.REFLECTION.label(), round), Method.REFLECTION, round));
        }
        steps.add(new Step(Method.REFLECTION.label(), Method.REFLECTION, last));
        return List.copyOf(steps);
    }

    Optional<After> of(ItemResult item) {
        Answered answered = item.by().get(method);
        if (answered == null) {
            return Optional.empty();
        }
        if (label.equals(SINGLE_SHOT)) {
            return Optional.ofNullable(answered.shot());
        }
        return round == null ? answered.last() : answered.after(round);
    }

    boolean right(ItemResult item) {
        return of(item).map(after -> after.score().right()).orElse(false);
    }

    private static Optional<After> reached(ItemResult item, Method method) {
        return Optional.ofNullable(item.by().get(method)).flatMap(Answered::last);
    }
}
