package dev.cermin.model.llamacpp;

import com.fasterxml.jackson.databind.JsonNode;
import dev.langchain4j.model.ModelProvider;
import dev.langchain4j.model.chat.Capability;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.openai.OpenAiChatModel;
import dev.langchain4j.model.openai.OpenAiChatRequestParameters;
import dev.langchain4j.model.openai.OpenAiChatResponseMetadata;
import dev.langchain4j.model.openai.OpenAiTokenUsage;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A model that a llama-server runs, one elsewhere by its URL, or one that is started here and ends with this process.
 *
 * <p>Thread-safe: as many calls are answered at once as the server has {@link #slots}; more wait there. What requests
 * can ask for beyond OpenAI's parameters is in {@link LlamaRequest}; tokens of the prompt that came from the cache are in
 * the response's {@code OpenAiTokenUsage.inputTokensDetails()}. Errors are LangChain4j's; a server that isn't there is a
 * {@link LlamaServerException}.
 */
public final class LlamaChatModel implements ChatModel, AutoCloseable {
    private final Builder settings;
    private final ChatRequestParameters defaults;
    private final @Nullable LlamaSupervisor supervisor;
    private volatile @Nullable Connection connection;

    /** What depends on where the server listens, which changes when it is started again. */
    private record Connection(URI url, OpenAiChatModel chat, LlamaClient client) {}

    private LlamaChatModel(Builder builder) {
        this.settings = builder;
        this.defaults = builder.defaults();
        if (builder.command == null) {
            this.supervisor = null;
        } else {
            this.supervisor = LlamaSupervisor.start(
                    builder.command,
                    new LlamaSupervisor.Settings(
                            builder.name,
                            builder.startTimeout,
                            builder.backoff,
                            builder.longestBackoff,
                            builder.progress),
                    builder.apiKey,
                    new ServerLog(builder.log()));
        }
    }

    /** Starts a builder; a URL or a command is required. */
    public static Builder builder() {
        return new Builder();
    }

    @Override
    public ChatResponse chat(ChatRequest request) {
        return connection().chat().chat(withDefaults(request));
    }

    @Override
    public ChatResponse doChat(ChatRequest request) {
        return connection().chat().doChat(withDefaults(request));
    }

    @Override
    public ChatRequestParameters defaultRequestParameters() {
        // those are the same wherever it listens, so a server that is just starting again isn't waited for
        return defaults;
    }

    @Override
    public Set<Capability> supportedCapabilities() {
        return Set.of(Capability.RESPONSE_FORMAT_JSON_SCHEMA);
    }

    @Override
    public ModelProvider provider() {
        return ModelProvider.OPEN_AI;
    }

    /**
     * How many calls the server answers at once.
     *
     * @throws LlamaServerException where it does not answer
     */
    public int slots() {
        int slots = connection().client().get("/props").path("total_slots").asInt(0);
        if (slots < 1) {
            throw new LlamaServerException("What is at %s says no total_slots in /props: is it a llama-server?"
                    .formatted(connection().url()));
        }
        return slots;
    }

    /** How many tokens of an answer's prompt came from the server's cache; 0 where it does not tell. */
    public static int cachedTokens(ChatResponse response) {
        return response.tokenUsage() instanceof OpenAiTokenUsage usage
                        && usage.inputTokensDetails() != null
                        && usage.inputTokensDetails().cachedTokens() != null
                ? usage.inputTokensDetails().cachedTokens()
                : 0;
    }

    /** How long an answer's slot worked for it, as the server says; 0 where it does not tell. */
    public static Duration slotTime(ChatResponse response) {
        if (!(response.metadata() instanceof OpenAiChatResponseMetadata metadata)
                || metadata.rawHttpResponse() == null) {
            return Duration.ZERO;
        }
        JsonNode timings = LlamaClient.json(metadata.rawHttpResponse().body()).path("timings");
        double millis = timings.path("prompt_ms").asDouble()
                + timings.path("predicted_ms").asDouble();
        return Duration.ofNanos(Math.round(millis * 1e6));
    }

    /** The exact log-probabilities of given texts. */
    public LlamaLogProbabilities logProbabilities() {
        return new LlamaLogProbabilities(() -> connection().client(), settings.timeout);
    }

    /** Where the server listens, without {@code /v1}. */
    public URI url() {
        return connection().url();
    }

    /** Ends a server that was started here; one elsewhere is left alone. May be called twice. */
    @Override
    public void close() {
        if (supervisor != null) {
            supervisor.close();
        }
    }

    /** LangChain4j takes the request's custom parameters instead of the model's, not beside them. */
    private ChatRequest withDefaults(ChatRequest request) {
        Map<String, Object> defaults = settings.request.body();
        if (defaults.isEmpty()
                || !(request.parameters() instanceof OpenAiChatRequestParameters own)
                || own.customParameters() == null) {
            return request;
        }
        Map<String, Object> both = new LinkedHashMap<>(defaults);
        both.putAll(own.customParameters());
        return ChatRequest.builder()
                .messages(request.messages())
                .parameters(OpenAiChatRequestParameters.builder()
                        .overrideWith(own)
                        .customParameters(both)
                        .build())
                .build();
    }

    private Connection connection() {
        URI url = supervisor == null ? LlamaClient.root(settings.requiredUrl()) : supervisor.url(settings.timeout);
        Connection last = connection;
        if (last != null && last.url().equals(url)) {
            return last;
        }
        Connection made = new Connection(url, settings.chat(url), new LlamaClient(url, settings.apiKey));
        refuseUnknownAdapters(made);
        connection = made;
        return made;
    }

    /** The server passes over an adapter that it doesn't have, without a word. */
    private void refuseUnknownAdapters(Connection made) {
        if (settings.request.adapters().isEmpty()) {
            return;
        }
        Set<Integer> known = new TreeSet<>();
        made.client()
                .get("/lora-adapters")
                .forEach(adapter -> known.add(adapter.path("id").asInt()));
        if (!known.containsAll(settings.request.adapters())) {
            throw new LlamaServerException(
                    "Model '%s' wants the adapters %s of llama-server at %s, which has %s: give it the others with --lora"
                            .formatted(settings.name, settings.request.adapters(), made.url(), known));
        }
    }

    /** Collects the settings of a model; not thread-safe. */
    public static final class Builder {
        private String name = "llama";
        private @Nullable URI url;
        private @Nullable LlamaCommand command;
        private @Nullable String apiKey;
        private @Nullable Path logs;
        private Duration timeout = Duration.ofMinutes(2);
        private Duration startTimeout = Duration.ofMinutes(10);
        private Duration backoff = Duration.ofMillis(500);
        private Duration longestBackoff = Duration.ofSeconds(30);
        private int maxRetries = 2;
        private LlamaRequest request = new LlamaRequest();
        private Consumer<String> progress = text -> {};

        private Builder() {}

        /** Of the model in messages and requests; default {@code llama}. */
        public Builder name(String name) {
            this.name = name;
            return this;
        }

        /** A server that runs, such as {@code http://127.0.0.1:8081}; {@code /v1} at its end may be there or not. */
        public Builder url(URI url) {
            this.url = url;
            return this;
        }

        /** A server to start on a free port of 127.0.0.1, and to keep running. */
        public Builder command(LlamaCommand command) {
            this.command = command;
            return this;
        }

        /** Default none. */
        public Builder apiKey(@Nullable String apiKey) {
            this.apiKey = apiKey;
            return this;
        }

        /** The folder of the log of a server that is started; default {@code java.io.tmpdir}. */
        public Builder logs(Path folder) {
            this.logs = folder;
            return this;
        }

        /** Of one call; default two minutes. */
        public Builder timeout(Duration timeout) {
            this.timeout = timeout;
            return this;
        }

        /** For a server to load its model; default ten minutes. */
        public Builder startTimeout(Duration startTimeout) {
            this.startTimeout = startTimeout;
            return this;
        }

        /** Before a server that died is started again, and the most that doubling makes of it; default 0.5 s and 30 s. */
        public Builder backoff(Duration first, Duration longest) {
            this.backoff = first;
            this.longestBackoff = longest;
            return this;
        }

        /** Attempts after the first, on failures that may pass; default 2. */
        public Builder maxRetries(int maxRetries) {
            this.maxRetries = maxRetries;
            return this;
        }

        /** What every request asks for, unless it says otherwise; default nothing. */
        public Builder request(LlamaRequest request) {
            this.request = request;
            return this;
        }

        /** Gets a sentence now and then about a server that is started; default nobody. Called by several threads. */
        public Builder progress(Consumer<String> progress) {
            this.progress = progress;
            return this;
        }

        /**
         * Starts the server, where one is to be started, and returns when it has loaded its model. One elsewhere is first
         * asked when it is first needed.
         *
         * @throws LlamaServerException where a server does not start; the message has the end of its log
         */
        public LlamaChatModel build() {
            if ((url == null) == (command == null)) {
                throw new IllegalArgumentException(
                        "Either url(…) of a llama-server or command(…) to start one is needed.");
            }
            return new LlamaChatModel(this);
        }

        private URI requiredUrl() {
            if (url == null) {
                throw new IllegalStateException("There is no URL");
            }
            return url;
        }

        private Path log() {
            Path folder = logs == null ? Path.of(System.getProperty("java.io.tmpdir")) : logs;
            return folder.resolve("llama-server-" + name.replaceAll("[^A-Za-z0-9._-]", "_") + ".log");
        }

        private OpenAiChatModel chat(URI at) {
            return OpenAiChatModel.builder()
                    .baseUrl(at + "/v1")
                    // LangChain4j wants one; a server without a key takes any
                    .apiKey(apiKey == null ? "none" : apiKey)
                    .modelName(name)
                    .timeout(timeout)
                    .maxRetries(maxRetries)
                    .supportedCapabilities(Capability.RESPONSE_FORMAT_JSON_SCHEMA)
                    .strictJsonSchema(true)
                    .returnThinking(true)
                    .customParameters(request.body())
                    .build();
        }

        private ChatRequestParameters defaults() {
            return chat(URI.create("http://127.0.0.1")).defaultRequestParameters();
        }
    }
}
