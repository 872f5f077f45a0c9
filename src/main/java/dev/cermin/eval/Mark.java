package dev.cermin.eval;

/**
 * What an answer got under one convention.
 *
 * @param convention its name, such as {@code strict}
 * @param right how many of its points it got
 * @param of how many there are; 1 but where an item has several, such as IFEval's instructions
 */
public record Mark(String convention, int right, int of) {
    public Mark {
        if (of < 1 || right < 0 || right > of) {
            throw new IllegalArgumentException("%d of %d points of '%s'".formatted(right, of, convention));
        }
    }

    /** One point, got or not. */
    public static Mark of(String convention, boolean right) {
        return new Mark(convention, right ? 1 : 0, 1);
    }

    /** Whether it got all of them. */
    public boolean full() {
        return right == of;
    }
}
