package dev.cermin.loop;

import dev.cermin.critique.Critique;
import dev.cermin.verify.Check;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A draft and what was found about it.
 *
 * @param round 0 for a first draft, then the number of the correction that made it
 * @param draft the draft
 * @param checks one a verifier; null until verified
 * @param critiques those given so far, in order
 * @param adopted false where the regression guard set the draft aside, or it repeats an earlier one
 * @param verdict null until it is settled
 */
public record Attempt(
        int round,
        Draft draft,
        @Nullable List<Check> checks,
        List<Critique> critiques,
        boolean adopted,
        @Nullable Verdict verdict) {
    private static final double DECIMALS = 1e9;

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
        return new Attempt(round, draft, checks, Lists.plus(critiques, critique), adopted, verdict);
    }

    Attempt settled(boolean adopt, Verdict given) {
        return new Attempt(round, draft, checks, critiques, adopt, given);
    }

    /** What was found about another draft of the same answer. */
    Attempt like(Attempt same) {
        return new Attempt(round, draft, same.checks, same.critiques, adopted, same.verdict);
    }

    public boolean accepted() {
        return verdict != null && verdict.accepted();
    }

    public List<Check> failedChecks() {
        return !failed() || checks == null
                ? List.of()
                : checks.stream().filter(check -> !check.passed()).toList();
    }

    /** Whether a verifier fails it. */
    public boolean failed() {
        if (checks != null) {
            for (Check check : checks) {
                if (!check.passed()) {
                    return true;
                }
            }
        }
        return false;
    }

    /** How many verifiers pass; 0 before they ran. */
    public int checksPassed() {
        int passed = 0;
        if (checks != null) {
            for (Check check : checks) {
                passed += check.passed() ? 1 : 0;
            }
        }
        return passed;
    }

    /** Whether a critic that could be read has given a score. */
    public boolean scored() {
        for (Critique critique : critiques) {
            if (critique.readable()) {
                return true;
            }
        }
        return false;
    }

    /** The mean score of the critics that could be read, to nine decimals; 0 without any. */
    public double score() {
        double sum = 0;
        int heard = 0;
        for (Critique critique : critiques) {
            if (critique.readable()) {
                sum += critique.score();
                heard++;
            }
        }
        return mean(sum, heard);
    }

    /**
     * A mean to nine decimals; 0 of nothing. What doubles lose in a sum depends on its order: without rounding, a panel that
     * gives the same scores in another order would like one draft better, or miss a threshold that it reaches.
     */
    static double mean(double sum, double weights) {
        return weights == 0 ? 0 : Math.rint(sum / weights * DECIMALS) / DECIMALS;
    }
}
