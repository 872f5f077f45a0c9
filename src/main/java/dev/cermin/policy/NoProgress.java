package dev.cermin.policy;

/**
 * Stops a loop that gets nowhere.
 *
 * @param patience corrections in a row without a better draft, 1 or more; default 2
 */
public record NoProgress(int patience) implements Rule {
    public static final NoProgress DEFAULT = new NoProgress(2);

    public NoProgress {
        Ranges.require(patience >= 1, "patience is 1 or more, not " + patience);
    }

    public static NoProgress after(int corrections) {
        return new NoProgress(corrections);
    }
}
