package dev.cermin.gateway.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cermin.agent.Agents;
import dev.cermin.agent.Source;
import dev.cermin.config.CerminConfig;
import dev.cermin.gateway.ApiKey;
import dev.cermin.gateway.Doorkeeper;
import dev.cermin.gateway.RequestTrace;
import dev.cermin.security.Callers;
import dev.cermin.verify.Verifiers;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.ext.web.Router;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A key that is configured is asked for, whatever of {@code /v1} and {@code /mcp} is called. */
class ApiKeyTest {
    private final Vertx vertx = Vertx.vertx();
    private final HttpClient client = HttpClient.newHttpClient();

    @AfterEach
    void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
        client.close();
    }

    @Test
    void withoutTheKeyNothingIsAnswered() throws Exception {
        int port = serve(Map.of("cermin.openai.api-key", "sesame"));
        assertThat(get(port, "/v1/models", "Bearer sesame").statusCode()).isEqualTo(200);
        for (String wrong : new String[] {"", "Bearer", "Bearer Sesame", "Basic sesame", "sesame"}) {
            HttpResponse<String> refused = get(port, "/v1/models", wrong);
            assertThat(refused.statusCode()).as(wrong).isEqualTo(401);
            assertThat(refused.headers().firstValue("WWW-Authenticate")).contains("Bearer");
            assertThat(refused.body()).contains("invalid_api_key").doesNotContain("esame");
        }
        assertThat(get(port, "/v1/elsewhere", "").statusCode()).isEqualTo(401);
        for (String path : new String[] {"/v1/chat/completions", "/v1/responses", "/mcp", "//mcp", "/%6dcp"}) {
            HttpResponse<String> refused = post(port, path, "application/json", "{}", "");
            assertThat(refused.statusCode()).as(path).isEqualTo(401);
            assertThat(refused.headers().firstValue("WWW-Authenticate")).contains("Bearer");
            assertThat(post(port, path, "application/json", "{}", "Bearer sesame")
                            .statusCode())
                    .as(path)
                    .isNotEqualTo(401);
        }
    }

    @Test
    void aKeyThatIsEmptyIsNoKey() {
        for (String empty : new String[] {"", " "}) {
            assertThatThrownBy(() -> serve(Map.of("cermin.openai.api-key", empty)))
                    .hasMessageContaining("cermin.openai.api-key")
                    .hasMessageContaining("is empty");
        }
    }

    @Test
    void whatAPageOfAnySiteCanSendIsNotTaken() throws Exception {
        int port = serve(Map.of());
        for (String type : new String[] {"text/plain", "application/x-www-form-urlencoded", ""}) {
            HttpResponse<String> refused = post(port, "/v1/chat/completions", type, "{}", "");
            assertThat(refused.statusCode()).as(type).isEqualTo(415);
            assertThat(refused.body()).contains("application/json").contains("\"error\"");
        }
        assertThat(post(port, "/v1/responses", "application/json; charset=utf-8", "{}", "")
                        .statusCode())
                .isEqualTo(400);
    }

    @Test
    void aNameThatWasMadeToMeanThisMachineIsNotAnswered() throws Exception {
        int port = serve(Map.of("cermin.http.allowed-hosts", "Cermin.example"));
        for (String host :
                new String[] {"evil.example", "evil.example:" + port, "localhost.evil.example", "127.0.0.1.evil"}) {
            assertThat(status(port, host)).as(host).isEqualTo(403);
        }
        for (String host :
                new String[] {"localhost", "127.0.0.1:" + port, "[::1]:" + port, "LOCALHOST:1", "cermin.example"}) {
            assertThat(status(port, host)).as(host).isEqualTo(200);
        }
    }

    /** Java's client names no other host than it calls. */
    private static int status(int port, String host) throws Exception {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(30_000);
            socket.getOutputStream()
                    .write("GET /v1/models HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n\r\n"
                            .formatted(host)
                            .getBytes(StandardCharsets.US_ASCII));
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return Integer.parseInt(answer.substring(9, 12));
        }
    }

    @Test
    void whereNoneIsConfiguredAnyIsTaken() throws Exception {
        int port = serve(Map.of());
        assertThat(get(port, "/v1/models", "").statusCode()).isEqualTo(200);
        assertThat(get(port, "/v1/models", "Bearer any").body()).contains("\"equations\"");
    }

    private int serve(Map<String, String> settings) {
        SmallRyeConfig config = new SmallRyeConfigBuilder()
                .withMapping(CerminConfig.class)
                .withSources(new PropertiesConfigSource(settings, "test", 1000))
                .addDefaultInterceptors()
                .addDiscoveredConverters()
                .withDefaultValue("user.home", System.getProperty("user.home"))
                .build();
        ApiKey key = new ApiKey(config.getConfigMapping(CerminConfig.class), config);
        Agents agents = Agents.of(Source.classPath(), Verifiers.standard());
        Router router = Router.router(vertx);
        router.route().handler(new Doorkeeper(key, config.getConfigMapping(CerminConfig.class), "127.0.0.1")::admit);
        var requests = new CurrentVertxRequest();
        var traces = new RequestTrace(requests, new Callers(requests));
        new OpenAiRoutes(agents, new ChatCompletions(agents, null), new Responses(agents, null), key, traces)
                .routes(router);
        router.route("/mcp").handler(context -> context.response().end("the protocol"));
        HttpServer server = vertx.createHttpServer()
                .requestHandler(router)
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .join();
        return server.actualPort();
    }

    private HttpResponse<String> post(int port, String path, String type, String body, String authorization)
            throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:%d%s".formatted(port, path)))
                .POST(BodyPublishers.ofString(body));
        if (!type.isEmpty()) {
            request.header("Content-Type", type);
        }
        if (!authorization.isEmpty()) {
            request.header("Authorization", authorization);
        }
        return client.send(request.build(), BodyHandlers.ofString());
    }

    private HttpResponse<String> get(int port, String path, String authorization) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:%d%s".formatted(port, path)));
        if (!authorization.isEmpty()) {
            request.header("Authorization", authorization);
        }
        return client.send(request.build(), BodyHandlers.ofString());
    }
}
