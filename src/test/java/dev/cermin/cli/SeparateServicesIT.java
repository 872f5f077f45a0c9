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
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Roles in processes of their own, with a Kafka and a Postgres that are named, and come later than they do. */
class SeparateServicesIT {
    @TempDir
    Path home;

    @TempDir
    Path workersHome;

    @TempDir
    Path stores;

    @Test
    void servicesWaitForWhatIsNotThereYetAndAWorkerNeedsNoDatabase() throws Exception {
        var options = EmbeddedStores.Options.of(stores).withPorts(freePort(), freePort());
        Map<String, String> door = new TreeMap<>(Map.of("CERMIN_ROLES", "gateway,recorder"));
        Map<String, String> work = new TreeMap<>(Map.of("CERMIN_ROLES", "worker"));
        // as in a container
        work.put("QUARKUS_LOG_CONSOLE_JSON_ENABLED", "true");
        // once before, for the password
        try (EmbeddedStores first = EmbeddedStores.start(options)) {
            first.settings().forEach((key, value) -> door.put(variable(key), value));
            work.put("KAFKA_BOOTSTRAP_SERVERS", first.bootstrapServers());
        }
        try (Cermin gateway = Cermin.start(home, door, "serve", "--port", String.valueOf(freePort()));
                Cermin worker = Cermin.start(workersHome, work, "serve", "--port", String.valueOf(freePort()))) {
            gateway.says("Cermin serves at").says("Waiting for Kafka").says("Waiting for Postgres");
            worker.says("Cermin serves at").says("Waiting for Kafka");
            for (Cermin service : List.of(gateway, worker)) {
                assertThat(status(service, "live")).isEqualTo("UP");
                assertThat(status(service, "ready")).isEqualTo("DOWN");
                assertThat(status(service, "started")).isEqualTo("DOWN");
            }
            assertThat(worker.output().lines().filter(line -> line.contains("Waiting for Kafka")))
                    .first()
                    .satisfies(line -> assertThat(Json.read(line, new TypeReference<Map<String, Object>>() {}))
                            .containsEntry("level", "WARN")
                            .containsKeys("timestamp", "loggerName", "message"));

            try (EmbeddedStores late = EmbeddedStores.start(options)) {
                assertThat(late.bootstrapServers()).isEqualTo(work.get("KAFKA_BOOTSTRAP_SERVERS"));
                for (Cermin service : List.of(gateway, worker)) {
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
                assertThat(worker.children()).as("no store of its own").isEmpty();
            }
        }
    }

    private static String status(Cermin service, String kind) {
        return String.valueOf(
                Json.read(service.get("/q/health/" + kind).body(), Map.class).get("status"));
    }

    /** As an environment has it. */
    private static String variable(String setting) {
        return setting.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_");
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
