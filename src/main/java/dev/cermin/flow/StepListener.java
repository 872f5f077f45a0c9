package dev.cermin.flow;

import dev.cermin.loop.LoopState;
import dev.cermin.loop.StepResult;
import dev.cermin.trace.TraceStep;

/** Hears what a worker does, on the thread that did it. Is quick, and throws nothing. */
interface StepListener {
    /** Hears nothing. */
    StepListener NONE = new StepListener() {};

    /** A step begins in that lane. */
    default void begins(String lane, LoopState state) {}

    /**
     * A step was done and traced. It may be done again, and told again, where it can't be published.
     *
     * @param lane that served it
     * @param state before it
     */
    default void executed(String lane, LoopState state, StepResult result, TraceStep step) {}

    /** A loop has ended. */
    default void finished(LoopState state, TraceStep last, Carried carried) {}
}
