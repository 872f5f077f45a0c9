package dev.cermin.tune.score;

import dev.cermin.model.jlama.JlamaChatModel;
import dev.langchain4j.data.message.UserMessage;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;

/** In process. */
record InProcess(JlamaChatModel model) implements Engine {
    @Override
    public int[] tokens(String text) {
        int[] tokens = model.encode(text);
        return Arrays.copyOfRange(tokens, 1, tokens.length);
    }

    @Override
    public OptionalInt start() {
        return OptionalInt.of(model.encode("")[0]);
    }

    @Override
    public int window() {
        return model.contextLength();
    }

    @Override
    public double[] logProbabilities(int[] tokens, int prompt) {
        return model.logProbabilities(tokens, prompt);
    }

    @Override
    public void pass(int[] tokens, int prompt) {
        // of the last one no score is taken
        model.read(Arrays.copyOf(tokens, tokens.length - 1));
    }

    @Override
    public String prompt(String message) {
        return model.prompt(List.of(UserMessage.from(message)));
    }
}
