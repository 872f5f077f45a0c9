package dev.cermin.eval.suite;

import dev.cermin.eval.Mark;
import dev.cermin.eval.Score;
import dev.cermin.eval.Scorer;
import dev.cermin.verify.Answer;
import dev.cermin.verify.Check;
import dev.cermin.verify.Verifier;
import dev.cermin.verify.VerifierUnavailableException;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Runs the program that a reply comes to.
 *
 * @param program of a reply
 * @param language as fences name it
 * @param verifier which runs it with its tests
 */
record CodeScorer(UnaryOperator<String> program, String language, Verifier verifier) implements Scorer {
    /** Longer than any that stands in a program. */
    private static final String FENCE = "~".repeat(40);

    @Override
    public Score score(String answer) throws InterruptedException {
        String code = program.apply(answer);
        Check check;
        try {
            check = verifier.verify(new Answer("", "%s%s\n%s\n%s".formatted(FENCE, language, code, FENCE)));
        } catch (VerifierUnavailableException e) {
            if (Thread.interrupted()) {
                throw new InterruptedException(e.getMessage());
            }
            throw e;
        }
        String reason = check.message().strip().replaceAll("\\s*\\R\\s*", " ");
        return new Score(code, List.of(Mark.of("pass@1", check.passed())), reason);
    }
}
