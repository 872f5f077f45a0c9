package dev.cermin.tune.score;

import dev.cermin.model.llamacpp.LlamaLogProbabilities;
import java.util.OptionalInt;

/** Over llama-server, which is made to generate the text. */
record LlamaServer(LlamaLogProbabilities server, OptionalInt start, int window) implements Engine {
    static LlamaServer of(LlamaLogProbabilities server) {
        OptionalInt start = Students.start(server.encode("a"), server.tokens("a"));
        return new LlamaServer(server, start, server.contextLength());
    }

    @Override
    public int[] tokens(String text) {
        return server.tokens(text);
    }

    @Override
    public double[] logProbabilities(int[] tokens, int prompt) {
        return server.of(tokens, prompt);
    }

    @Override
    public void pass(int[] tokens, int prompt) {
        server.pass(tokens, prompt);
    }

    @Override
    public String prompt(String message) {
        return server.prompt(message);
    }
}
