package dev.cermin.loop;

import dev.cermin.critique.Critique;
import dev.cermin.verify.Check;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A draft and what was found about it.
 *
 * @param round 0 for the first draft, then the number of the correction that made it
 * @param draft the draft
 * @param checks one a verifier; null until verified
 * @param critiques those given so far, in order
 * @param adopted false where the regression guard set the draft aside
 * @param verdict null until it is settled
 */
public record Attempt(
        int round,
        Draft draft,
        @Nullable List<Check> checks,
        List<Critique> critiques,
        boolean adopted,
        @Nullable Verdict verdict) {
    public Attempt {
        checks = checks == null ? null : List.copyOf(checks);
        critiques = List.copyOf(critiques);
    }

    static Attempt of(int round, Draft draft) {
        return new Attempt(round, draft, null, List.of(), true, null);
    }

    Attempt withChecks(List<Check> found) {
        return new Attempt(round, draft, found, critiques, adopted, verdict);
    }

    Attempt withCritique(Critique critique) {
        var all = new ArrayList<>(critiques);
        all.add(critique);
        return new Attempt(round, draft, checks, all, adopted, verdict);
    }

    Attempt settled(boolean adopt, Verdict given) {
        return new Attempt(round, draft, checks, critiques, adopt, given);
    }

    public boolean accepted() {
        return verdict != null && verdict.accepted();
    }

    public List<Check> failedChecks() {
        return checks == null
                ? List.of()
                : checks.stream().filter(check -> !check.passed()).toList();
    }

    /** How many verifiers pass; 0 before they ran. */
    public int checksPassed() {
        return checks == null ? 0 : (int) checks.stream().filter(Check::passed).count();
    }

    /** The mean score of the critics that could be read; 0 without any. */
    public double score() {
        return critiques.stream()
                .filter(Critique::readable)
                .mapToDouble(Critique::score)
                .average()
                .orElse(0);
    }

    /** By acceptance, checks passed, score; of equals the earlier is better. */
    boolean betterThan(Attempt other) {
        if (accepted() != other.accepted()) {
            return accepted();
        }
        if (checksPassed() != other.checksPassed()) {
            return checksPassed() > other.checksPassed();
        }
        return score() > other.score() || (score() == other.score() && round < other.round);
    }
}
