package dev.cermin.config;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** The settings of the services. Keys are in kebab-case; durations as Quarkus writes them, such as {@code 30s}. */
@ConfigMapping(prefix = "cermin")
public interface CerminConfig {
    /** What this process does; default everything. */
    @WithDefault("all")
    Set<ServiceRole> roles();

    /** A folder with {@code agents} and {@code prompts}; default: those that come with Cermin. */
    Optional<Path> folder();

    /** Where this machine's data lies; default {@code CERMIN_HOME}, then {@code ~/.cermin}. Set by the command line. */
    Optional<Path> home();

    /** Where engines unpack and cache; default {@code cache} in Cermin's home. */
    @WithDefault("${cermin.home:${user.home}/.cermin}/cache")
    Path cache();

    Worker worker();

    Topics topics();

    Admission admission();

    /** What holds for a tenant where it says nothing else. */
    Tenant tenantDefaults();

    /** By tenant; any other one has the defaults. */
    Map<String, Tenant> tenants();

    /** By lane: {@code intake}, {@code generate}, {@code reflect}, {@code correct}. */
    Map<String, Lane> lanes();

    /** By name; {@code mirror}, the bundled model, needs no entry. */
    Map<String, Model> models();

    OpenAi openai();

    Webhooks webhooks();

    ClaimCheck claimCheck();

    Http http();

    Metrics metrics();

    Store store();

    default boolean plays(ServiceRole role) {
        return roles().contains(role) || roles().contains(ServiceRole.ALL);
    }

    enum ServiceRole {
        GATEWAY,
        WORKER,
        RECORDER,
        /** Calls the receivers of outcomes; needs {@code cermin.webhooks.secrets}. */
        NOTIFIER,
        /** Nothing: for commands that only read the store. */
        NONE,
        ALL
    }

    interface Worker {
        /**
         * A name that no other running worker has and that this one keeps over restarts; default: the host's name with
         * a random suffix. A stable name lets a restarted worker take up its work at once.
         */
        Optional<String> id();

        /** How long a stopping worker lets running steps end before it hands them back. */
        @WithDefault("10s")
        Duration drain();

        /**
         * For how long a worker goes on with a loop's next steps at once, where it serves their lanes and the lanes'
         * steps usually take no longer, before it hands the loop on over Kafka; so much work may be done again after a
         * crash. {@code 0s}: every step goes over Kafka.
         */
        @WithDefault("50ms")
        Duration carryOn();
    }

    interface Topics {
        /** Whether a starting service makes the topics that are missing. */
        @WithDefault("true")
        boolean create();

        /** Of those that are made: an upper bound on how many workers can share a lane. */
        @WithDefault("4")
        int partitions();
    }

    /** When tasks begin. */
    interface Admission {
        /**
         * Loops under way at once that this process has begun, however slow they are, from 1; where they end fast, as many
         * as end in half a second. Further tasks wait, and the most urgent of them is next. Fewer let an urgent one get
         * through sooner; too few leave workers idle: all workers' places in all lanes together are enough.
         */
        @WithDefault("256")
        int inFlight();

        /** Of the tasks that wait and can be chosen from, in MiB, from 1; behind them tasks are read later. */
        @WithDefault("64")
        int memoryMib();

        /** How long a task that has begun is known, so that it doesn't begin again; of the topic that is made. */
        @WithDefault("24h")
        Duration deduplication();

        /** The latest tasks that are known to have begun, at most, in each partition; some 32 bytes each, from 2. */
        @WithDefault("250000")
        int remembered();
    }

    interface Tenant {
        /** Its share of what begins while others wait too, from 1; default 1. */
        OptionalInt weight();

        /** Tasks accepted and not finished, at each gateway; default: no limit. */
        OptionalInt maxWaiting();

        /** Tasks accepted at each gateway, spread over a minute; after a pause, a tenth of them at once; default: no limit. */
        OptionalInt requestsPerMinute();
    }

    interface Lane {
        /** Whether this worker serves the lane. */
        @WithDefault("true")
        boolean enabled();

        /** Steps in flight at once. */
        @WithDefault("16")
        int concurrency();

        Retry retry();
    }

    /** When a step whose model is away is begun again, by the names of MicroProfile Fault Tolerance. */
    interface Retry {
        /** After the first failure; each further one doubles it. */
        @WithDefault("1s")
        Duration delay();

        /** The longest delay. */
        @WithDefault("30s")
        Duration maxDelay();

        /** By so much a delay is longer or shorter, at random. */
        @WithDefault("200ms")
        Duration jitter();

        /** From a step's first failure on; then its loop ends as failed, with the best draft. {@code 0s}: at once. */
        @WithDefault("10m")
        Duration maxDuration();
    }

    /** Outcomes, told to an address that a task names, by the Standard Webhooks specification. */
    interface Webhooks {
        /**
         * What calls are signed with: {@code whsec_} and 24 to 64 bytes as base64, several while they are changed. Default
         * none: then there are no webhooks, and a task that wants one is refused. Never logged.
         */
        Optional<List<String>> secrets();

        /**
         * The hosts that may be called: {@code hooks.example.com}, {@code *.example.com} for all below it, either with a port
         * where that isn't the scheme's own, as in {@code hooks.example.com:8443}. Default none.
         */
        Optional<Set<String>> allowedHosts();

        /** Of one call. */
        @WithDefault("15s")
        Duration timeout();

        /** Calls in flight at once; of them, a quarter at most go to the same host. */
        @WithDefault("32")
        int concurrency();

        /** After the first failed call; each further one doubles it. */
        @WithDefault("5s")
        Duration delay();

        /** The longest delay. */
        @WithDefault("15m")
        Duration maxDelay();

        /** By so much a delay is longer or shorter, at random. */
        @WithDefault("1s")
        Duration jitter();

        /** From the first failed call on; what can't be told by then goes to the dead letters. */
        @WithDefault("1d")
        Duration maxDuration();
    }

    /** Large states lie in Postgres, and the message has their place. */
    interface ClaimCheck {
        /** Over this, in bytes, a loop's state goes to Postgres, where the worker has one. */
        @WithDefault("512K")
        MemorySize threshold();

        /** So long a state is kept at most; one whose loop has ended goes within minutes. */
        @WithDefault("7d")
        Duration keep();
    }

    interface Model {
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

    /** The OpenAI-compatible endpoint, {@code /v1}. */
    interface Http {
        /**
         * Names by which clients may call this machine while only it is listened on, beside {@code localhost} and its
         * addresses: a proxy's that passes them on.
         */
        Optional<Set<String>> allowedHosts();
    }

    interface OpenAi {
        /** What clients of {@code /v1} and {@code /mcp} must give as their key; default: none is asked for. */
        Optional<String> apiKey();
    }

    interface Store {
        /** Whether a starting gateway or recorder brings Postgres's tables up to date. */
        @WithDefault("true")
        boolean migrate();
    }

    /** What {@code /q/metrics} tells. */
    interface Metrics {
        /** Whether anything is measured. */
        @WithDefault("true")
        boolean enabled();

        /** So many tenants, agents, models, … are counted each by itself; those that come later are counted together. */
        @WithDefault("100")
        int maxTagValues();
    }

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
}
