package dev.cermin.model.remote;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.cermin.json.Json;
import dev.cermin.model.ModelSettings;
import dev.cermin.model.ProviderException;
import dev.langchain4j.http.client.HttpClient;
import dev.langchain4j.http.client.HttpMethod;
import dev.langchain4j.http.client.HttpRequest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The log-probability of each token of a given text, from an OpenAI-compatible endpoint that has vLLM's {@code
 * prompt_logprobs} and {@code /tokenize}: one request a text, whose tokens are sent as ids. Thread-safe. Failures are
 * {@link ProviderException}s.
 */
public final class PromptLogProbabilities {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** What vLLM writes for −∞, which JSON has not. */
    private static final double IMPOSSIBLE = -9999;

    private final RemoteProvider provider = new OpenAiProvider();
    private final HttpClient http;
    private final Secrets secrets;
    private final Map<String, String> headers = new LinkedHashMap<>();
    private final String root;
    private final String model;

    /**
     * @param name under which it is configured
     * @param settings with a base URL and a model
     */
    public PromptLogProbabilities(String name, ModelSettings settings) {
        var asked = new Asked(provider.name(), name, settings);
        http = asked.wire().build();
        secrets = asked.secrets();
        headers.put("Content-Type", "application/json");
        headers.putAll(asked.headers());
        if (asked.apiKey() != null) {
            headers.put("Authorization", "Bearer " + asked.apiKey());
        }
        root = asked.baseUrlOrFail("http://localhost:8000/v1")
                .replaceFirst("/+$", "")
                .replaceFirst("/v1$", "");
        model = asked.modelOrFail("the name under which vLLM serves it");
    }

    /**
     * Token ids of a text.
     *
     * @param special whether those that the model puts around a text are added
     */
    public int[] tokens(String text, boolean special) {
        return ids(tokenize("prompt", text, special));
    }

    /** Tokens that a text may have: one less than the model's context, as one is generated. 0 where it doesn't say. */
    public int contextLength() {
        return Math.max(0, tokenize("prompt", "a", false).path("max_model_len").asInt(0) - 1);
    }

    /** What a user's message becomes by the model's chat template, up to where the answer begins. */
    public String prompt(String message) {
        JsonNode tokens = tokenize("messages", List.of(Map.of("role", "user", "content", message)), false);
        Map<String, Object> request = new LinkedHashMap<>();
        request.put("model", model);
        request.put("tokens", ids(tokens));
        return post("/detokenize", request).path("prompt").asText();
    }

    /**
     * The natural logarithm of the probability of each token behind a prompt; −∞ where that is 0.
     *
     * @param prompt how many tokens are the prompt, at least one: the first token of all has no probability
     */
    public double[] of(int[] tokens, int prompt) {
        Map<String, Object> request = request(tokens);
        // none beside that of the token itself
        request.put("prompt_logprobs", 0);
        JsonNode positions =
                post("/v1/completions", request).path("choices").path(0).path("prompt_logprobs");
        if (positions.size() != tokens.length) {
            throw unreadable("it gave %d prompt_logprobs for %d tokens; has it prompt log-probabilities, as vLLM has?"
                    .formatted(positions.size(), tokens.length));
        }
        double[] result = new double[tokens.length - prompt];
        for (int i = 0; i < result.length; i++) {
            JsonNode found = positions
                    .get(prompt + i)
                    .path(String.valueOf(tokens[prompt + i]))
                    .path("logprob");
            if (!found.isNumber()) {
                throw unreadable("it gave no log-probability of token %d, %d, but %s"
                        .formatted(prompt + i, tokens[prompt + i], positions.get(prompt + i)));
            }
            result[i] = found.asDouble() <= IMPOSSIBLE ? Double.NEGATIVE_INFINITY : found.asDouble();
        }
        return result;
    }

    /** The same request without asking for probabilities: for measurements. */
    public void pass(int[] tokens) {
        post("/v1/completions", request(tokens));
    }

    private Map<String, Object> request(int[] tokens) {
        Map<String, Object> request = new LinkedHashMap<>();
        request.put("model", model);
        request.put("prompt", tokens);
        request.put("max_tokens", 1);
        request.put("temperature", 0);
        return request;
    }

    private JsonNode tokenize(String what, Object value, boolean special) {
        Map<String, Object> request = new LinkedHashMap<>();
        request.put("model", model);
        request.put(what, value);
        request.put("add_special_tokens", special);
        return post("/tokenize", request);
    }

    private static int[] ids(JsonNode answer) {
        JsonNode tokens = answer.path("tokens");
        int[] ids = new int[tokens.size()];
        for (int i = 0; i < ids.length; i++) {
            ids[i] = tokens.get(i).asInt();
        }
        return ids;
    }

    private JsonNode post(String path, Map<String, Object> body) {
        HttpRequest.Builder request =
                HttpRequest.builder().method(HttpMethod.POST).url(root + path).body(Json.text(body));
        headers.forEach(request::addHeader);
        try {
            return JSON.readTree(http.execute(request.build()).body());
        } catch (JsonProcessingException e) {
            throw unreadable("its answer to " + path + " is no JSON");
        } catch (RuntimeException e) {
            if (Thread.currentThread().isInterrupted()) {
                throw e;
            }
            throw Explained.of(e, provider, secrets);
        }
    }

    private ProviderException unreadable(String why) {
        return Explained.of(new UnreadableException(why), provider, secrets);
    }
}
