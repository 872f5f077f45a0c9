package dev.cermin.model.remote;

import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.ollama.OllamaChatModel;
import dev.langchain4j.model.ollama.OllamaChatRequestParameters;
import dev.langchain4j.model.ollama.OllamaStreamingChatModel;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** An Ollama server; by default this machine's. */
public final class OllamaProvider extends RemoteProvider {
    private static final String LOCAL = "http://localhost:11434";

    public OllamaProvider() {
        super("ollama", "langchain4j-ollama");
    }

    @Override
    ChatModel chat(Asked asked) {
        return OllamaChatModel.builder()
                .baseUrl(baseUrl(asked))
                .defaultRequestParameters(parameters(asked))
                .returnThinking(true)
                .customHeaders(headers(asked))
                .httpClientBuilder(asked.wire())
                .timeout(asked.timeout())
                .maxRetries(0)
                .build();
    }

    @Override
    StreamingChatModel streaming(Asked asked) {
        return OllamaStreamingChatModel.builder()
                .baseUrl(baseUrl(asked))
                .defaultRequestParameters(parameters(asked))
                .returnThinking(true)
                .customHeaders(headers(asked))
                .httpClientBuilder(asked.wire())
                .timeout(asked.timeout())
                .build();
    }

    private static String baseUrl(Asked asked) {
        String url = asked.baseUrl();
        return url == null ? LOCAL : url;
    }

    private static OllamaChatRequestParameters parameters(Asked asked) {
        asked.takesSchemas(true);
        return OllamaChatRequestParameters.builder()
                .modelName(asked.modelOrFail("llama3.2"))
                .numCtx(asked.number("num-ctx"))
                .numThread(asked.number("num-thread"))
                .numGPU(asked.number("num-gpu"))
                .keepAlive(asked.number("keep-alive"))
                .think(think(asked))
                .build();
    }

    /** Unset leaves it to the model; a model that can't think refuses to be told to. */
    private static @Nullable Boolean think(Asked asked) {
        return asked.text("think") == null ? null : (Boolean) asked.flag("think", false);
    }

    /** Ollama itself knows no keys; a proxy before it may. */
    private static Map<String, String> headers(Asked asked) {
        Map<String, String> headers = new TreeMap<>(asked.headers());
        String key = asked.apiKey();
        if (key != null) {
            headers.put("Authorization", "Bearer " + key);
        }
        return headers;
    }
}
