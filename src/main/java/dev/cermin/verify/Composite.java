package dev.cermin.verify;

import java.util.List;
import java.util.stream.Collectors;

/** Several verifiers as one. All are asked, so that no failure hides another. */
record Composite(String name, List<Verifier> verifiers, boolean all) implements Verifier {
    Composite {
        if (verifiers.isEmpty()) {
            throw new IllegalArgumentException("'" + name + "' needs at least one verifier to be made of");
        }
    }

    @Override
    public Check verify(Answer answer) {
        List<Check> checks =
                verifiers.stream().map(verifier -> check(verifier, answer)).toList();
        boolean passed =
                all ? checks.stream().allMatch(Check::passed) : checks.stream().anyMatch(Check::passed);
        String messages = checks.stream()
                .filter(check -> check.passed() == passed)
                .map(check -> check.verifier() + ": " + check.message())
                .collect(Collectors.joining("; "));
        return new Check(name, passed, messages);
    }

    private static Check check(Verifier verifier, Answer answer) {
        try {
            Check check = verifier.verify(answer);
            return check == null ? Check.fail(verifier.name(), "The verifier returned null") : check;
        } catch (RuntimeException e) {
            return Check.fail(verifier.name(), "The verifier itself failed: " + e);
        }
    }
}
