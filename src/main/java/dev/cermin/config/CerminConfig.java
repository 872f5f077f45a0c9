package dev.cermin.config;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
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

    FlowConfig.Worker worker();

    FlowConfig.Topics topics();

    FlowConfig.Admission admission();

    /** What holds for a tenant where it says nothing else. */
    FlowConfig.Tenant tenantDefaults();

    /** By tenant; any other one has the defaults. */
    Map<String, FlowConfig.Tenant> tenants();

    /** By lane: {@code intake}, {@code generate}, {@code reflect}, {@code correct}. */
    Map<String, FlowConfig.Lane> lanes();

    /** By name; {@code mirror}, the bundled model, needs no entry. */
    Map<String, ModelConfig> models();

    OpenAi openai();

    Security security();

    FlowConfig.Webhooks webhooks();

    FlowConfig.ClaimCheck claimCheck();

    Http http();

    Metrics metrics();

    TracesConfig.Store store();

    TracesConfig.Audit audit();

    TracesConfig.Erasure erasure();

    TracesConfig.Redaction redaction();

    TracesConfig.Review review();

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

    interface Http {
        /**
         * Names by which clients may call this machine while only it is listened on, beside {@code localhost} and its
         * addresses: a proxy's that passes them on.
         */
        Optional<Set<String>> allowedHosts();
    }

    /** The OpenAI-compatible endpoint, {@code /v1}. */
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

    /** What spans tell, where OpenTelemetry is on. */
    interface Telemetry {
        /** Whether they have what was read and written, too, redacted as in traces. */
        @WithDefault("false")
        boolean content();
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
}
