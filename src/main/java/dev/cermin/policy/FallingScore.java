package dev.cermin.policy;

/**
 * Stops a loop whose critics like each correction less than the one before.
 *
 * @param falls corrections in a row with a lower score than the draft before, 1 or more; default 2
 */
public record FallingScore(int falls) implements Rule {
    public static final FallingScore DEFAULT = new FallingScore(2);

    public FallingScore {
        Ranges.require(falls >= 1, "falls are 1 or more, not " + falls);
    }

    public static FallingScore after(int falls) {
        return new FallingScore(falls);
    }
}
