package dev.cermin.config;

import io.smallrye.config.WithDefault;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Settings of a model. */
public interface ModelConfig {
    /**
     * {@code jlama}, {@code llama-server}, {@code openai} for any OpenAI-compatible endpoint, {@code anthropic}, {@code
     * gemini}, {@code mistral}, {@code ollama}, {@code azure-openai}, {@code bedrock}, one of the application's own, or
     * {@code route}: the best of several.
     */
    String provider();

    /** The folder of a {@code jlama} model; default: the bundled one. Of {@code llama-server}, the program to start. */
    Optional<Path> path();

    /** The endpoint, such as {@code http://127.0.0.1:18080/v1}; default: the remote provider's own. */
    Optional<URI> baseUrl();

    /** The endpoints of several replicas in its place: each call goes to the one with the least to do. */
    Optional<List<URI>> baseUrls();

    /** Sent as a bearer token; never logged. */
    Optional<String> apiKey();

    /** The provider's name of the model; of a {@code llama-server} to start, its GGUF file. */
    Optional<String> model();

    /** For one call. */
    @WithDefault("2m")
    Duration timeout();

    /** Attempts after the first, on failures that may pass. */
    @WithDefault("2")
    int maxRetries();

    /** Of a million tokens read. */
    @WithDefault("0")
    BigDecimal priceIn();

    /** Of a million tokens written. */
    @WithDefault("0")
    BigDecimal priceOut();

    Limits limits();

    /** The lane that serves its steps; default: the role's own. */
    Optional<String> lane();

    /** By which it can be chosen. */
    Optional<Set<String>> tags();

    /** What else the provider knows, by the provider's own names. */
    Map<String, String> parameters();

    /** The models that are asked where this one gives no answer, in order. */
    Optional<List<String>> fallback();

    /** Where a fallback follows: the longest wait for a limit, an engine or a retry, till that is asked instead. */
    @WithDefault("10s")
    Duration maxWait();

    /** Without an answer by then, another replica is asked too, and the first answer counts; default: never. */
    Optional<Duration> hedgeAfter();

    Breaker breaker();

    /** Of a {@code route}. */
    Route route();

    interface Limits {
        /** Calls in flight, of this process, at each replica; 0 for no limit. */
        @WithDefault("0")
        int concurrency();

        /** Calls begun, spread over a minute; after a pause, a tenth of them at once; 0 for no limit. */
        @WithDefault("0")
        int requestsPerMinute();

        /** Tokens read and written in a minute; after a pause, a minute's worth at once; 0 for no limit. */
        @WithDefault("0")
        int tokensPerMinute();
    }

    /** When a replica is left alone, by the names of MicroProfile Fault Tolerance. */
    interface Breaker {
        /** So many of the last calls are looked at. */
        @WithDefault("10")
        int requestVolumeThreshold();

        /** Of them, failed, opens the breaker; above 0, at most 1. */
        @WithDefault("0.5")
        double failureRatio();

        /** Till one call tries it again. */
        @WithDefault("10s")
        Duration delay();
    }

    interface Route {
        /** The models to choose from, in order; default: all that have the tags. */
        Optional<List<String>> models();

        /** That a model must have, all of them. */
        Optional<Set<String>> tags();

        /** The same for one role, in place of these: {@code generate}, {@code correct}, {@code reflect}. */
        Map<String, Set<String>> roleTags();

        /** What decides among those that are up and free. */
        @WithDefault("order")
        Preference prefer();

        /** So many calls may wait for a model before one without a queue goes before it. */
        @WithDefault("0")
        int maxQueue();
    }

    enum Preference {
        ORDER,
        PRICE,
        LATENCY,
        LOAD
    }
}
