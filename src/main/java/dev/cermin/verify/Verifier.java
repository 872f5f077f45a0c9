package dev.cermin.verify;

import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * A deterministic check: the same answer always gets the same result. No judge overrules it.
 *
 * <p>Implementations are thread-safe and don't block for long. What they throw is recorded as a failed check that names
 * the verifier's own error; it never ends the loop.
 */
public interface Verifier {
    /** A verifier from a function. */
    static Verifier of(String name, Function<Answer, Check> check) {
        return new Verifier() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public Check verify(Answer answer) {
                return check.apply(answer);
            }
        };
    }

    /**
     * A verifier from a condition on the output.
     *
     * @param otherwise what is wrong where it doesn't hold, concretely enough to correct the answer by it
     */
    static Verifier of(String name, Predicate<String> holds, String otherwise) {
        return of(
                name,
                answer -> holds.test(answer.output()) ? Check.pass(name, "It holds") : Check.fail(name, otherwise));
    }

    /** Passes where all of them do; else fails with every failure. One that throws has failed. */
    static Verifier allOf(String name, Verifier... verifiers) {
        return new Composite(name, List.of(verifiers), true);
    }

    /** Passes where one of them does; else fails with every failure. One that throws has failed. */
    static Verifier anyOf(String name, Verifier... verifiers) {
        return new Composite(name, List.of(verifiers), false);
    }

    /** The name under which agent files and traces know it, in kebab-case. */
    String name();

    /** Passes, or fails with a message that says what is wrong, concretely enough to correct the answer by it. */
    Check verify(Answer answer);
}
