package dev.cermin.tune;

/** How likely a text is to a model, or why that isn't known: "unscored" is a value of its own, never a zero. */
public sealed interface Likelihood {
    /**
     * @param meanNll the mean negative log-likelihood, in nats a token
     * @param tokens that were scored, at least 1
     */
    record Scored(double meanNll, int tokens) implements Likelihood {}

    /** @param reason such as "the prompt fills the window of 512 tokens" */
    record Unscored(String reason) implements Likelihood {}
}
