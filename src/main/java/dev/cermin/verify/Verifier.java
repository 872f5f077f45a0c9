package dev.cermin.verify;

import java.util.function.Function;

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

    /** The name under which agent files and traces know it, in kebab-case. */
    String name();

    /** Passes, or fails with a message that says what is wrong, concretely enough to correct the answer by it. */
    Check verify(Answer answer);
}
