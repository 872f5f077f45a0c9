package dev.cermin.eval.suite;

import dev.cermin.eval.Mark;
import dev.cermin.eval.Score;
import dev.cermin.eval.Scorer;
import dev.cermin.verify.Answer;
import dev.cermin.verify.Check;
import dev.cermin.verify.Verifier;
import dev.cermin.verify.VerifierUnavailableException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Right is what every check lets pass; the reason has the failures of all. A verifier that can't judge here is no wrong
 * answer: its {@link VerifierUnavailableException} goes through.
 */
record CaseScorer(String input, Map<String, String> metadata, List<Verifier> checks) implements Scorer {
    static final String CONVENTION = "checks";

    CaseScorer {
        checks = List.copyOf(checks);
    }

    @Override
    public Score score(String answer) throws InterruptedException {
        List<String> held = new ArrayList<>();
        List<String> failed = new ArrayList<>();
        for (Verifier verifier : checks) {
            Check check = check(verifier, new Answer(input, answer, metadata));
            (check.passed() ? held : failed).add(check.verifier() + ": " + check.message());
        }
        boolean right = failed.isEmpty();
        return new Score(
                answer.strip(),
                List.of(Mark.of(CONVENTION, right)),
                String.join("; ", right ? held : failed).replaceAll("\\s*\\R\\s*", " "));
    }

    private static Check check(Verifier verifier, Answer answer) throws InterruptedException {
        try {
            return verifier.verify(answer);
        } catch (VerifierUnavailableException e) {
            if (Thread.interrupted()) {
                throw (InterruptedException) new InterruptedException(e.getMessage()).initCause(e);
            }
            throw e;
        } catch (RuntimeException | StackOverflowError e) {
            return Check.fail(verifier.name(), "The verifier itself failed: " + e);
        }
    }
}
