package dev.cermin.model.llamacpp;

import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.openai.OpenAiChatRequestParameters;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What one request can ask of a llama-server beyond OpenAI's parameters. Not thread-safe; {@link #parameters} gives what
 * a {@code ChatRequest} takes. (llama.cpp, tools/server/README.md)
 */
public final class LlamaRequest {
    private final Map<Integer, Double> adapters = new TreeMap<>();
    private final Map<String, Object> others = new LinkedHashMap<>();

    /**
     * Applies an adapter in this request; those not named are not applied.
     *
     * @param id its place among the server's {@code lora} files, from 0
     * @param scale 0 is off, 1 as trained
     */
    public LlamaRequest lora(int id, double scale) {
        if (id < 0) {
            throw new IllegalArgumentException("The adapter's id is " + id + ", expected 0 or more.");
        }
        adapters.put(id, scale);
        return this;
    }

    /** Reads {@code 0=0.5,1=1}: adapters' ids and scales. */
    public LlamaRequest lora(String scales) {
        for (String one : scales.split(",", -1)) {
            String[] parts = one.strip().split("=", -1);
            try {
                lora(Integer.parseInt(parts[0].strip()), Double.parseDouble(parts[1].strip()));
            } catch (NumberFormatException | ArrayIndexOutOfBoundsException e) {
                throw new IllegalArgumentException(
                        "'%s' is no list of adapters and scales; such as 0=1,1=0.5 is expected".formatted(scales), e);
            }
        }
        return this;
    }

    /** The answer is of this grammar, in GBNF. */
    public LlamaRequest grammar(String gbnf) {
        others.put("grammar", gbnf);
        return this;
    }

    /** Whether what the prompt has in common with the slot's last one is taken from the cache; the server's default is true. */
    public LlamaRequest cachePrompt(boolean cache) {
        others.put("cache_prompt", cache);
        return this;
    }

    /** The slot that answers, which so keeps its cache; default any that is free. */
    public LlamaRequest slot(int id) {
        others.put("id_slot", id);
        return this;
    }

    /**
     * The log-probability of each token of the answer, in the response's metadata,
     * {@link dev.langchain4j.model.openai.OpenAiChatResponseMetadata#logProbs}.
     *
     * @param alternatives of each place; 0 to 20
     */
    public LlamaRequest logProbabilities(int alternatives) {
        others.put("logprobs", true);
        others.put("top_logprobs", alternatives);
        return this;
    }

    /** For {@code ChatRequest.Builder.parameters}; merge others with {@code overrideWith}. */
    public OpenAiChatRequestParameters parameters() {
        return parameters(ChatRequestParameters.builder().build());
    }

    /** Those, and these. */
    public OpenAiChatRequestParameters parameters(ChatRequestParameters with) {
        return OpenAiChatRequestParameters.builder()
                .overrideWith(with)
                .customParameters(body())
                .build();
    }

    /** The adapters that are named. */
    Set<Integer> adapters() {
        return adapters.keySet();
    }

    Map<String, Object> body() {
        Map<String, Object> body = new LinkedHashMap<>(others);
        if (!adapters.isEmpty()) {
            List<Map<String, Object>> list = new ArrayList<>();
            adapters.forEach((id, scale) -> list.add(Map.of("id", id, "scale", scale)));
            body.put("lora", list);
        }
        return body;
    }
}
