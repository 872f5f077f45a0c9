package dev.cermin.testing;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.cermin.json.Json;
import dev.cermin.trace.TraceStep;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.awaitility.core.ConditionFactory;
import org.eclipse.microprofile.config.ConfigProvider;
import org.jspecify.annotations.Nullable;

/** How tests use the running services: as a client, and with a look behind. */
public final class Services {
    private Services() {}

    /** Generous, for busy machines. */
    public static ConditionFactory within() {
        return await().atMost(Duration.ofSeconds(90)).pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(100));
    }

    public static UUID submit(String agent, String input) {
        return submit(Map.of("agent", agent, "input", input));
    }

    public static UUID submit(Map<String, ?> task) {
        Response response =
                given().contentType("application/json").body(Json.text(task)).post("/api/tasks");
        assertThat(response.statusCode()).as(response.asString()).isEqualTo(202);
        return UUID.fromString(response.path("id"));
    }

    /** The task's status, once it is finished. */
    public static JsonPath finished(UUID id) {
        within().until(() -> "finished".equals(status(id).getString("status")));
        return status(id);
    }

    public static JsonPath status(UUID id) {
        return given().get("/api/tasks/" + id).jsonPath();
    }

    public static JsonPath outcome(UUID id) {
        Response response = given().get("/api/tasks/" + id + "/outcome");
        assertThat(response.statusCode()).as(response.asString()).isEqualTo(200);
        return response.jsonPath();
    }

    /** The trace as a client reads it. */
    public static List<TraceStep> trace(UUID id) {
        return List.of(Json.read(given().get("/api/tasks/" + id + "/trace").asString(), TraceStep[].class));
    }

    /** A server-sent event. */
    public record Event(String id, String name, String data) {
        public TraceStep step() {
            return Json.read(data, TraceStep.class);
        }
    }

    /** Reads events as they come; ends with the stream. */
    public static Stream<Event> events(URI base, UUID id, @Nullable String last) throws Exception {
        HttpResponse<Stream<String>> response = openEvents(base, id, last);
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("content-type").orElse("")).startsWith("text/event-stream");
        List<String> lines = new ArrayList<>();
        return response.body().mapMulti((line, out) -> {
            if (!line.isEmpty()) {
                lines.add(line);
            } else {
                if (lines.stream().anyMatch(each -> each.startsWith("data:"))) {
                    out.accept(new Event(field(lines, "id:"), field(lines, "event:"), field(lines, "data:")));
                }
                lines.clear();
            }
        });
    }

    public static HttpResponse<Stream<String>> openEvents(URI base, UUID id, @Nullable String last) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(base.resolve("/api/tasks/" + id + "/events"))
                .timeout(Duration.ofSeconds(90));
        if (last != null) {
            request.header("Last-Event-ID", last);
        }
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .build()
                .send(request.build(), BodyHandlers.ofLines());
    }

    private static String field(List<String> lines, String name) {
        return lines.stream()
                .filter(line -> line.startsWith(name))
                .map(line -> line.substring(name.length()).strip())
                .findFirst()
                .orElse("");
    }

    public static KafkaProbe kafka() {
        return new KafkaProbe(setting("kafka.bootstrap.servers"));
    }

    public static Connection postgres() throws SQLException {
        return postgres("postgres");
    }

    public static Connection postgres(String database) throws SQLException {
        return DriverManager.getConnection(
                setting("quarkus.datasource.jdbc.url").replace("/postgres?", "/" + database + "?"),
                setting("quarkus.datasource.username"),
                setting("quarkus.datasource.password"));
    }

    /** Every column of every row, as text. */
    public static List<String> rows(String query) throws SQLException {
        List<String> rows = new ArrayList<>();
        try (Connection connection = postgres();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(query)) {
            while (result.next()) {
                List<String> row = new ArrayList<>();
                for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
                    row.add(result.getString(i));
                }
                rows.add(String.join(" | ", row.stream().map(String::valueOf).toList()));
            }
        }
        return rows;
    }

    public static String setting(String key) {
        return ConfigProvider.getConfig().getValue(key, String.class);
    }
}
