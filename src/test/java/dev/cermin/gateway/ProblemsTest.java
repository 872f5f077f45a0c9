package dev.cermin.gateway;

import static dev.cermin.fixture.Services.setting;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cermin.fixture.StoresResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a client is told that asks for the wrong thing: a problem of RFC 9457 that says what to do. */
@QuarkusTest
@QuarkusTestResource(StoresResource.class)
class ProblemsTest {
    @TestHTTPResource
    URI base;

    @ParameterizedTest
    @CsvSource(delimiter = '~', quoteCharacter = '`', textBlock = """
            {"agent":"equations","input":           ~ JSON
            nonsense                                ~ JSON
            ``                                      ~ empty
            null                                    ~ empty
            []                                      ~ JSON
            {}                                      ~ agent
            {"input":"x=1"}                         ~ equations
            {"agent":"equations"}                   ~ input
            {"agent":"equations","input":" "}       ~ input
            {"agent":"nobody","input":"x=1"}        ~ nobody
            {"agent":"equations","input":[1]}       ~ input
            {"agent":"equations","input":"x=1","deadline":"tomorrow"}     ~ deadline
            {"agent":"equations","input":"x=1","deadline":1e300}          ~ deadline
            {"agent":"equations","input":"x=1","deadline":"+99999-01-01T00:00:00Z"} ~ 9999
            {"agent":"equations","input":"x=1","startAt":"tomorrow"}      ~ startAt
            {"agent":"equations","input":"x=1","startAt":"2030-01-02T00:00:00Z","deadline":"2030-01-01T00:00:00Z"} ~ startAt
            {"agent":"equations","input":"x=1","priority":"high"}         ~ priority
            {"agent":"equations","input":"x=1","metadata":{"a":null}}     ~ metadata
            {"agent":"equations","input":"x=1","metadata":"a"}            ~ metadata
            {"agent":"equations","input":"x=1","tenant":" "}              ~ tenant
            {"agent":"equations","input":"x=1\\u0000"}                    ~ NUL
            {"agent":"equations","input":"x=1","prompt":"y"}              ~ prompt
            {"agent":"equations","input":"x=1","priority":1.5}            ~ priority
            {"agent":"equations","input":"x=1"} and more                  ~ JSON
            """)
    void whatIsNotATaskIsRefusedWithAReason(String body, String named) {
        Response response = given().contentType("application/json").body(body).post("/api/tasks");
        assertProblem(response, 400);
        assertThat(response.asString()).contains(named);
    }

    @Test
    void whatIsTooLargeIsRefusedWithTheLimit() {
        Response tooMuch = given().contentType("application/json")
                .body("{\"agent\":\"equations\",\"input\":\"x=1\",\"metadata\":{\"a\":\"%s\"}}"
                        .formatted("b".repeat(1 << 16)))
                .post("/api/tasks");
        assertProblem(tooMuch, 413);
        assertThat(tooMuch.<String>path("detail")).contains("65537").contains("65536");

        // six bytes each, where messages are JSON
        Response escaped = given().contentType("application/json")
                .body("{\"agent\":\"equations\",\"input\":\"%s\"}".formatted("\\u0001".repeat(1 << 20)))
                .post("/api/tasks");
        assertProblem(escaped, 413);
    }

    @Test
    void aBodyOverTheLimitIsRefusedBeforeItIsSent() throws IOException {
        try (Socket socket = new Socket(base.getHost(), base.getPort())) {
            String head = "POST /api/tasks HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                    + "Content-Length: " + ((8 << 20) + 1) + "\r\n\r\n";
            socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
            var answer = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
            assertThat(answer.readLine()).isEqualTo("HTTP/1.1 413 Request Entity Too Large");
        }
    }

    @Test
    void aTaskThatIsNotThereIsNotFound() {
        UUID id = UUID.randomUUID();
        for (String path : new String[] {"", "/outcome", "/trace", "/events"}) {
            Response response = given().get("/api/tasks/" + id + path);
            assertProblem(response, 404);
            assertThat(response.<String>path("detail")).as(path).contains(id.toString());
        }
        assertProblem(given().post("/api/tasks/" + id + "/cancel"), 404);
        assertProblem(given().get("/api/tasks/not-a-uuid"), 404);
        assertProblem(given().get("/api/tasks/not-a-uuid/events"), 404);
    }

    @Test
    void whatHttpForbidsIsRefused() {
        assertProblem(given().contentType("text/plain").body("2x=4").post("/api/tasks"), 415);
        assertProblem(given().delete("/api/tasks"), 405);
        for (String limit : new String[] {"0", "201", "-1"}) {
            Response response = given().get("/api/tasks?limit=" + limit);
            assertProblem(response, 400);
            assertThat(response.<String>path("detail")).contains("1 to 200").contains(limit);
        }
        assertProblem(given().get("/api/tasks?limit=many"), 404);
    }

    private static void assertProblem(Response response, int status) {
        assertThat(response.statusCode()).as(response.asString()).isEqualTo(status);
        assertThat(response.contentType()).as(response.asString()).startsWith("application/problem+json");
        assertThat(response.<Integer>path("status")).isEqualTo(status);
        assertThat(response.<String>path("title")).isNotBlank();
        assertThat(response.asString()).doesNotContain("Exception").doesNotContain(setting("cermin.folder"));
    }
}
