package dev.cermin.model.llamacpp;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * The exact log-probability of each token of a given text. The server has no such request, so the text is generated under
 * a grammar that allows nothing else, one request a text, while the probabilities reported are those before the grammar.
 * That runs at the speed of decoding; a prompt before the text is read at the speed of prompts, and not again where a slot
 * still has it. Tokens that no grammar takes, those that end texts or are a part of a character, cost a request each. With
 * {@code cache-type-k} and {@code cache-type-v} f32 and {@code flash-attn} off they are exact to single precision; the
 * default f16 cache is off by about 1e-4. Thread-safe.
 */
public final class LlamaLogProbabilities {
    private final Supplier<LlamaClient> client;
    private final Duration timeout;
    private final ForcedTokens forced;

    LlamaLogProbabilities(Supplier<LlamaClient> client, Duration timeout) {
        this.client = client;
        this.timeout = timeout;
        this.forced = new ForcedTokens(client, timeout);
    }

    /** Token ids as the server's model has them, special tokens included where the text names them. */
    public int[] encode(String text) {
        return tokenize(text, true);
    }

    /** The same without a beginning-of-text token in front. */
    public int[] tokens(String text) {
        return tokenize(text, false);
    }

    private int[] tokenize(String text, boolean special) {
        Map<String, Object> request = new LinkedHashMap<>();
        request.put("content", text);
        request.put("add_special", special);
        request.put("parse_special", true);
        request.put("with_pieces", true);
        JsonNode tokens = client.get().post("/tokenize", request, timeout).path("tokens");
        int[] ids = new int[tokens.size()];
        for (int i = 0; i < ids.length; i++) {
            JsonNode token = tokens.get(i);
            ids[i] = token.isInt() ? token.asInt() : token.path("id").asInt();
            if (token.path("piece").isArray()) {
                forced.isPartOfCharacter(ids[i]);
            }
        }
        return ids;
    }

    /** What a user's message becomes by the model's chat template, up to where the answer begins. */
    public String prompt(String message) {
        Map<String, Object> request = Map.of("messages", List.of(Map.of("role", "user", "content", message)));
        return client.get()
                .post("/apply-template", request, timeout)
                .path("prompt")
                .asText();
    }

    /** Tokens that a slot's context holds. */
    public int contextLength() {
        int tokens = client.get()
                .get("/props")
                .path("default_generation_settings")
                .path("n_ctx")
                .asInt(0);
        if (tokens < 1) {
            throw new LlamaServerException("llama-server says no n_ctx in /props: an older server may be at fault");
        }
        return tokens;
    }

    /**
     * The natural logarithm of each token's probability, given all before it.
     *
     * @param tokens at least two ids
     * @return one value for each token but the first; −∞ where its probability is 0 in single precision
     * @throws LlamaServerException where the server went through other tokens than these
     */
    public double[] of(int[] tokens) {
        return of(tokens, 1);
    }

    /**
     * The same of the tokens behind a prompt.
     *
     * @param prompt how many tokens are the prompt, at least one
     * @return one value for each token behind the prompt; −∞ as there
     */
    public double[] of(int[] tokens, int prompt) {
        if (tokens.length < 2) {
            throw new IllegalArgumentException("Got " + tokens.length + " tokens, expected at least two.");
        }
        if (prompt < 1 || prompt >= tokens.length) {
            throw new IllegalArgumentException("The prompt is " + prompt + " of " + tokens.length
                    + " tokens, expected at least one and fewer than all.");
        }
        return forced.logProbabilities(tokens, prompt);
    }

    /** As many forward passes as {@link #of(int[], int)} takes, and nothing of it beside: for measurements. */
    public void pass(int[] tokens, int prompt) {
        forced.pass(tokens, prompt);
    }

    /** The mean negative log-likelihood of a text's tokens in nats, its first token (the beginning of text) being given. */
    public double negativeLogLikelihood(String text) {
        return -Arrays.stream(of(encode(text))).average().orElseThrow();
    }
}
