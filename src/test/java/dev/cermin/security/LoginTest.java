package dev.cermin.security;

import static dev.cermin.fixture.Services.rows;
import static dev.cermin.fixture.Services.within;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cermin.fixture.ScriptedModels;
import dev.cermin.fixture.Services;
import dev.cermin.fixture.StoresResource;
import dev.cermin.json.Json;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.net.CookieManager;
import java.net.CookiePolicy;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** With a login: who may do what, and that tenants can't get at each other's, whatever is tried. */
@QuarkusTest
@TestProfile(WithLogin.class)
@QuarkusTestResource(StoresResource.class)
class LoginTest {
    private static final String SECRET = "what only acme knows";
    private static @Nullable UUID acmes;

    @Inject
    ScriptedModels models;

    @TestHTTPResource
    URI base;

    @BeforeEach
    void aTaskOfAcme() {
        models.reset();
        models.script("scripted-generate", prompt -> known(prompt));
        models.script(
                "scripted-reflect", prompt -> "<reflection>" + known(prompt) + "</reflection><output>accept</output>");
        if (acmes == null) {
            Response accepted = submit(key("acme", "submitter"), Map.of());
            assertThat(accepted.statusCode()).as(accepted.asString()).isEqualTo(202);
            acmes = UUID.fromString(accepted.path("id"));
        }
        within().until(() -> "finished"
                .equals(as(key("acme", "submitter")).get("/api/tasks/" + acmes).path("status")));
    }

    private static String known(String prompt) {
        return prompt.contains("bolt") ? "what bolt knows" : SECRET;
    }

    private static String key(String tenant, String role) {
        return WithLogin.key(tenant, role);
    }

    private static RequestSpecification as(String token) {
        return given().header("Authorization", "Bearer " + token).redirects().follow(false);
    }

    private static Response submit(String token, Map<String, String> more) {
        return submit(token, more, null);
    }

    private static Response submit(String token, Map<String, String> more, @Nullable String idempotencyKey) {
        Map<String, Object> task = new TreeMap<>(more);
        task.put("agent", "scripted");
        task.putIfAbsent("input", SECRET);
        RequestSpecification request = as(token).contentType("application/json").body(Json.text(task));
        return (idempotencyKey == null ? request : request.header("Idempotency-Key", idempotencyKey))
                .post("/api/tasks");
    }

    private static String path(Permission row, @Nullable UUID task) {
        return row.path()
                .replace("{id}", String.valueOf(task))
                .replace("{name}", "decisions")
                .replace("{number}", "1");
    }

    @Test
    void whoHasNoLoginIsAnsweredNothingButHealthMetricsAndSchemas() {
        for (Permission row : Permissions.ALL) {
            String path = path(row, acmes).replace("**", "live");
            String method = row.method().equals("*") ? "POST" : row.method();
            Response answer = given().redirects()
                    .follow(false)
                    .header("Accept", "application/json")
                    .request(method, path);
            if (row.open()) {
                assertThat(answer.statusCode()).as(row.toString()).isNotIn(401, 403);
            } else {
                assertThat(answer.statusCode()).as(row.toString()).isEqualTo(401);
                assertThat(answer.header("WWW-Authenticate")).isEqualTo("Bearer");
                assertThat(answer.asString()).doesNotContain(SECRET);
            }
        }
        assertThat(given().get("/api/elsewhere").statusCode()).isEqualTo(401);
        assertThat(as(key("acme", "admin")).get("/api/elsewhere").statusCode()).isEqualTo(404);
    }

    @Test
    void theTableHoldsForEveryRoleAndEndpoint() {
        for (Permission row : Permissions.ALL) {
            if (row.open() || row.method().equals("*") || row.path().endsWith("/events")) {
                continue;
            }
            for (String role : Roles.ALL) {
                String path = path(row, UUID.randomUUID());
                Response answer = as(key("acme", role)).request(row.method(), path);
                boolean allowed = row.roles().contains(role);
                assertThat(answer.statusCode() == 403).as(role + " " + row).isEqualTo(!allowed);
                if (!allowed) {
                    assertThat(answer.asString()).contains("acme-" + role);
                }
            }
        }
    }

