package dev.cermin.tune.score;

import dev.cermin.model.remote.PromptLogProbabilities;
import java.util.OptionalInt;

/** Over an OpenAI-compatible endpoint that has prompt log-probabilities. */
record Completions(PromptLogProbabilities endpoint, OptionalInt start, int window) implements Engine {
    @Override
    public int[] tokens(String text) {
        return endpoint.tokens(text, false);
    }

    @Override
    public double[] logProbabilities(int[] tokens, int prompt) {
        return endpoint.of(tokens, prompt);
    }

    @Override
    public void pass(int[] tokens, int prompt) {
        endpoint.pass(tokens);
    }

    @Override
    public String prompt(String message) {
        return endpoint.prompt(message);
    }
}
