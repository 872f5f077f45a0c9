package dev.cermin.policy;

/**
 * Stops a loop whose corrections repeat themselves: an answer that was seen before, white space apart, is nothing new to
 * find out about. Tolerating some is of use where a {@link Schedule} or an {@link Escalation} changes the next try.
 *
 * @param tolerated repeated answers that are passed over, 0 or more; default 0
 */
public record Oscillation(int tolerated) implements Rule {
    public static final Oscillation DEFAULT = new Oscillation(0);

    public Oscillation {
        Ranges.require(tolerated >= 0, "tolerated repeats are 0 or more, not " + tolerated);
    }

    public static Oscillation tolerating(int repeats) {
        return new Oscillation(repeats);
    }
}
