package dev.cermin.security;

import dev.cermin.config.CerminConfig;
import dev.cermin.config.CerminConfig.ServiceRole;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.config.Config;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Which logins are configured. Where there is none, who reaches the port may do everything, so only this machine does. */
@Singleton
public class Logins {
    private static final Logger LOG = Logger.getLogger(Logins.class);
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "::1", "[::1]");
    private static final String OPENAI_TENANT = "default";
    private static final int FIRST = 1;

    private final CerminConfig config;
    private final ApiKeys keys;
    private final boolean oidc;
    private final @Nullable String host;
    private final List<String> origins;

    /** @throws IllegalArgumentException with what is wrong with the settings */
    public Logins(CerminConfig config, Config all) {
        this.config = config;
        this.keys = new ApiKeys(config.security().keys());
        this.oidc = all.getOptionalValue("quarkus.oidc.auth-server-url", String.class)
                .filter(url -> !url.isBlank())
                .isPresent();
        this.host = all.getOptionalValue("quarkus.http.host-enabled", Boolean.class)
                        .orElse(true)
                ? all.getOptionalValue("quarkus.http.host", String.class).orElse("0.0.0.0")
                : null;
        this.origins =
                all.getOptionalValues("quarkus.http.cors.origins", String.class).orElse(List.of());
    }

    /** Before anything is begun. */
    void start(@Observes @Priority(FIRST) StartupEvent event) {
        if (!config.plays(ServiceRole.GATEWAY) || host == null) {
            return;
        }
        if (required()) {
            LOG.infof(
                    "Login: %s%s",
                    oidc ? "OpenID Connect" : "keys only", keys.all().isEmpty() ? "" : names());
        } else if (LOOPBACK.contains(host)) {
            LOG.info("No login is configured, so only this machine is answered, and may do everything");
        } else if (config.security().anonymous()) {
            LOG.warnf(
                    "No login is configured, and whoever reaches %s may do everything (cermin.security.anonymous)",
                    host);
        } else {
            throw new IllegalStateException(
                    ("This gateway would listen on %s, where other machines reach it, and no login"
                                    + " is configured: whoever reaches it could read every trace and submit tasks. Make a key with"
                                    + " './cermin keys create NAME', or set quarkus.oidc.auth-server-url for people, or listen on"
                                    + " this machine only (quarkus.http.host=127.0.0.1); where a proxy before it asks for the"
                                    + " login, cermin.security.anonymous=true says so")
                            .formatted(host));
        }
    }

    private String names() {
        return (oidc ? ", and keys" : "") + " of "
                + keys.all().stream().map(Caller::name).toList();
    }

    /** Whether anybody has to log in. */
    public boolean required() {
        return oidc || !keys.all().isEmpty();
    }

    /** Whether people log in by OpenID Connect. */
    public boolean oidc() {
        return oidc;
    }

    /** Whether this process answers anything but for its health and metrics. */
    public boolean isGateway() {
        return config.plays(ServiceRole.GATEWAY);
    }

    /** Who has this key; that of {@code cermin.openai.api-key} submits for the tenant {@code default}. */
    public Optional<Caller> key(String given) {
        return keys.find(given)
                .or(() -> config.openai()
                        .apiKey()
                        .filter(key -> ApiKeys.fingerprint(key).equals(ApiKeys.fingerprint(given)))
                        .map(key -> new Caller("key:openai", OPENAI_TENANT, Set.of(Roles.SUBMITTER))));
    }

    /** Whether pages of this site may talk to this service, though it is another one. */
    boolean knowsOrigin(@Nullable String origin) {
        return origin != null && origins.contains(origin);
    }

    /** The claim that names a person's tenant. */
    Optional<String> tenantClaim() {
        return config.security().tenantClaim();
    }
}
