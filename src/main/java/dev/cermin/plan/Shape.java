package dev.cermin.plan;

/**
 * The sizes of a decoder-only transformer.
 *
 * @param name for people
 * @param layers blocks
 * @param hidden width of the residual stream
 * @param feedForward width of a feed-forward layer, of each expert where there are experts
 * @param heads of attention
 * @param kvHeads heads of keys and values
 * @param keySize width of one head's key
 * @param valueSize width of one head's value
 * @param vocabulary tokens
 * @param context the longest that it was trained for; 0: not stated
 * @param experts of a mixture; 0: none
 * @param expertsUsed of those, for each token; 0 without a mixture
 * @param tied whether the embeddings are the output matrix as well
 */
public record Shape(
        String name,
        int layers,
        int hidden,
        int feedForward,
        int heads,
        int kvHeads,
        int keySize,
        int valueSize,
        int vocabulary,
        int context,
        int experts,
        int expertsUsed,
        boolean tied) {
    public Shape {
        positive("layers", layers);
        positive("the hidden size", hidden);
        positive("the feed-forward size", feedForward);
        positive("attention heads", heads);
        positive("key-value heads", kvHeads);
        positive("the key size", keySize);
        positive("the value size", valueSize);
        positive("the vocabulary", vocabulary);
        if (context < 0 || experts < 0 || experts == 1 || expertsUsed < 0 || expertsUsed > experts) {
            throw new PlanException(
                    "The model says a context of %d, and %d of %d experts for each token; none of it is below 0, and a mixture has 2 experts or more"
                            .formatted(context, expertsUsed, experts));
        }
    }

    private static void positive(String what, int given) {
        if (given < 1) {
            throw new PlanException("The model says %d for %s; 1 or more is expected".formatted(given, what));
        }
    }

    boolean mixture() {
        return experts > 0;
    }

    /** Weights in all. */
    public long parameters() {
        long attention = (long) hidden * (2L * heads * keySize + (long) kvHeads * (keySize + valueSize));
        long feedForwards = 3L * hidden * feedForward * Math.max(1, experts) + (long) hidden * experts;
        long perLayer = attention + feedForwards + 2L * hidden;
        return layers * perLayer + (tied ? 1L : 2L) * vocabulary * hidden + hidden;
    }

    /** Keys and values that one token leaves in one layer. */
    int keysAndValues() {
        return kvHeads * (keySize + valueSize);
    }
}
