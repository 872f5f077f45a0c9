package dev.cermin.security;

import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.IdentityProviderManager;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.identity.request.AuthenticationRequest;
import io.quarkus.security.runtime.QuarkusPrincipal;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import io.quarkus.vertx.http.runtime.security.ChallengeData;
import io.quarkus.vertx.http.runtime.security.HttpAuthenticationMechanism;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Keys, as {@code Authorization: Bearer KEY}, or as the password of {@code Basic}, by which a browser gets to the pages
 * where there is no OpenID Connect. Other bearers' tokens are left to that. Where no login is configured, everybody is
 * {@link Caller#LOCAL}.
 */
@Singleton
class KeyMechanism implements HttpAuthenticationMechanism {
    /** Of an identity: whose rows it sees; there is none for every tenant. */
    static final String TENANT = "tenant";

    private static final int BEFORE_OIDC = 2000;

    private final Logins logins;

    KeyMechanism(Logins logins) {
        this.logins = logins;
    }

    @Override
    public Uni<SecurityIdentity> authenticate(RoutingContext context, IdentityProviderManager providers) {
        if (!logins.required()) {
            return Uni.createFrom().item(identity(Caller.LOCAL));
        }
        Optional<String> given = key(context.request().getHeader("Authorization"));
        if (given.isEmpty()) {
            return Uni.createFrom().nullItem();
        }
        Optional<Caller> caller = logins.key(given.get());
        if (caller.isPresent()) {
            return Uni.createFrom().item(identity(caller.get()));
        }
        boolean mayBeToken = logins.oidc() && !given.get().startsWith(ApiKeys.PREFIX);
        return mayBeToken ? Uni.createFrom().nullItem() : Uni.createFrom().failure(new AuthenticationFailedException());
    }

    private static SecurityIdentity identity(Caller caller) {
        QuarkusSecurityIdentity.Builder identity = QuarkusSecurityIdentity.builder()
                .setPrincipal(new QuarkusPrincipal(caller.name()))
                .addRoles(caller.roles());
        if (caller.tenant() != null) {
            identity.addAttribute(TENANT, caller.tenant());
        }
        return identity.build();
    }

    private static Optional<String> key(String authorization) {
        String[] parts =
                authorization == null ? new String[0] : authorization.strip().split(" +", 2);
        if (parts.length != 2) {
            return Optional.empty();
        }
        return switch (parts[0].toLowerCase(Locale.ROOT)) {
            case "bearer" -> Optional.of(parts[1]);
            case "basic" -> password(parts[1]);
            default -> Optional.empty();
        };
    }

    private static Optional<String> password(String encoded) {
        try {
            String pair = new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8);
            int colon = pair.indexOf(':');
            return colon < 0 ? Optional.empty() : Optional.of(pair.substring(colon + 1));
        } catch (IllegalArgumentException e) {
            return Optional.of("");
        }
    }

    /** Answers itself, but where OpenID Connect sends a browser to its login. */
    @Override
    public Uni<Boolean> sendChallenge(RoutingContext context) {
        if (logins.oidc() && Refusals.isForBrowser(context)) {
            return Uni.createFrom().item(false);
        }
        Refusals.unauthorized(context, logins).send(context);
        return Uni.createFrom().item(true);
    }

    @Override
    public Uni<ChallengeData> getChallenge(RoutingContext context) {
        return logins.oidc() && Refusals.isForBrowser(context)
                ? Uni.createFrom().nullItem()
                : Uni.createFrom().item(new ChallengeData(401, "WWW-Authenticate", "Bearer"));
    }

    @Override
    public Set<Class<? extends AuthenticationRequest>> getCredentialTypes() {
        return Set.of();
    }

    @Override
    public int getPriority() {
        return BEFORE_OIDC;
    }
}
