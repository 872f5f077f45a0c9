package dev.cermin.gateway;

import static dev.cermin.fixture.Services.finished;
import static dev.cermin.fixture.Services.submit;
import static dev.cermin.fixture.Services.within;
import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.cermin.fixture.KafkaProbe;
import dev.cermin.fixture.ScriptedModels;
import dev.cermin.fixture.Services;
import dev.cermin.fixture.StoresResource;
import dev.cermin.flow.Topics;
import dev.cermin.flow.webhook.Signer;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A task names an address, and its outcome is told there. */
@QuarkusTest
@QuarkusTestResource(StoresResource.class)
class CallbackTest {
    @Inject
    ScriptedModels models;

    private final List<Told> told = new CopyOnWriteArrayList<>();
    private HttpServer receiver;
    private String url;

    private record Told(String id, String timestamp, String signature, String body) {}

    @BeforeEach
    void listen() throws Exception {
        models.reset();
        String allowed = Services.setting("cermin.webhooks.allowed-hosts");
        int port = Integer.parseInt(allowed.substring(allowed.indexOf(':') + 1));
        url = "http://" + allowed + "/outcomes?token=t";
        receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        receiver.createContext("/outcomes", exchange -> {
            var headers = exchange.getRequestHeaders();
            told.add(new Told(
                    headers.getFirst("webhook-id"),
                    headers.getFirst("webhook-timestamp"),
                    headers.getFirst("webhook-signature"),
                    new String(exchange.getRequestBody().readAllBytes(), UTF_8)));
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        receiver.start();
    }

    @AfterEach
    void close() {
        receiver.stop(0);
    }

    @Test
    void theOutcomeOfATaskIsToldToItsAddressAndToNobodyElse() {
        UUID id = submit(Map.of("agent", "scripted", "input", "call me", "callback", url));
        finished(submit("scripted", "do not call"));
        within().until(() -> !told.isEmpty());
        assertThat(told).singleElement().satisfies(call -> {
            assertThat(call.id()).isEqualTo(id.toString());
            String signature = Signer.of(List.of(StoresResource.WEBHOOK_SECRET))
                    .sign(
                            call.id(),
                            Long.parseLong(call.timestamp()),
                            call.body().getBytes(UTF_8));
            assertThat(call.signature()).isEqualTo(signature);
            JsonPath event = JsonPath.from(call.body());
            assertThat(event.getString("type")).isEqualTo("task.finished");
            assertThat(event.getString("timestamp")).matches("20..-.*Z");
            assertThat(event.getString("data.taskId")).isEqualTo(id.toString());
            assertThat(event.getString("data.stop.reason")).isEqualTo("ACCEPTED");
            assertThat(event.getString("data.best.draft.output")).isEqualTo("answer");
        });
        try (KafkaProbe kafka = Services.kafka()) {
            assertThat(kafka.read(Topics.RESULTS, id.toString()))
                    .singleElement()
                    .satisfies(result -> assertThat(KafkaProbe.header(result, "cermin_callback"))
                            .as("it may hold a token")
                            .isNull());
        }
    }

    @Test
    void aPlainProducersTaskMayNameAnAddressToo() throws Exception {
        UUID id = UUID.randomUUID();
        String task =
                "{\"id\":\"%s\",\"agent\":\"scripted\",\"input\":\"plain\",\"callback\":\"%s\"}".formatted(id, url);
        try (KafkaProbe kafka = Services.kafka()) {
            kafka.send(new ProducerRecord<>(Topics.TASKS, null, task.getBytes(UTF_8)));
        }
        within().until(() -> told.stream().anyMatch(call -> call.id().equals(id.toString())));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://169.254.169.254/latest/meta-data",
                "http://localhost:5432/",
                "https://elsewhere.example.com/",
                "file:///etc/passwd",
                "outcomes"
            })
    void anAddressThatMayNotBeCalledIsRefused(String callback) {
        Response refused = given().contentType("application/json")
                .body(Map.of("agent", "scripted", "input", "x", "callback", callback))
                .post("/api/tasks");
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.<String>path("field")).isEqualTo("callback");
        assertThat(refused.<String>path("detail")).isNotBlank();
    }
}
