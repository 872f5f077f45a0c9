package dev.cermin.gateway;

import static dev.cermin.fixture.Services.finished;
import static dev.cermin.fixture.Services.submit;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cermin.fixture.StoresResource;
import dev.cermin.integrity.Checkpointer;
import dev.cermin.integrity.Erasures;
import dev.cermin.integrity.LogVerifier;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What an auditor and an administrator do with one trace, over REST. */
@QuarkusTest
@QuarkusTestResource(StoresResource.class)
class VerificationTest {
    @Inject
    Checkpointer checkpointer;

    @Inject
    Erasures erasures;

    @Inject
    LogVerifier verifier;

    @Test
    void aTraceIsVerifiedItsTextsErasedAndItStillHolds() throws Exception {
        String person = "jane-" + UUID.randomUUID() + "@example.com";
        UUID task = submit("scripted", "who is " + person + "?");
        finished(task);
        JsonPath before = verification(task);
        assertThat(before.getBoolean("intact")).as(before.prettify()).isTrue();
        assertThat(before.getBoolean("complete")).isTrue();
        assertThat(before.getList("erased")).isEmpty();

        Map<UUID, List<String>> found = erasures.containing(person.toUpperCase(Locale.ROOT));
        assertThat(found).containsOnlyKeys(task);
        assertThat(found.get(task)).contains("0:output");
        given().contentType("application/json")
                .body("{\"texts\": [\"0:output\"]}")
                .post("/api/traces/" + task + "/erasures")
                .then()
                .statusCode(400);
        JsonPath record = given().contentType("application/json")
                .body("{\"reason\": \"a request\", \"texts\": [\"0:output\"]}")
                .post("/api/traces/" + task + "/erasures")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
        assertThat(record.getString("by")).isNotBlank();
        assertThat(record.getList("texts.name")).containsExactly("output");
        given().contentType("application/json")
                .body("{\"reason\": \"a request\", \"texts\": [\"0:output\"]}")
                .post("/api/traces/" + task + "/erasures")
                .then()
                .statusCode(204);
        assertThat(erasures.containing(person).getOrDefault(task, List.of())).doesNotContain("0:output");

        checkpointer.run();
        JsonPath after = verification(task);
        assertThat(after.getBoolean("intact")).as(after.prettify()).isTrue();
        assertThat(after.getString("erased[0].reason")).isEqualTo("a request");
        assertThat(after.getString("logged")).isNotEqualTo("NOT_YET");
        given().get("/api/tasks/" + task + "/outcome").then().statusCode(410);
        given().get("/api/traces/" + UUID.randomUUID() + "/verification").then().statusCode(404);
    }

    @Test
    void allTracesAreSwept() throws SQLException, InterruptedException {
        UUID task = submit("scripted", "one more");
        finished(task);
        var report = verifier.traces(null, null, List.of(), List.of(), done -> {});
        assertThat(report.traces()).isPositive();
        assertThat(report.broken()).noneMatch(trace -> trace.task().equals(task));
        assertThat(report.missing()).doesNotContain(task);
    }

    private static JsonPath verification(UUID task) {
        return given().get("/api/traces/" + task + "/verification")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }
}
