package dev.cermin.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cermin.embedded.RunFile;
import dev.cermin.trace.Chain;
import dev.cermin.trace.StepKind;
import dev.cermin.trace.TraceStep;
import java.nio.file.Path;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same code with a Kafka that is named: one role a process, and workers without a database. */
class SeparateServicesIT {
    @TempDir
    Path home;

    @TempDir
    Path workersHome;

    @Test
    void aWorkerWithoutADatabaseServesAGatewayOfAnotherProcess() throws Exception {
        try (Cermin gateway = Cermin.start(home, Map.of("CERMIN_ROLES", "gateway,recorder"), "serve", "--port", "0")) {
            gateway.says("Cermin serves at");
            String task = gateway.submit("equations", "9x-15=21");

            String kafka = RunFile.read(home).orElseThrow().bootstrapServers();
            Map<String, String> settings = Map.of("CERMIN_ROLES", "worker", "KAFKA_BOOTSTRAP_SERVERS", kafka);
            try (Cermin worker = Cermin.start(workersHome, settings, "serve", "--port", "0")) {
                worker.says("Cermin serves at");
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
}
