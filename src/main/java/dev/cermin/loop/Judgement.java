package dev.cermin.loop;

import dev.cermin.critique.Critique;
import dev.cermin.critique.Critique.Opinion;
import dev.cermin.policy.Acceptance;
import dev.cermin.policy.Policy;
import dev.cermin.policy.Start.Strategy;
import dev.cermin.verify.Check;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** What checks and critiques come to. No critic overrules a verifier, and no reason hides another. */
final class Judgement {
    /** 0.00 to 1.00: a score is on every verdict, and to write a number takes longer than all else about one. */
    private static final String[] HUNDREDTHS = IntStream.rangeClosed(0, 100)
            .mapToObj(score -> score / 100 + (score % 100 < 10 ? ".0" : ".") + score % 100)
            .toArray(String[]::new);

    private Judgement() {}

    static Verdict of(LoopState state, Attempt attempt) {
        Acceptance acceptance = state.plan().policy().acceptance();
        List<String> objections = objections(acceptance, attempt.critiques());
        boolean carried = objections.isEmpty() || carried(acceptance, attempt.critiques());
        if (!carried && acceptance.merge() == Acceptance.Merge.WEIGHTED) {
            objections = Lists.plus(
                    objections,
                    "The weighted score is %s of %s"
                            .formatted(
                                    twoDigits(weighted(acceptance, attempt.critiques())),
                                    twoDigits(acceptance.threshold())));
        }
        boolean failed = attempt.failed();
        if (!failed && carried) {
            return new Verdict(true, reasonsFor(state, attempt, objections));
        }
        return new Verdict(false, failed ? failures(attempt, objections) : objections);
    }

    private static List<String> failures(Attempt attempt, List<String> objections) {
        List<String> against = new ArrayList<>();
        attempt.failedChecks().forEach(check -> against.add(reason(check)));
        against.addAll(objections);
        return against;
    }

    private static List<String> objections(Acceptance acceptance, List<Critique> critiques) {
        List<String> objections = List.of();
        for (Critique critique : critiques) {
            if (!accepts(acceptance, critique)) {
                objections = Lists.plus(objections, objection(critique));
            }
        }
        return objections;
    }

    private static List<String> reasonsFor(LoopState state, Attempt attempt, List<String> dissent) {
        List<String> accepting = List.of();
        if (attempt.checks() != null) {
            for (Check check : attempt.checks()) {
                accepting = Lists.plus(accepting, reason(check));
            }
        }
        for (Critique critique : attempt.critiques()) {
            if (accepts(state.plan().policy(), critique)) {
                accepting = Lists.plus(accepting, critique.critic() + " accepts with " + twoDigits(critique.score()));
            }
        }
        for (String objection : dissent) {
            accepting = Lists.plus(accepting, "Outvoted: " + objection);
        }
        if (accepting.isEmpty() && state.plan().policy().start().strategy() == Strategy.SELF_CONSISTENCY) {
            return List.of("%d of %d drafts agree"
                    .formatted(
                            Ranking.votes(state.attempts(), attempt.draft()),
                            state.attempts().size()));
        }
        return accepting.isEmpty() ? List.of("The agent has neither verifier nor critic") : accepting;
    }

    private static boolean carried(Acceptance acceptance, List<Critique> critiques) {
        return switch (acceptance.merge()) {
            case ALL -> false;
            case MAJORITY -> {
                long heard = critiques.stream().filter(Critique::readable).count();
                long accepting = critiques.stream()
                        .filter(critique -> accepts(acceptance, critique))
                        .count();
                yield 2 * accepting > heard;
            }
            case WEIGHTED ->
                critiques.stream().anyMatch(Critique::readable)
                        && weighted(acceptance, critiques) >= acceptance.threshold();
        };
    }

    private static double weighted(Acceptance acceptance, List<Critique> critiques) {
        double sum = 0;
        double weights = 0;
        for (Critique critique : critiques) {
            if (critique.readable()) {
                sum += acceptance.weight(critique.critic()) * critique.score();
                weights += acceptance.weight(critique.critic());
            }
        }
        return Attempt.mean(sum, weights);
    }

    static boolean accepts(Policy policy, Critique critique) {
        return accepts(policy.acceptance(), critique);
    }

    private static boolean accepts(Acceptance acceptance, Critique critique) {
        return critique.opinion() == Opinion.ACCEPT && critique.score() >= acceptance.threshold();
    }

    static String reason(Check check) {
        return check.verifier() + ": " + check.message();
    }

    private static String objection(Critique critique) {
        if (critique.opinion() == Opinion.REVISE && critique.issues().isEmpty()) {
            return critique.critic() + " asks for a revision and names no issue";
        }
        return switch (critique.opinion()) {
            case ACCEPT -> critique.critic() + " accepts with only " + twoDigits(critique.score());
            case REVISE -> critique.critic() + ": " + joined(critique.issues());
            case UNREADABLE -> critique.critic() + " could not be read: " + String.join("; ", critique.issues());
        };
    }

    private static String joined(List<String> issues) {
        return issues.size() == 1 ? issues.getFirst() : String.join("; ", issues);
    }

    /** @param score in [0, 1] */
    static String twoDigits(double score) {
        return HUNDREDTHS[(int) Math.round(score * 100)];
    }
}
