package dev.cermin.eval.suite;

import dev.cermin.eval.Mark;
import dev.cermin.eval.Score;
import dev.cermin.eval.Scorer;
import dev.cermin.verify.Answer;
import dev.cermin.verify.Check;
import dev.cermin.verify.Verifier;
import java.util.List;

/**
 * Right is what a verifier of the answer to that problem passes.
 *
 * @param verifier that knows what is right from the problem alone
 * @param problem as it is asked
 */
record VerifierScorer(Verifier verifier, String problem) implements Scorer {
    @Override
    public Score score(String answer) {
        Check check = verifier.verify(new Answer(problem, answer));
        return new Score(answer.strip(), List.of(Mark.of("exact", check.passed())), check.message());
    }
}
