package dev.cermin.security;

import io.quarkus.security.identity.AuthenticationRequestContext;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.identity.SecurityIdentityAugmentor;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.Optional;
import org.eclipse.microprofile.jwt.JsonWebToken;

/** Adds a person's tenant, of their token, to their identity. One whose token should name it and doesn't gets none. */
@Singleton
class TenantAugmentor implements SecurityIdentityAugmentor {
    private static final String DEFAULT = "default";

    private final Logins logins;

    TenantAugmentor(Logins logins) {
        this.logins = logins;
    }

    @Override
    public Uni<SecurityIdentity> augment(SecurityIdentity identity, AuthenticationRequestContext context) {
        if (!(identity.getPrincipal() instanceof JsonWebToken token)) {
            return Uni.createFrom().item(identity);
        }
        Optional<String> claim = logins.tenantClaim();
        Object tenant = claim.isPresent() ? token.getClaim(claim.get()) : DEFAULT;
        QuarkusSecurityIdentity.Builder augmented = QuarkusSecurityIdentity.builder(identity);
        if (tenant != null && !tenant.toString().isBlank()) {
            augmented.addAttribute(KeyMechanism.TENANT, tenant.toString());
        }
        return Uni.createFrom().item(augmented.build());
    }
}
