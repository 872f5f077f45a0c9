package dev.cermin.model.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.type.TypeReference;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.cermin.Agent;
import dev.cermin.agent.Agents;
import dev.cermin.json.Json;
import dev.cermin.loop.Outcome;
import dev.cermin.loop.StopReason;
import dev.cermin.model.ConfiguredModels;
import dev.cermin.model.ModelSettings;
import dev.cermin.model.Price;
import dev.cermin.policy.Schedule;
import dev.cermin.run.Runner;
import dev.cermin.verify.Verifiers;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The provider on the wire: an endpoint that speaks OpenAI's protocol, with replies that the test lays out. */
class OpenAiProviderTest {
    private static final TypeReference<Map<String, Object>> OBJECT = new TypeReference<>() {};

    private final Queue<String> replies = new ConcurrentLinkedQueue<>();
    private final Queue<Map<String, Object>> requests = new ConcurrentLinkedQueue<>();
    private final Queue<String> keys = new ConcurrentLinkedQueue<>();
    private int status = 200;
    private HttpServer server;

    @TempDir
    Path cache;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/v1/chat/completions", this::answer);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        requests.add(Json.read(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8), OBJECT));
        keys.add(exchange.getRequestHeaders().getFirst("Authorization"));
        Map<String, Object> body = status == 200
                ? Map.of(
                        "id",
                        "chatcmpl-1",
                        "object",
                        "chat.completion",
                        "created",
                        1,
                        "model",
                        "llama",
                        "choices",
                        List.of(Map.of(
                                "index",
                                0,
                                "finish_reason",
                                "stop",
                                "message",
                                Map.of("role", "assistant", "content", replies.remove()))),
                        "usage",
                        Map.of("prompt_tokens", 100, "completion_tokens", 20, "total_tokens", 120))
                : Map.of("error", Map.of("message", "Incorrect API key provided", "type", "invalid_request_error"));
        byte[] bytes = Json.bytes(body);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private ConfiguredModels models() {
        URI endpoint = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/v1");
        Price price = new Price(new BigDecimal("2.5"), new BigDecimal("10"));
        return new ConfiguredModels(
                Map.of(
                        "chat",
                        ModelSettings.builder("openai")
                                .baseUrl(endpoint)
                                .apiKey("secret-key")
                                .model("llama")
                                .timeout(Duration.ofSeconds(10))
                                .maxRetries(0)
                                .price(price)
                                .build()),
                cache);
    }

    @Test
    void aSchedulesSeedGoesOverTheWire() {
        replies.add("hello");
        Agent.builder("greeter")
                .model(models().named("chat").chat())
                .policy(Schedule.ofTemperatures(0.5).withSeed(42))
                .build()
                .run("hi");

        assertThat(requests.element()).containsEntry("seed", 42).containsEntry("temperature", 0.5);
    }

    @Test
    void theTaggedAgentRunsItsLoopOnAnyCompatibleEndpoint() {
        replies.add("<thinking>I guess.</thinking><output>x=1,3</output>");
        replies.add("<reflection>- x=1 gives 2 on the left\n- so 1 is no root</reflection><output>revise 0.2</output>");
        replies.add("<thinking>Factor (x-2)(x-3).</thinking><output>x=2,3</output>");

        Outcome outcome = Runner.of(Agents.ofClassPath().named("equations-chat"), models(), Verifiers.standard())
                .run("x^2-5x+6=0");

        assertThat(outcome.stop().reason()).isEqualTo(StopReason.ACCEPTED);
        assertThat(outcome.answer()).contains("x=2,3");
        assertThat(outcome.attempts().getFirst().verdict().reasons())
                .anySatisfy(reason -> assertThat(reason).contains("x=1 gives 2 on the left and 0 on the right"))
                .anySatisfy(reason -> assertThat(reason).contains("so 1 is no root"));
        assertThat(outcome.usage().tokens()).isEqualTo(3 * 120);
        assertThat(outcome.usage().cost()).isEqualByComparingTo("0.00135");

        assertThat(keys).containsOnly("Bearer secret-key");
        assertThat(requests)
                .allSatisfy(request ->
                        assertThat(request).containsEntry("model", "llama").containsEntry("temperature", 0.2));
        assertThat(requests.toString()).contains("Solve: x^2-5x+6=0").contains("BEGIN FAILED CHECKS");
    }

    @Test
    void aRefusalEndsTheLoopWithItsReasonAndWithoutTheKey() {
        status = 401;

        Outcome outcome = Runner.of(Agents.ofClassPath().named("equations-chat"), models(), Verifiers.standard())
                .run("x^2-5x+6=0");

        assertThat(outcome.stop().reason()).isEqualTo(StopReason.FAILED);
        assertThat(outcome.stop().detail())
                .contains("Model 'chat' gave no answer")
                .contains("Incorrect API key provided")
                .doesNotContain("secret-key");
    }

    @Test
    void settingsThatLackSomethingAreToldByTheirKeys() {
        try (ConfiguredModels models = new ConfiguredModels(
                Map.of(
                        "chat",
                        ModelSettings.builder("openai").build(),
                        "odd",
                        ModelSettings.builder("opanai").build()),
                cache)) {
            assertThatThrownBy(() -> models.named("chat")).hasMessageContaining("cermin.models.chat.api-key");
            assertThatThrownBy(() -> models.named("odd"))
                    .hasMessageContaining("cermin.models.odd.provider is 'opanai'")
                    .hasMessageContaining("gemini, instant, jlama, llama-server, mistral");
            assertThatThrownBy(() -> models.named("none")).hasMessageContaining("[chat, mirror, odd]");
        }
    }
}
