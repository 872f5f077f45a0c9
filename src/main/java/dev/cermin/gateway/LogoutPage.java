package dev.cermin.gateway;

import io.quarkus.oidc.IdTokenCredential;
import io.quarkus.oidc.OidcSession;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** Ends a person's session here; that of their identity provider goes on. */
@Path("/logout")
public class LogoutPage {
    private final OidcSession session;
    private final SecurityIdentity identity;

    LogoutPage(OidcSession session, SecurityIdentity identity) {
        this.session = session;
        this.identity = identity;
    }

    @POST
    @Operation(hidden = true)
    public Uni<Response> logout() {
        // who came with a key, or not at all, has no session
        boolean begun = identity.getCredential(IdTokenCredential.class) != null;
        return (begun ? session.logout() : Uni.createFrom().voidItem())
                .map(done -> Response.seeOther(URI.create("/traces")).build());
    }
}