    @Test
    void errorsHaveTheFormOfWhatWasAskedFor() {
        Response problem = as("cermin_wrong").get("/api/tasks");
        assertThat(problem.statusCode()).isEqualTo(401);
        assertThat(problem.contentType()).startsWith("application/problem+json");
        assertThat((int) problem.path("status")).isEqualTo(401);
        Response openAi = given().get("/v1/models");
        assertThat((String) openAi.path("error.code")).isEqualTo("invalid_api_key");
        Response mcp = given().contentType("application/json").body("{}").post("/mcp");
        assertThat(mcp.statusCode()).isEqualTo(401);
        assertThat((String) mcp.path("jsonrpc")).isEqualTo("2.0");
        Response page =
                as(key("acme", "submitter")).header("Accept", "text/html").get("/traces");
        assertThat(page.statusCode()).isEqualTo(403);
        assertThat(page.contentType()).startsWith("text/html");
        assertThat(page.asString()).contains("<h1>403 Forbidden</h1>").contains("reviewer");
    }

    @Test
    void tokensCountThatTheProviderSignedAndThatHold() {
        Duration minute = Duration.ofMinutes(1);
        String good = Issuer.token("rea", "acme", Set.of("reviewer"), minute);
        assertThat(as(good).get("/api/tasks/" + acmes + "/trace").asString()).contains(SECRET);
        assertThat(as(Issuer.token("rea", "bolt", Set.of("reviewer"), minute))
                        .get("/api/tasks/" + acmes + "/trace")
                        .statusCode())
                .isEqualTo(404);
        assertThat(as(Issuer.token("rea", null, Set.of("reviewer"), minute))
                        .get("/api/tasks")
                        .statusCode())
                .isEqualTo(403);
        for (String bad : List.of(
                Issuer.forged("rea", "acme", Set.of("admin")),
                Issuer.token("rea", "acme", Set.of("admin"), Duration.ofMinutes(-1)),
                good.substring(0, good.lastIndexOf('.') + 1),
                "sesam",
                "")) {
            assertThat(as(bad).get("/api/tasks").statusCode()).as(bad).isEqualTo(401);
        }
    }

    @Test
    void aPersonLogsInWithABrowserAndOut() throws Exception {
        CookieManager cookies = new CookieManager(null, CookiePolicy.ACCEPT_ALL);
        try (HttpClient browser = HttpClient.newBuilder()
                .followRedirects(HttpClient.Redirect.ALWAYS)
                .cookieHandler(cookies)
                .build()) {
            HttpResponse<String> page = get(browser, "/traces/" + acmes);
            assertThat(page.statusCode()).as(page.body()).isEqualTo(200);
            assertThat(page.uri().getPath()).isEqualTo("/traces/" + acmes);
            assertThat(page.body()).contains(SECRET);
            HttpRequest.Builder foreign = HttpRequest.newBuilder(local("/logout"))
                    .header("Sec-Fetch-Site", "cross-site")
                    .POST(HttpRequest.BodyPublishers.noBody());
            assertThat(browser.send(foreign.build(), BodyHandlers.ofString()).statusCode())
                    .isEqualTo(403);
            assertThat(cookies.getCookieStore().getCookies())
                    .anyMatch(cookie -> cookie.getName().startsWith("q_session") && cookie.isHttpOnly());
        }
        try (HttpClient patient = HttpClient.newBuilder().cookieHandler(cookies).build()) {
            HttpRequest.Builder logout = HttpRequest.newBuilder(local("/logout"))
                    .header("Sec-Fetch-Site", "same-origin")
                    .POST(HttpRequest.BodyPublishers.noBody());
            assertThat(patient.send(logout.build(), BodyHandlers.discarding()).statusCode())
                    .isEqualTo(303);
            assertThat(get(patient, "/traces").statusCode())
                    .as("sent to the login")
                    .isEqualTo(302);
        }
        assertThat(rows("select who, how from trace_read where task_id = '" + acmes + "' and how = 'page'"))
                .contains("ann | page");
    }

