package dev.cermin;

import dev.cermin.critique.Critique;
import dev.cermin.loop.Draft;
import dev.cermin.loop.Outcome;
import dev.cermin.loop.Verdict;
import dev.cermin.verify.Check;
import java.util.List;

/** What happens in a loop, as it happens. {@link Finished} is always the last. */
public sealed interface LoopEvent {
    /** A draft was written: a first one in round 0, then corrections. Only {@link Finished} says which is the answer. */
    record Drafted(int round, Draft draft) implements LoopEvent {}

    /** The verifiers have looked at the draft of that round. */
    record Verified(int round, List<Check> checks) implements LoopEvent {}

    /** A critic has given its view of the draft of that round. */
    record Critiqued(int round, Critique critique) implements LoopEvent {}

    /** What the draft of that round came to. */
    record Judged(int round, Verdict verdict) implements LoopEvent {}

    /** The end, and the answer. */
    record Finished(Outcome outcome) implements LoopEvent {}
}
