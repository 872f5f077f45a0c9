package dev.cermin.gateway.openai;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cermin.agent.Agents;
import dev.cermin.agent.Source;
import dev.cermin.config.CerminConfig;
import dev.cermin.verify.Verifiers;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.ext.web.Router;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A key that is configured is asked for, whatever of {@code /v1} is called. */
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
    }

    @Test
    void whereNoneIsConfiguredAnyIsTaken() throws Exception {
        int port = serve(Map.of());
        assertThat(get(port, "/v1/models", "").statusCode()).isEqualTo(200);
        assertThat(get(port, "/v1/models", "Bearer any").body()).contains("\"equations\"");
    }

    private int serve(Map<String, String> settings) {
        CerminConfig config = new SmallRyeConfigBuilder()
                .withMapping(CerminConfig.class)
                .withSources(new PropertiesConfigSource(settings, "test", 1000))
                .addDefaultInterceptors()
                .addDiscoveredConverters()
                .withDefaultValue("user.home", System.getProperty("user.home"))
                .build()
                .getConfigMapping(CerminConfig.class);
        Agents agents = Agents.of(Source.classPath(), Verifiers.standard());
        Router router = Router.router(vertx);
        new OpenAiRoutes(agents, new ChatCompletions(agents, null), new Responses(agents, null), config).routes(router);
        HttpServer server = vertx.createHttpServer()
                .requestHandler(router)
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .join();
        return server.actualPort();
    }

    private HttpResponse<String> get(int port, String path, String authorization) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:%d%s".formatted(port, path)));
        if (!authorization.isEmpty()) {
            request.header("Authorization", authorization);
        }
        return client.send(request.build(), BodyHandlers.ofString());
    }
}
