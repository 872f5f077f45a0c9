package dev.cermin.policy;

/**
 * How many corrections are made at most.
 *
 * @param most 0 or more; default 2
 */
public record Rounds(int most) implements Rule {
    public static final Rounds DEFAULT = new Rounds(2);

    public Rounds {
        Ranges.require(most >= 0, "rounds is 0 or more, not " + most);
    }

    public static Rounds of(int most) {
        return new Rounds(most);
    }
}
