package dev.cermin.security;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.cermin.json.Json;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.smallrye.jwt.build.Jwt;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** An OpenID Connect provider: discovery, keys, a login that lets anybody in as an auditor of acme, signed tokens. */
public final class Issuer implements QuarkusTestResourceLifecycleManager {
    static final String CLIENT = "cermin";
    private static @Nullable Issuer running;

    private final KeyPair keys = keys();
    private @Nullable HttpServer server;

    @Override
    public Map<String, String> start() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/.well-known/openid-configuration", exchange -> json(exchange, discovery()));
        server.createContext("/keys", exchange -> json(exchange, Map.of("keys", List.of(jwk()))));
        server.createContext("/authorize", this::authorize);
        server.createContext(
                "/token",
                exchange -> json(
                        exchange,
                        Map.of(
                                "id_token",
                                token("ann", "acme", Set.of("auditor"), Duration.ofMinutes(5)),
                                "access_token",
                                token("ann", "acme", Set.of("auditor"), Duration.ofMinutes(5)),
                                "token_type",
                                "Bearer",
                                "expires_in",
                                300)));
        server.start();
        running = this;
        return Map.of(
                "quarkus.oidc.tenant-enabled", "true",
                "quarkus.oidc.auth-server-url", url(),
                "quarkus.oidc.client-id", CLIENT,
                "quarkus.oidc.credentials.secret", "a secret of more than thirty-two characters",
                "cermin.security.tenant-claim", "tenant");
    }

    @Override
    public void stop() {
        if (server != null) {
            server.stop(0);
        }
    }

    /** A token of this provider, as it signs them. */
    static String token(String user, @Nullable String tenant, Set<String> roles, Duration lifespan) {
        Issuer issuer = Objects.requireNonNull(running);
        return issuer.signed(user, tenant, roles, lifespan, issuer.keys);
    }

    /** One that says the same, signed by somebody else. */
    static String forged(String user, String tenant, Set<String> roles) {
        return Objects.requireNonNull(running).signed(user, tenant, roles, Duration.ofMinutes(5), keys());
    }

    private String signed(String user, @Nullable String tenant, Set<String> roles, Duration lifespan, KeyPair by) {
        var claims = Jwt.issuer(url())
                .subject("sub-" + user)
                .preferredUserName(user)
                .groups(roles)
                .audience(CLIENT)
                .issuedAt(Instant.now().minusSeconds(600))
                .expiresAt(Instant.now().plus(lifespan));
        if (tenant != null) {
            claims.claim("tenant", tenant);
        }
        return claims.jws().keyId("one").sign(by.getPrivate());
    }

    private void authorize(HttpExchange exchange) throws IOException {
        Map<String, String> query = Arrays.stream(
                        exchange.getRequestURI().getRawQuery().split("&"))
                .map(pair -> pair.split("=", 2))
                .collect(Collectors.toMap(
                        pair -> pair[0],
                        pair -> URLDecoder.decode(pair[1], StandardCharsets.UTF_8),
                        (one, other) -> one,
                        TreeMap::new));
        String state = URLEncoder.encode(String.valueOf(query.get("state")), StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Location", query.get("redirect_uri") + "?code=any&state=" + state);
        exchange.sendResponseHeaders(302, -1);
        exchange.close();
    }

    private Map<String, Object> discovery() {
        return Map.of(
                "issuer", url(),
                "authorization_endpoint", url() + "/authorize",
                "token_endpoint", url() + "/token",
                "jwks_uri", url() + "/keys",
                "response_types_supported", List.of("code"),
                "subject_types_supported", List.of("public"),
                "id_token_signing_alg_values_supported", List.of("RS256"));
    }

    private Map<String, String> jwk() {
        RSAPublicKey key = (RSAPublicKey) keys.getPublic();
        return Map.of(
                "kty",
                "RSA",
                "kid",
                "one",
                "use",
                "sig",
                "alg",
                "RS256",
                "n",
                base64(key.getModulus()),
                "e",
                base64(key.getPublicExponent()));
    }

    private static String base64(BigInteger number) {
        byte[] bytes = number.toByteArray();
        int from = bytes[0] == 0 ? 1 : 0;
        return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOfRange(bytes, from, bytes.length));
    }

    private static void json(HttpExchange exchange, Map<String, ?> body) throws IOException {
        byte[] bytes = Json.bytes(body);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private String url() {
        return "http://localhost:" + Objects.requireNonNull(server).getAddress().getPort();
    }

    private static KeyPair keys() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
