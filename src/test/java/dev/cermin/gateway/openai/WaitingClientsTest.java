package dev.cermin.gateway.openai;

import static dev.cermin.fixture.Services.rows;
import static dev.cermin.fixture.Services.trace;
import static dev.cermin.fixture.Services.within;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cermin.fixture.KafkaProbe;
import dev.cermin.fixture.ScriptedModels;
import dev.cermin.fixture.Services;
import dev.cermin.fixture.StoresResource;
import dev.cermin.flow.Topics;
import dev.cermin.trace.StepKind;
import dev.langchain4j.model.output.FinishReason;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A client that waits for its answer gets one, or hears why there is none, whatever happens meanwhile. */
@QuarkusTest
@QuarkusTestResource(StoresResource.class)
class WaitingClientsTest {
    @Inject
    ScriptedModels models;

    private final CountDownLatch asked = new CountDownLatch(1);
    private final CountDownLatch release = new CountDownLatch(1);

    @BeforeEach
    void reset() {
        models.reset();
    }

    @AfterEach
    void release() {
        release.countDown();
    }

    @Test
    void anOutageOfPostgresIsSatOut() throws Exception {
        hold();
        CompletableFuture<Response> answer = ask("through an outage");
        assertThat(asked.await(90, TimeUnit.SECONDS)).isTrue();
        letIn(false);
        try {
            // longer than the feed's patience, so that it asks the store in vain
            Thread.sleep(4000);
            assertThat(answer).isNotDone();
            release.countDown();
            assertThat(answer.get(90, TimeUnit.SECONDS).<String>path("choices[0].message.content"))
                    .isEqualTo("held");
        } finally {
            letIn(true);
        }
    }

    @Test
    void theTraceThatAnAnswerNamesIsStored() throws Exception {
        CompletableFuture<Response> answer;
        try (Connection connection = Services.postgres();
                Statement statement = connection.createStatement();
                KafkaProbe kafka = Services.kafka()) {
            int before = kafka.read(Topics.RESULTS).size();
            connection.setAutoCommit(false);
            // reading goes on, writing waits
            statement.execute("lock table step in share mode");
            answer = ask("as the recorder is behind");
            within().until(() -> kafka.read(Topics.RESULTS).size() > before);
            Thread.sleep(1000);
            assertThat(answer).isNotDone();
            connection.commit();
        }
        String task = answer.get(90, TimeUnit.SECONDS).path("cermin.task");
        assertThat(trace(UUID.fromString(task)).getLast().kind()).isEqualTo(StepKind.FINISH);
    }

    @Test
    void whatIsSetAsideIsAnError() throws Exception {
        hold();
        CompletableFuture<Response> answer = ask("to be set aside");
        assertThat(asked.await(90, TimeUnit.SECONDS)).isTrue();
        within().until(() -> !running().isEmpty());
        try (KafkaProbe kafka = Services.kafka()) {
            kafka.send(new ProducerRecord<>(
                    Topics.ofLane("correct"), running().getFirst(), "nonsense".getBytes(StandardCharsets.UTF_8)));
        }
        Response refused = answer.get(90, TimeUnit.SECONDS);
        assertThat(refused.statusCode()).isEqualTo(502);
        assertThat(refused.header("x-should-retry")).isEqualTo("false");
        assertThat(refused.<String>path("error.code")).isEqualTo("agent_failed");
        assertThat(refused.<String>path("error.message")).contains("set aside");
    }

    @Test
    void anAnswerThatItsModelDidNotEndIsCutToLength() throws Exception {
        models.ending("scripted-generate", FinishReason.LENGTH);
        Response answer = ask("shortly").get(90, TimeUnit.SECONDS);
        assertThat(answer.<String>path("choices[0].finish_reason")).isEqualTo("length");
        models.ending("scripted-generate", FinishReason.STOP);
        answer = ask("at length").get(90, TimeUnit.SECONDS);
        assertThat(answer.<String>path("choices[0].finish_reason")).isEqualTo("stop");
    }

    @Test
    void anAnswerThatWasErasedIsGoneWhereItIsAskedForAgain() throws Exception {
        String key = UUID.randomUUID().toString();
        Response first = askOnce(key);
        assertThat(first.statusCode()).isEqualTo(200);
        String task = first.path("cermin.task");
        within().until(() -> trace(UUID.fromString(task)).getLast().kind() == StepKind.FINISH);
        try (Connection connection = Services.postgres();
                Statement statement = connection.createStatement()) {
            statement.executeUpdate(
                    "update step set output = null, prompt = null, response = null where task_id = '" + task + "'");
        }
        Response again = askOnce(key);
        assertThat(again.statusCode()).isEqualTo(410);
        assertThat(again.header("x-should-retry")).isEqualTo("false");
        assertThat(again.<String>path("error.message")).contains("erased").contains("Idempotency-Key");
    }

    private static Response askOnce(String key) {
        return given().contentType("application/json")
                .header("Idempotency-Key", key)
                .body("{\"model\":\"scripted-once\",\"messages\":[{\"role\":\"user\",\"content\":\"to be erased\"}]}")
                .post("/v1/chat/completions");
    }

    private void hold() {
        models.script("scripted-generate", prompt -> {
            asked.countDown();
            try {
                assertThat(release.await(90, TimeUnit.SECONDS)).isTrue();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            return "held";
        });
    }

    private static CompletableFuture<Response> ask(String input) {
        String body = "{\"model\":\"scripted\",\"messages\":[{\"role\":\"user\",\"content\":\"%s\"}]}".formatted(input);
        return CompletableFuture.supplyAsync(
                () -> given().contentType("application/json").body(body).post("/v1/chat/completions"));
    }

    private static List<String> running() throws SQLException {
        return rows("select t.id from task t where agent = 'scripted' and stop_reason is null"
                + " order by created_at desc limit 1");
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
}
