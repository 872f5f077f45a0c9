package dev.cermin.trace;

import java.util.List;
import java.util.Map;

/**
 * The hash chain of a trace: {@code hash[n] = SHA-256(hash[n-1] ‖ canonical JSON of step n)}, canonical by RFC 8785.
 * Thread-safe.
 */
public final class Chain {
    private Chain() {}

    /**
     * The step with its text hashes, linked to the one before.
     *
     * @param previous the hash of the one before, hex; empty for the first step
     */
    public static TraceStep link(TraceStep step, String previous) {
        StepHash hash = new StepHash();
        Map<String, String> hashes = hash.texts(step.texts());
        TraceStep unhashed = step.chained(hashes, previous, "");
        return step.chained(hashes, previous, hash.of(unhashed));
    }

    /** Checks a whole trace, in the order of its numbers. */
    public static Verification verify(List<TraceStep> steps) {
        return new ChainCheck().check(steps);
    }
}
