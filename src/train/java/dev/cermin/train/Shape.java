package dev.cermin.train;

/**
 * The sizes of a Llama without biases, its embeddings tied.
 *
 * @param vocabulary tokens there are
 * @param hidden the width
 * @param layers how many
 * @param heads of attention, each with keys of its own
 * @param inner the width of the feed-forward part
 * @param context tokens of one sequence at most
 */
record Shape(int vocabulary, int hidden, int layers, int heads, int inner, int context) {
    static final Shape MIRROR = new Shape(512, 128, 4, 4, 384, 512);
    static final double ROPE_THETA = 10_000;
    static final double NORM_EPSILON = 1e-5;

    int head() {
        return hidden / heads;
    }
}
