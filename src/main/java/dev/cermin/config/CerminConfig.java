package dev.cermin.config;

import dev.cermin.redact.Kind;
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
import java.util.OptionalDouble;
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

    Security security();

    Webhooks webhooks();

    ClaimCheck claimCheck();

    Http http();

    Metrics metrics();

    Store store();

    Audit audit();

    Erasure erasure();

    Redaction redaction();

    Review review();

    Telemetry telemetry();

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

        /**
         * How long its traces are kept from their tasks' creation on, such as {@code 90d}; default: for good. What is older goes
         * by whole partitions. A tenant with one of its own has its own partitions.
         */
        Optional<Duration> retention();
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

    /** Who may come in; people by {@code quarkus.oidc.*}. Without keys and without OIDC there is no login. */
    interface Security {
        /** Keys of machines, by their names; {@code cermin keys create} makes one. */
        Map<String, Key> keys();

        /**
         * The claim of a token that names its bearer's tenant; without one in the token, nothing is answered. Default none:
         * whoever logs in belongs to the tenant {@code default}.
         */
        Optional<String> tenantClaim();

        /** Whether a gateway without a login may listen to other machines than this one. */
        @WithDefault("false")
        boolean anonymous();

        /** How long it is known who read which trace. */
        @WithDefault("730d")
        Duration keepReads();
    }

    interface Key {
        /** SHA-256 of the key, 64 hex digits. The key itself is nowhere. */
        String sha256();

        /** Whom it acts for; of no meaning for admins, who act for all. */
        @WithDefault("default")
        String tenant();

        /** {@code submitter}, {@code reviewer}, {@code auditor}, {@code admin}. */
        @WithDefault("submitter")
        Set<String> roles();
    }

    interface Store {
        /** Whether a starting gateway or recorder brings Postgres's tables up to date. */
        @WithDefault("true")
        boolean migrate();

        /** Of how long a time a partition holds the steps: what retention drops at once. */
        @WithDefault("month")
        Span partitions();
    }

    /** In UTC; weeks begin on Mondays. */
    enum Span {
        DAY,
        WEEK,
        MONTH
    }

    /** The log of what traces came to, and what it is signed with. */
    interface Audit {
        /** Of the log, as it stands in its checkpoints; without spaces and plus signs. */
        @WithDefault("cermin")
        String name();

        /**
         * What recorders sign checkpoints with: an Ed25519 key in PEM, as {@code openssl genpkey -algorithm ed25519}
         * writes it. Default none: then nothing is signed. Never logged.
         */
        Optional<String> key();

        /** A file with that key, in its place. */
        Optional<Path> keyFile();

        /** Of keys that signed before, {@code NAME+ID+KEY} each: their checkpoints stay valid. */
        Optional<List<String>> publicKeys();

        /** How often what is new is logged and signed. */
        @WithDefault("1m")
        Duration interval();

        /** A file that each checkpoint is appended to; the farther from Postgres, the better. Default none. */
        Optional<Path> file();
    }

    /** When texts of traces are erased by themselves. */
    interface Erasure {
        /** After a task's creation; default never. */
        Optional<Duration> textsAfter();

        /** The same by tenant, in its place. */
        Map<String, Duration> tenants();
    }

    /** What is replaced by marks before a trace leaves its worker; models and callers see it as it is. */
    interface Redaction {
        /** Whether anything is redacted. */
        @WithDefault("true")
        boolean enabled();

        /** What is: {@code secrets}, {@code card}, {@code iban}, {@code email}, {@code phone}. */
        @WithDefault("secrets,card,iban")
        Set<Kind> kinds();

        /** Rules of one's own, by the names of their marks: regexes of RE2, of which the first group goes, or all. */
        Map<String, String> custom();

        /** By tenant, in place of these. */
        Map<String, RedactionOf> tenants();

        /** By agent, in place of these and of the tenant's. */
        Map<String, RedactionOf> agents();
    }

    /** What a tenant or an agent has of its own. */
    interface RedactionOf {
        Optional<Boolean> enabled();

        /** Custom rules count beside them. */
        Optional<Set<Kind>> kinds();
    }

    /** What spans tell, where OpenTelemetry is on. */
    interface Telemetry {
        /** Whether they have what was read and written, too, redacted as in traces. */
        @WithDefault("false")
        boolean content();
    }

    /** What people look at. */
    interface Review {
        /** By name; a task that ends is put into each queue whose rules all hold for it. */
        Map<String, Queue> queues();

        /** For how long a task that a reviewer takes from a queue is nobody else's. */
        @WithDefault("15m")
        Duration lease();
    }

    /** Which tasks wait for a reviewer; a rule that isn't given holds for every task. */
    interface Queue {
        /** Of one of these agents. */
        Optional<Set<String>> agent();

        /** Of one of these tenants. */
        Optional<Set<String>> tenant();

        /** Whether the loop accepted its answer. */
        Optional<Boolean> accepted();

        /** Ended for one of these reasons, as {@code rounds}. */
        Optional<Set<String>> stopReason();

        /** The mean score that critics gave the answer, at most; from 0 to 1. Without any score it doesn't hold. */
        OptionalDouble maxScore();

        /** What the loop cost, at least. */
        Optional<BigDecimal> minCost();

        /** So many corrections, at least. */
        OptionalInt minRounds();

        /** Of those for which all else holds this share, above 0 up to 1; which ones is decided by a hash of their ids. */
        @WithDefault("1")
        double sample();
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