    private HttpResponse<String> get(HttpClient browser, String path) throws Exception {
        return browser.send(
                HttpRequest.newBuilder(local(path))
                        .header("Accept", "text/html")
                        .build(),
                BodyHandlers.ofString());
    }

    private URI local(String path) {
        return URI.create("http://localhost:" + base.getPort() + path);
    }

    @Test
    void submittersActForTheirOwnTenant() {
        assertThat(submit(key("bolt", "submitter"), Map.of("tenant", "acme")).statusCode())
                .isEqualTo(403);
        UUID bolts = UUID.fromString(submit(key("bolt", "submitter"), Map.of("input", "what bolt asks"))
                .path("id"));
        UUID byAdmin = UUID.fromString(
                submit(key("bolt", "admin"), Map.of("tenant", "acme")).path("id"));
        within().until(() -> rows("select tenant from task where id in ('" + bolts + "', '" + byAdmin + "') order by 1")
                .equals(List.of("acme", "bolt")));
    }

    @Test
    void nothingOfAnotherTenantIsToldByAnyDoor() {
        for (Permission row : Permissions.ALL) {
            String method = row.method().equals("*") ? "GET" : row.method();
            String path = path(row, acmes);
            if (row.open() || path.equals("/live/events") || path.endsWith("/cancel")) {
                continue;
            }
            for (String role : List.of("submitter", "reviewer", "auditor")) {
                RequestSpecification request = as(key("bolt", role)).contentType("application/json");
                Response answer = (method.equals("GET") ? request : request.body("{}")).request(method, path);
                assertThat(answer.asString())
                        .as(role + row)
                        .doesNotContain(SECRET)
                        .doesNotContain("key:acme");
                assertThat(answer.statusCode()).as(role + row).isLessThan(500);
                if (row.path().contains("{id}") && row.roles().contains(role)) {
                    assertThat(answer.statusCode()).as(role + row).isIn(400, 404, 409, 415);
                }
                if (!row.path().contains("{id}")) {
                    assertThat(answer.asString()).as(role + row).doesNotContain(String.valueOf(acmes));
                }
            }
        }
        assertThat(as(key("bolt", "submitter"))
                        .post("/api/tasks/" + acmes + "/cancel")
                        .statusCode())
                .isEqualTo(404);
        assertThat(as(key("bolt", "admin"))
                        .get("/api/tasks/" + acmes + "/trace")
                        .asString())
                .contains(SECRET);
        assertThat(as(key("bolt", "admin")).get("/traces").asString()).contains(acmes.toString());
    }

