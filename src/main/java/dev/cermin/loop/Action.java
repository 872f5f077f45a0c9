package dev.cermin.loop;

/** What a loop wants done next. */
public sealed interface Action {
    /** A first draft. */
    record Generate() implements Action {}

    /** The verifiers, on the latest draft. */
    record Verify() implements Action {}

    /** One critic, on the latest draft. */
    record Reflect(String critic) implements Action {}

    /** A better draft, from the one that {@link LoopState#base()} names and what was found about it. */
    record Correct() implements Action {}

    /** A person's decision about the best draft. */
    record Review() implements Action {}

    /** Nothing: the outcome is there. */
    record Finish() implements Action {}
}
