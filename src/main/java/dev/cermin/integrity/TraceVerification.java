package dev.cermin.integrity;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What is to be said of one stored trace.
 *
 * @param task whose it is
 * @param intact whether all of it is as it was recorded, but for what was rightly erased
 * @param complete whether it has its end
 * @param steps how many hold, from the first on
 * @param head the hash of the last of them, hex; empty where none holds
 * @param problem the first thing that is wrong, with its step where it is one's; empty where intact
 * @param brokenAt the number of the first broken step; null where none is
 * @param erased its texts that were erased, each with the record of that
 * @param logged whether the log has it
 * @param inclusion that the newest checkpoint covers it; null where none does yet
 */
public record TraceVerification(
        UUID task,
        boolean intact,
        boolean complete,
        int steps,
        String head,
        String problem,
        @Nullable Integer brokenAt,
        List<ErasedText> erased,
        Logged logged,
        @Nullable Inclusion inclusion) {
    public TraceVerification {
        erased = List.copyOf(erased);
    }

    TraceVerification with(Logged how, @Nullable Inclusion proof) {
        return new TraceVerification(task, intact, complete, steps, head, problem, brokenAt, erased, how, proof);
    }

    /** Of what is not one step's. */
    TraceVerification broken(String why) {
        return new TraceVerification(task, false, complete, steps, head, why, null, erased, logged, null);
    }

    /** How far the log has come with a trace. */
    public enum Logged {
        /** It has not ended, or only just: a checkpoint will cover it. Nothing is wrong by that. */
        NOT_YET,
        /** In the log, and no checkpoint covers it yet. */
        WAITING,
        /** A signed checkpoint covers it. */
        CHECKPOINTED
    }
}
