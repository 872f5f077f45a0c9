package dev.cermin.model.llamacpp;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * The exact log-probability of each token of a given text, one request a text. The server has no such request, so the
 * text is generated under a grammar that allows nothing else, while the probabilities reported are those before the
 * grammar. That runs at the speed of decoding. With {@code cache-type-k} and {@code cache-type-v} f32 and {@code
 * flash-attn} off they are exact to single precision; the default f16 cache is off by about 1e-4. Thread-safe.
 */
public final class LlamaLogProbabilities {
    private final Supplier<LlamaClient> client;
    private final Duration timeout;

    LlamaLogProbabilities(Supplier<LlamaClient> client, Duration timeout) {
        this.client = client;
        this.timeout = timeout;
    }

    /** Token ids as the server's model has them, special tokens included where the text names them. */
    public int[] encode(String text) {
        Map<String, Object> request = new LinkedHashMap<>();
        request.put("content", text);
        request.put("add_special", true);
        request.put("parse_special", true);
        JsonNode tokens = client.get().post("/tokenize", request, timeout).path("tokens");
        int[] ids = new int[tokens.size()];
        for (int i = 0; i < ids.length; i++) {
            ids[i] = tokens.get(i).asInt();
        }
        return ids;
    }

    /**
     * The natural logarithm of each token's probability, given all before it.
     *
     * @param tokens at least two ids; an end token only at the very end is not possible, as the server stops there
     * @return one value for each token but the first
     * @throws LlamaServerException where the server went through other tokens than these
     */
    public double[] of(int[] tokens) {
        if (tokens.length < 2) {
            throw new IllegalArgumentException("Got " + tokens.length + " tokens, expected at least two.");
        }
        int[] forced = Arrays.copyOfRange(tokens, 1, tokens.length);
        Map<String, Object> request = new LinkedHashMap<>();
        request.put("prompt", new int[] {tokens[0]});
        request.put("grammar", grammar(forced));
        request.put("n_predict", forced.length);
        request.put("n_probs", 1);
        request.put("temperature", 0);
        request.put("ignore_eos", true);
        request.put("cache_prompt", false);
        request.put("return_tokens", true);
        JsonNode answer = client.get().post("/completion", request, timeout);
        refuseOthers(forced, answer.path("tokens"));
        JsonNode probabilities = answer.path("completion_probabilities");
        double[] result = new double[forced.length];
        for (int i = 0; i < result.length; i++) {
            JsonNode one = probabilities.path(i);
            if (one.path("id").asInt(-1) != forced[i] || !one.path("logprob").isNumber()) {
                throw new LlamaServerException(
                        "llama-server reports no log-probability of token %d, %d, but %s: an older server may be at fault"
                                .formatted(i + 1, forced[i], one));
            }
            result[i] = one.path("logprob").asDouble();
        }
        return result;
    }

    /** The mean negative log-likelihood of a text's tokens in nats, its first token (the beginning of text) being given. */
    public double negativeLogLikelihood(String text) {
        return -Arrays.stream(of(encode(text))).average().orElseThrow();
    }

    static String grammar(int[] tokens) {
        return "root ::= "
                + Arrays.stream(tokens).mapToObj(id -> "<[" + id + "]>").collect(Collectors.joining(" "));
    }

    private static void refuseOthers(int[] forced, JsonNode tokens) {
        boolean same = tokens.size() == forced.length;
        for (int i = 0; same && i < forced.length; i++) {
            same = tokens.get(i).asInt() == forced[i];
        }
        if (!same) {
            throw new LlamaServerException(
                    "llama-server went through %d tokens %s, where %d were given: does its context hold them, and is none of them an end token?"
                            .formatted(tokens.size(), tokens, forced.length));
        }
    }
}
