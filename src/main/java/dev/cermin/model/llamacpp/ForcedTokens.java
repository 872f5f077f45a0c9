package dev.cermin.model.llamacpp;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Takes llama-server through given tokens: in runs under a grammar, and singly where none can be written. Thread-safe. */
final class ForcedTokens {
    private static final String COMPLETION = "/completion";

    /** How many of the likeliest tokens are asked for in search of one, until it is among them. */
    private static final List<Integer> LIKELIEST = List.of(256, 8_192, 1 << 20);

    /** Against it no logit counts. */
    private static final double CERTAIN = 1e4;

    /** JSON has no −∞: a probability of 0 has the lowest of all floats for its logarithm. No real one is near. */
    private static final double IMPOSSIBLE = -9999;

    private final Supplier<LlamaClient> client;
    private final Duration timeout;

    /** Tokens that are a part of a character: grammars are of characters, and reject them. */
    private final Set<Integer> parts = ConcurrentHashMap.newKeySet();

    ForcedTokens(Supplier<LlamaClient> client, Duration timeout) {
        this.client = client;
        this.timeout = timeout;
    }

    void isPartOfCharacter(int token) {
        parts.add(token);
    }

    double[] logProbabilities(int[] tokens, int prompt) {
        double[] result = new double[tokens.length - prompt];
        int at = prompt;
        while (at < tokens.length) {
            int end = at;
            while (end < tokens.length && !parts.contains(tokens[end])) {
                end++;
            }
            if (end == at) {
                result[at - prompt] = one(tokens, at);
                end++;
            } else {
                run(tokens, at, end, prompt, result);
            }
            at = end;
        }
        return result;
    }

    void pass(int[] tokens, int prompt) {
        client.get().post(COMPLETION, request(tokens, prompt, tokens.length, prompt > 1), timeout);
    }

    private void run(int[] tokens, int start, int end, int prompt, double[] result) {
        int[] forced = Arrays.copyOfRange(tokens, start, end);
        Map<String, Object> request = request(tokens, start, end, start > 1);
        request.put("grammar", grammar(forced));
        request.put("n_probs", 1);
        request.put("return_tokens", true);
        JsonNode answer;
        try {
            answer = client.get().post(COMPLETION, request, timeout);
        } catch (LlamaServerException e) {
            if (!String.valueOf(e.getMessage()).contains("empty grammar stack")) {
                throw e;
            }
            // a token that ends texts is among them
            for (int at = start; at < end; at++) {
                result[at - prompt] = one(tokens, at);
            }
            return;
        }
        refuseOthers(forced, answer.path("tokens"));
        for (int i = 0; i < forced.length; i++) {
            JsonNode one = answer.path("completion_probabilities").path(i);
            if (one.path("id").asInt(-1) != forced[i] || !one.path("logprob").isNumber()) {
                throw none(start + i, forced[i], one);
            }
            result[start + i - prompt] = logProbability(one);
        }
    }

    /** Among the likeliest that might have been generated; what is generated has to be a whole character, to be reported. */
    private double one(int[] tokens, int at) {
        for (int likeliest : LIKELIEST) {
            Map<String, Object> request = request(tokens, at, at + 1, at > 1);
            request.put("ignore_eos", false);
            request.put("logit_bias", List.of(List.of(wholeCharacter(), CERTAIN)));
            request.put("n_probs", likeliest);
            for (JsonNode one : client.get()
                    .post(COMPLETION, request, timeout)
                    .path("completion_probabilities")
                    .path(0)
                    .path("top_logprobs")) {
                if (one.path("id").asInt(-1) == tokens[at]) {
                    return logProbability(one);
                }
            }
        }
        throw none(at, tokens[at], "it is not among the " + LIKELIEST.getLast() + " likeliest");
    }

    private static double logProbability(JsonNode token) {
        double found = token.path("logprob").asDouble();
        return found <= IMPOSSIBLE ? Double.NEGATIVE_INFINITY : found;
    }

    private int wholeCharacter() {
        return client.get()
                .post("/tokenize", Map.of("content", "a", "add_special", false), timeout)
                .path("tokens")
                .path(0)
                .asInt();
    }

    private static Map<String, Object> request(int[] tokens, int start, int end, boolean cached) {
        Map<String, Object> request = new LinkedHashMap<>();
        request.put("prompt", Arrays.copyOf(tokens, start));
        request.put("n_predict", end - start);
        request.put("temperature", 0);
        request.put("ignore_eos", true);
        request.put("cache_prompt", cached);
        return request;
    }

    private static LlamaServerException none(int at, int token, Object found) {
        return new LlamaServerException(
                "llama-server reports no log-probability of token %d, %d, but %s: an older server may be at fault"
                        .formatted(at, token, found));
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
                    "llama-server went through %d tokens %s, where %d were given: does its context hold them?"
                            .formatted(tokens.size(), tokens, forced.length));
        }
    }
}
