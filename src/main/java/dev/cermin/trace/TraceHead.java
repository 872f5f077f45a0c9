package dev.cermin.trace;

/**
 * Where a trace stands: it travels with the loop's state, so that a worker chains its step without asking anyone.
 *
 * @param steps how many there are; the next one's number
 * @param hash of the last one, hex; empty before the first
 */
public record TraceHead(int steps, String hash) {
    public static final TraceHead NONE = new TraceHead(0, "");

    public static TraceHead after(TraceStep step) {
        return new TraceHead(step.number() + 1, step.hash());
    }
}
