package dev.cermin.tune.score;

import java.util.OptionalInt;

/** What scoring asks of an engine. Thread-safe. */
interface Engine {
    /** Token ids of a text, special ones where it names them; none is put in front. */
    int[] tokens(String text);

    /** The token that begins every text; empty for a model without one. */
    OptionalInt start();

    /** The most tokens that prompt and text may have together. */
    int window();

    /** The log-probability of each token behind the first {@code prompt} ones, which are at least one. */
    double[] logProbabilities(int[] tokens, int prompt);

    /** The engine's own work for the same, without scores: for measurements. */
    void pass(int[] tokens, int prompt);

    /** A user's message by the model's own chat template. */
    String prompt(String message);
}
