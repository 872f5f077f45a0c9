package dev.cermin.eval.suite;

import dev.cermin.eval.Item;
import dev.cermin.eval.Suite;
import dev.cermin.problem.Family;
import dev.cermin.problem.Problem;
import dev.cermin.verify.ArithmeticVerifier;
import dev.cermin.verify.DurationVerifier;
import dev.cermin.verify.EquationSystemVerifier;
import dev.cermin.verify.EquationVerifier;
import dev.cermin.verify.Verifier;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** The bundled model's own families of problems, made by a seed: one suite for each agent that answers them. */
final class Families {
    private static final String PROMPTING =
            "the problem alone, as the bundled model was taught to read it; the answer is checked exactly, by"
                    + " substitution or computation";
    /** In a row, of problems that were had already; then there are no more. */
    private static final int TRIES = 20_000;

    private Families() {}

    static Suite equations(int count, long seed) {
        return suite("equations", new EquationVerifier(), List.of(Family.LINEAR, Family.QUADRATIC), count, seed);
    }

    static Suite equationSystems(int count, long seed) {
        return suite("equation-systems", new EquationSystemVerifier(), List.of(Family.PAIR), count, seed);
    }

    static Suite arithmetic(int count, long seed) {
        return suite("arithmetic", new ArithmeticVerifier(), List.of(Family.PRODUCT), count, seed);
    }

    static Suite durations(int count, long seed) {
        return suite("durations", new DurationVerifier(), List.of(Family.TIME), count, seed);
    }

    /** The families take turns. */
    private static Suite suite(String name, Verifier verifier, List<Family> families, int count, long seed) {
        Random random = new Random(seed);
        Map<String, Problem> problems = new LinkedHashMap<>();
        for (int tries = 0; problems.size() < count; tries++) {
            if (tries == TRIES) {
                throw new IllegalArgumentException(
                        ("The suite '%s' has no %d problems that the bundled model was not trained on;"
                                        + " ask for %d at most")
                                .formatted(name, count, problems.size()));
            }
            Problem problem = families.get(problems.size() % families.size()).any(Family.Split.TEST, random);
            if (problems.putIfAbsent(problem.question(), problem) == null) {
                tries = 0;
            }
        }
        List<Item> items = problems.values().stream()
                .map(problem -> new Item(
                        problem.question(),
                        problem.family().key(),
                        problem.question(),
                        problem.answer(),
                        new VerifierScorer(verifier, problem.question())))
                .toList();
        String source =
                "%d problems made by seed %d, none of which the bundled model was trained on".formatted(count, seed);
        return new Suite(name, source, PROMPTING, items);
    }
}
