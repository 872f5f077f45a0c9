package dev.cermin.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.cermin.embedded.EmbeddedStores;
import dev.cermin.json.Json;
import dev.cermin.trace.Chain;
import dev.cermin.trace.StepKind;
import dev.cermin.trace.TraceStep;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Services that start before their Kafka and their Postgres wait for them, and begin. */
class AnyOrderIT {
    @TempDir
    Path home;

    @TempDir
    Path stores;

    @TempDir
    Path workersHome;

    @Test
    void servicesWaitForWhatIsNotThereYetAndSaySo() throws Exception {
        var options = EmbeddedStores.Options.of(stores).withPorts(freePort(), freePort());
        Map<String, String> settings = new TreeMap<>();
        // once before, for the password
        try (EmbeddedStores first = EmbeddedStores.start(options)) {
            first.settings().forEach((key, value) -> settings.put(variable(key), value));
        }
        Map<String, String> door = with(settings, "CERMIN_ROLES", "gateway,recorder");
        // as in a container
        Map<String, String> work =
                with(with(settings, "CERMIN_ROLES", "worker"), "QUARKUS_LOG_CONSOLE_JSON_ENABLED", "true");
        try (Cermin gateway = Cermin.start(home, door, "serve", "--port", String.valueOf(freePort()));
                Cermin worker = Cermin.start(workersHome, work, "serve", "--port", String.valueOf(freePort()))) {
            gateway.says("Cermin serves at").says("Waiting for Kafka").says("Waiting for Postgres");
            worker.says("Cermin serves at").says("Waiting for Kafka");
            for (Cermin service : new Cermin[] {gateway, worker}) {
                assertThat(status(service, "live")).isEqualTo("UP");
                assertThat(status(service, "ready")).isEqualTo("DOWN");
                assertThat(status(service, "started")).isEqualTo("DOWN");
            }
            assertThat(gateway.post("/api/tasks", Map.of("agent", "equations", "input", "2x=4"))
                            .statusCode())
                    .isEqualTo(503);

            try (EmbeddedStores late = EmbeddedStores.start(options)) {
                assertThat(late.bootstrapServers()).isEqualTo(settings.get("KAFKA_BOOTSTRAP_SERVERS"));
                gateway.says("Kafka is there").says("Postgres is there");
                worker.says("Kafka is there");
                assertThat(line(worker, "Kafka is there"))
                        .containsEntry("level", "INFO")
                        .containsKeys("timestamp", "loggerName", "message");
                for (Cermin service : new Cermin[] {gateway, worker}) {
                    Awaitility.await().atMost(Cermin.PATIENCE).untilAsserted(() -> {
                        assertThat(status(service, "ready")).isEqualTo("UP");
                        assertThat(status(service, "started")).isEqualTo("UP");
                    });
                }
                String task = gateway.submit("equations", "9x-15=21");
                Awaitility.await()
                        .atMost(Cermin.PATIENCE)
                        .untilAsserted(() -> assertThat(gateway.trace(task))
                                .extracting(TraceStep::kind)
                                .endsWith(StepKind.FINISH));
                assertThat(Chain.verify(gateway.trace(task)).problem()).isEmpty();
            }
        }
    }

    private static Map<String, Object> line(Cermin service, String text) {
        return service.output()
                .lines()
                .filter(line -> line.contains(text))
                .findFirst()
                .map(line -> Json.read(line, new TypeReference<Map<String, Object>>() {}))
                .orElseThrow();
    }

    private static String status(Cermin service, String kind) {
        return String.valueOf(
                Json.read(service.get("/q/health/" + kind).body(), Map.class).get("status"));
    }

    private static Map<String, String> with(Map<String, String> settings, String key, String value) {
        Map<String, String> more = new TreeMap<>(settings);
        more.put(key, value);
        return more;
    }

    private static String variable(String key) {
        return key.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_");
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