    @Test
    void theSameIdempotencyKeyOfAnotherTenantIsAnotherTask() {
        String key = UUID.randomUUID().toString();
        String first = submit(key("acme", "submitter"), Map.of(), key).path("id");
        String second = submit(key("bolt", "submitter"), Map.of(), key).path("id");
        assertThat(second).isNotEqualTo(first);
        assertThat((String) submit(key("acme", "submitter"), Map.of(), key).path("id"))
                .isEqualTo(first);
        assertThat(as(key("bolt", "submitter")).get("/api/tasks/" + first).statusCode())
                .isEqualTo(404);
        String chat =
                Json.text(Map.of("model", "scripted", "messages", List.of(Map.of("role", "user", "content", SECRET))));
        String asked = as(key("acme", "submitter"))
                .header("Idempotency-Key", key + "-v1")
                .contentType("application/json")
                .body(chat)
                .post("/v1/chat/completions")
                .path("cermin.task");
        String askedAgain = as(key("bolt", "submitter"))
                .header("Idempotency-Key", key + "-v1")
                .contentType("application/json")
                .body(chat)
                .post("/v1/chat/completions")
                .path("cermin.task");
        assertThat(askedAgain).isNotNull().isNotEqualTo(asked);
        assertThat(as(key("bolt", "auditor"))
                        .get("/api/tasks/" + asked + "/trace")
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    void whoReadsATraceIsLoggedAndToldToAuditors() {
        as(key("acme", "reviewer")).get("/api/tasks/" + acmes + "/trace");
        as(key("bolt", "admin")).get("/api/tasks/" + acmes + "/outcome");
        List<String> reads = as(key("acme", "auditor"))
                .get("/api/reads?task=" + acmes + "&limit=200")
                .jsonPath()
                .getList("collect { it.who + ' ' + it.how }", String.class);
        assertThat(reads).contains("key:acme-reviewer api", "key:bolt-admin outcome");
        assertThat(as(key("bolt", "auditor"))
                        .get("/api/reads?task=" + acmes)
                        .jsonPath()
                        .getList("tenant", String.class))
                .doesNotContain("acme");
    }

    @Test
    void theRoleOfARequestSeesItsTenantsRowsAloneWhateverIsAsked() throws SQLException {
        List<String> tables = rows("select relname from pg_class c where relnamespace = 'public'::regnamespace and"
                + " relkind in ('r', 'p') and not relispartition and exists (select from pg_attribute where"
                + " attrelid = c.oid and attname = 'tenant' and not attisdropped)");
        assertThat(tables).contains("task", "step", "trace_read");
        try (Connection connection = Services.postgres();
                Statement statement = connection.createStatement()) {
            statement.execute("set role cermin_tenant");
            for (String table : tables) {
                assertThat(all(statement, "select tenant from " + table))
                        .as(table)
                        .isEmpty();
            }
            statement.execute("set cermin.tenant = 'acme'");
            assertThat(all(statement, "select distinct tenant from task")).containsExactly("acme");
            assertThat(all(statement, "select distinct tenant from step")).containsExactly("acme");
            statement.execute("set cermin.tenant = 'bolt'");
            for (String table : tables) {
                assertThat(all(statement, "select tenant from " + table))
                        .as(table)
                        .doesNotContain("acme");
            }
            assertThat(all(
                            statement,
                            "select content from agent a where not exists"
                                    + " (select from task t where t.agent_hash = a.hash)"))
                    .isEmpty();
            String part = rows("select inhrelid::regclass from pg_inherits join pg_class c on c.oid = inhparent"
                            + " where c.relname = 'step'")
                    .getFirst();
            assertThatThrownBy(() -> statement.executeQuery("select * from " + part))
                    .hasMessageContaining("permission denied");
            assertThatThrownBy(() -> statement.executeUpdate("update step set output = 'other'"))
                    .hasMessageContaining("permission denied");
            assertThatThrownBy(() -> statement.executeUpdate("delete from trace_read"))
                    .hasMessageContaining("permission denied");
            assertThatThrownBy(() -> statement.executeUpdate(
                            "insert into trace_read (tenant, who, how, what)" + " values ('acme', 'me', 'api', '')"))
                    .hasMessageContaining("row-level security");
        }
    }

    private static List<String> all(Statement statement, String query) throws SQLException {
        List<String> all = new ArrayList<>();
        try (ResultSet row = statement.executeQuery(query)) {
            while (row.next()) {
                all.add(row.getString(1));
            }
        }
        return all;
    }

    @Test
    void everyAnswerTellsBrowsersWhatNotToDo() {
        for (String path : List.of("/traces", "/api/tasks", "/q/health/live", "/nowhere", "/cermin.css")) {
            Response answer = as(key("acme", "reviewer")).get(path);
            assertThat(answer.header("Content-Security-Policy"))
                    .as(path)
                    .contains("default-src 'self'", "frame-ancestors 'none'", "object-src 'none'", "base-uri 'none'");
            assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
            assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
            assertThat(answer.header("Strict-Transport-Security")).isNull();
        }
        assertThat(given().header("X-Forwarded-Proto", "https")
                        .get("/q/health/live")
                        .header("Strict-Transport-Security"))
                .isNotNull();
    }

    @Test
    void theKeyOfOpenAisClientsSubmitsForTheDefaultTenant() {
        assertThat(as("sesame").get("/v1/models").statusCode()).isEqualTo(200);
        assertThat(as("sesame").get("/traces").statusCode()).isEqualTo(403);
        assertThat(as("sesame").get("/api/tasks/" + acmes).statusCode()).isEqualTo(404);
    }
}
