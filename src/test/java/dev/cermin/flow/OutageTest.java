package dev.cermin.flow;

import static dev.cermin.fixture.Services.finished;
import static dev.cermin.fixture.Services.rows;
import static dev.cermin.fixture.Services.submit;
import static dev.cermin.fixture.Services.trace;
import static dev.cermin.fixture.Services.within;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cermin.fixture.KafkaProbe;
import dev.cermin.fixture.ScriptedModels;
import dev.cermin.fixture.Services;
import dev.cermin.fixture.StoresResource;
import dev.cermin.trace.Chain;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Postgres, then Kafka, is away for a while and comes back. */
@QuarkusTest
@QuarkusTestResource(StoresResource.class)
class OutageTest {
    @Inject
    ScriptedModels models;

    @BeforeEach
    void reset() {
        models.reset();
    }

    @Test
    void workersGoOnWithoutPostgresAndAllIsRecordedWhenItIsBack() throws Exception {
        List<UUID> ids;
        letIn(false);
        try {
            assertThat(given().get("/api/tasks").statusCode()).isEqualTo(503);
            ids = IntStream.range(0, 20)
                    .mapToObj(i -> submit("scripted", "without Postgres " + i))
                    .toList();
            try (KafkaProbe kafka = Services.kafka()) {
                within().untilAsserted(() -> assertThat(kafka.read(Topics.RESULTS))
                        .extracting(record -> record.key())
                        .containsAll(ids.stream().map(UUID::toString).toList()));
            }
            Response status = given().get("/api/tasks/" + ids.getFirst());
            assertThat(status.statusCode()).isEqualTo(503);
            assertThat(status.contentType()).startsWith("application/problem+json");
            assertThat(status.<String>path("detail")).contains("Postgres");
            within().untilAsserted(() -> assertThat(health("well")).contains("Postgres can't be used"));
            // whatever else is slow for a moment: as long as Postgres is away
            within().untilAsserted(() -> {
                Response ready = given().get("/q/health/ready");
                assertThat(ready.statusCode())
                        .as("a gateway takes tasks without it: " + ready.asString())
                        .isEqualTo(200);
            });
        } finally {
            letIn(true);
        }
        for (UUID id : ids) {
            assertThat(finished(id).getString("summary.stopReason")).isEqualTo("accepted");
            assertThat(trace(id)).hasSize(4);
            assertThat(Chain.verify(trace(id)).complete()).isTrue();
        }
    }

    @Test
    void aTableThatIsMissingForAWhileIsWaitedFor() throws Exception {
        execute("alter table step rename to step_elsewhere");
        UUID id;
        try {
            id = submit("scripted", "without a table");
            try (KafkaProbe kafka = Services.kafka()) {
                within().until(() -> kafka.read(Topics.RESULTS, id.toString()).size() == 1);
            }
        } finally {
            execute("alter table step_elsewhere rename to step");
        }
        finished(id);
        assertThat(rows("select number from step where task_id = '%s' order by number".formatted(id)))
                .containsExactly("0", "1", "2", "3");
    }

    @Test
    void aTaskThatKafkaDoesNotTakeIsNotAcceptedAndTheNextOneIs() throws Exception {
        signal("STOP");
        try {
            Response refused = given().contentType("application/json")
                    .body("{\"agent\":\"scripted\",\"input\":\"without Kafka\"}")
                    .post("/api/tasks");
            assertThat(refused.statusCode()).isEqualTo(503);
            assertThat(refused.header("Retry-After")).isEqualTo("5");
            assertThat(refused.<String>path("detail")).contains("Kafka");
            within().untilAsserted(() -> {
                assertThat(given().get("/q/health/ready").statusCode()).isEqualTo(503);
                assertThat(health("ready")).contains("Kafka can't be reached");
            });
            assertThat(given().get("/q/health/live").statusCode())
                    .as("nobody is killed for waiting")
                    .isEqualTo(200);
        } finally {
            signal("CONT");
        }
        assertThat(finished(submit("scripted", "Kafka is back")).getString("summary.stopReason"))
                .isEqualTo("accepted");
    }

    private static String health(String kind) {
        return given().get("/q/health/" + kind).asString();
    }

    private static void letIn(boolean allowed) throws SQLException {
        try (Connection connection = Services.postgres("template1");
                Statement statement = connection.createStatement()) {
            statement.execute("alter database postgres allow_connections " + allowed);
            if (!allowed) {
                statement.execute("select pg_terminate_backend(pid) from pg_stat_activity where datname = 'postgres'");
            }
        }
    }

    private static void execute(String sql) throws SQLException {
        try (Connection connection = Services.postgres();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static void signal(String name) throws IOException, InterruptedException {
        String pid = Services.setting(StoresResource.STORES_PID);
        assertThat(new ProcessBuilder("kill", "-" + name, pid).start().waitFor())
                .isZero();
    }
}
