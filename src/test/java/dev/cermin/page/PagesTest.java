package dev.cermin.page;

import static dev.cermin.fixture.Services.finished;
import static dev.cermin.fixture.Services.submit;
import static dev.cermin.fixture.Services.within;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cermin.fixture.ScriptedModels;
import dev.cermin.fixture.Services;
import dev.cermin.fixture.StoresResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The pages as a browser without scripts gets them. */
@QuarkusTest
@QuarkusTestResource(StoresResource.class)
class PagesTest {
    private static final String SCRIPT = "<script>alert('x')</script>";

    @Inject
    ScriptedModels models;

    @BeforeEach
    void asAtFirst() {
        models.reset();
    }

    @Test
    void aReaderGetsFromTheListOverASearchToATraceAndItsDiff() throws SQLException {
        UUID id = corrected("zebra" + System.nanoTime());
        Services.indexed();
        Document list = page("/traces");
        Element row = list.selectFirst("tr:has(a[href=/traces/" + id + "])");
        assertThat(row).isNotNull();
        assertThat(row.text()).contains("accepted", "scripted");
        String word = row.selectFirst("a").text();

        Document found = page("/traces?text=" + word + "&accepted=true");
        assertThat(found.select("tbody tr")).hasSize(1);
        assertThat(found.select("input[name=text]").val()).isEqualTo(word);
        assertThat(found.select(".chip").eachText()).hasSize(2);

        Document trace = page(found.selectFirst("tbody a").attr("href"));
        assertThat(trace.select("#summary .questions h2").eachText())
                .containsExactly("Why this?", "Who or what accepted it?", "Has anyone touched the record?");
        assertThat(trace.select(".questions section").get(0).text()).contains("Correction 1", "accepted");
        assertThat(trace.select(".questions section").get(1).text()).contains("critic", "1.00");
        assertThat(trace.select(".questions section").get(2).text()).contains("No. All");
        assertThat(trace.select("section.draft h2").eachText()).containsExactly("First draft", "Correction 1");
        assertThat(trace.select("#draft-1 .output mark").text()).startsWith("three cats");
        assertThat(trace.select("#draft-2 .diff del").eachText()).contains("three");
        assertThat(trace.select("#draft-2 .diff ins").eachText()).contains("two");
        assertThat(trace.select("#steps tbody tr").size()).isGreaterThanOrEqualTo(6);

        Document step = page(trace.select("#steps tbody a").get(1).attr("href"));
        assertThat(step.select("h2").eachText()).contains("Prompt", "Draft");
        assertThat(step.text()).contains(word + " has three cats");
    }

    /** A first draft that the critic objects to, and a correction that it accepts. */
    private UUID corrected(String word) {
        models.script("scripted-generate", prompt -> word + " has three cats");
        models.script(
                "scripted-reflect",
                prompt -> prompt.contains("three")
                        ? "<reflection>\"three cats\" is one too many</reflection><output>revise 0.2</output>"
                        : "<reflection></reflection><output>accept 1.0</output>");
        models.script("scripted-correct", prompt -> word + " has two cats");
        UUID id = submit("scripted", word);
        finished(id);
        return id;
    }

    @Test
    void whateverIsStoredIsText() {
        models.script(
                "scripted-generate", prompt -> "answer " + SCRIPT + "{evil} \u202ebackwards " + "W".repeat(10_000));
        models.script("scripted-reflect", prompt -> "<reflection>" + SCRIPT + "</reflection><output>revise</output>");
        models.script("scripted-correct", prompt -> "\"><img src=x onerror=alert(1)>");
        UUID id = submit(Map.of("agent", "scripted", "input", "input " + SCRIPT, "metadata", Map.of(SCRIPT, SCRIPT)));
        finished(id);
        for (String address : List.of("/traces", "/traces/" + id, "/traces/" + id + "/steps/1", "/live")) {
            Document page = page(address);
            assertThat(page.select("script").eachAttr("src"))
                    .as(address)
                    .hasSize(3)
                    .noneMatch(String::isEmpty);
            assertThat(page.select("img, [style], style, [onerror], [onclick]"))
                    .as(address)
                    .isEmpty();
        }
        Document trace = page("/traces/" + id);
        assertThat(trace.select("#draft-1 .output").text()).contains("answer " + SCRIPT + "{evil}");
        assertThat(trace.select("#draft-1 .output .control").text()).isEqualTo("U+202E");
        assertThat(trace.select(".questions").text()).contains("Nothing and nobody");
    }

    @Test
    void aReviewIsAStepOfTheTraceAndStandsBesideTheDraft() throws SQLException {
        UUID id = corrected("reviewed");
        Document page = page("/traces/" + id);
        Element form = page.selectFirst("form[action$=/review]");
        String request = form.selectFirst("[name=request]").val();
        Map<String, String> fields =
                Map.of("label", "wrong", "comment", "two cats are one too few " + SCRIPT, "request", request);
        assertThat(post("/traces/" + id + "/review", fields)).endsWith("/traces/" + id + "#reviews");
        // sent twice by an impatient hand
        post("/traces/" + id + "/review", fields);
        post("/traces/" + id + "/assignee", Map.of("assignee", "ada", "request", request + "-a"));

        Document after = page("/traces/" + id);
        assertThat(after.select(".acts li").eachText())
                .satisfiesExactly(
                        label -> assertThat(label).contains("found it wrong", "two cats are one too few " + SCRIPT),
                        assigned -> assertThat(assigned).contains("gave it to ada"));
        assertThat(after.select("#draft-2 .finding").text()).contains("reviewer wrong", "one too few");
        assertThat(after.select(".questions section").get(1).text()).contains("Against it", "reviewer");
        assertThat(after.select(".questions section").get(2).text()).contains("No. All");
        Services.indexed();
        assertThat(page("/traces?label=wrong").select("a[href=/traces/" + id + "]"))
                .hasSize(1);
        Response empty = given().accept("text/html").formParam("comment", " ").post("/traces/" + id + "/review");
        assertThat(empty.statusCode()).isEqualTo(400);
        assertThat(empty.asString()).contains("This can", "comment is empty");
    }

    @Test
    void aPagesFormOfAnotherSiteIsRefused() {
        UUID id = corrected("elsewhere");
        Response forged = given().header("Origin", "http://evil.example")
                .formParam("label", "right")
                .post("/traces/" + id + "/review");
        assertThat(forged.statusCode()).isEqualTo(403);
        assertThat(page("/traces/" + id).select(".acts li")).isEmpty();
    }

    @Test
    void aPersonDecidesAboutALoopThatWaits() {
        models.script("scripted-reflect", prompt -> "<reflection>no</reflection><output>revise 0.2</output>");
        UUID id = submit("scripted-reviewed", "decide");
        within().until(() ->
                page("/reviews/decisions").select("a[href^=/traces/" + id + "]").size() == 1);
        assertThat(page("/reviews").select("a[href=/reviews/decisions]")).hasSize(1);
        Document waiting = page("/traces/" + id);
        assertThat(waiting.select("#summary").text()).contains("waits for a person's decision");
        assertThat(waiting.select("form.act button").eachText()).containsExactly("Accept", "Revise", "Reject");
        post("/traces/" + id + "/decision", Map.of("decision", "accept", "comment", "well done"));
        finished(id);
        Document page = page("/traces/" + id);
        assertThat(page.select(".acts li").text()).contains("decided accept", "well done");
        assertThat(page.select(".questions section").get(1).text()).contains("reviewer");
    }

    private static String post(String address, Map<String, String> fields) {
        Response response = given().redirects().follow(false).formParams(fields).post(address);
        assertThat(response.statusCode()).as(response.asString()).isEqualTo(303);
        return response.header("Location");
    }

    @Test
    void whatIsWrongWithAnAddressIsToldOnAPage() {
        assertThat(error("/traces/nope", 404)).contains("There is no such trace", "nope");
        assertThat(error("/traces/" + UUID.randomUUID(), 404)).contains("There is no such trace");
        assertThat(error("/traces?minScore=7", 400)).contains("minScore is '7'");
        assertThat(error("/traces?color=red", 400)).contains("color");
        assertThat(error("/traces?after=xyz", 400)).contains("after");
        assertThat(error("/statistics?from=yesterday", 400)).contains("yesterday");
        assertThat(error("/traces?agent=" + "%3Cscript%3E&agent=x", 400)).contains("stands 2 times");
    }

    @Test
    void whoeverAcceptsWhatCanNotBeReadIsToldAProblem() {
        Response response = given().header("Accept", "x").get("/traces/" + new UUID(7, 7));

        assertThat(response.statusCode()).isEqualTo(406);
        assertThat(response.contentType()).startsWith("application/problem+json");
    }

    @Test
    void anAddressKeepsWhatSaysSomething() {
        Response search = given().redirects().follow(false).get("/traces?text=&agent=scripted&minCost=");
        assertThat(search.statusCode()).isEqualTo(303);
        assertThat(search.header("Location")).endsWith("/traces?agent=scripted");
    }

    @Test
    void theStatisticsHaveFiguresAndPlots() throws SQLException {
        corrected("figure");
        Services.indexed();
        Document page = page("/statistics?agent=scripted");
        assertThat(page.select(".figures dt").eachText()).contains("Loops", "Accepted", "Cost");
        assertThat(page.select("figure svg").eachAttr("aria-label")).anyMatch(label -> label.contains("accepted"));
        assertThat(page.select("table.groups a").eachAttr("href")).contains("/traces?agent=scripted");
    }

    @Test
    void thePageOfARunningLoopGrows() throws IOException, SQLException {
        CountDownLatch goOn = new CountDownLatch(1);
        models.script("scripted-generate", prompt -> "an early draft");
        models.script("scripted-reflect", prompt -> {
            await(goOn);
            return "<reflection></reflection><output>accept 1.0</output>";
        });
        UUID id = submit("scripted", "grow");
        within().until(() -> given().get("/traces/" + id).asString().contains("an early draft"));
        Document page = page("/traces/" + id);
        assertThat(page.select("#summary .pill").text()).contains("running");
        Services.indexed();
        assertThat(page("/live").select("tr.running a").eachAttr("href")).contains("/traces/" + id);
        String live = page.selectFirst("[sse-connect]").attr("sse-connect");
        URI address = URI.create("http://localhost:" + RestAssured.port + live);
        try (InputStream in = address.toURL().openStream()) {
            goOn.countDown();
            String events = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            assertThat(events).contains("event:update", "hx-swap-oob", "hx-get=\"/traces/" + id, "event:end");
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void scriptsAndStylesAreThere() {
        Document page = page("/traces");
        List<String> parts = new ArrayList<>(page.select("script[src]").eachAttr("src"));
        parts.addAll(page.select("link[href]").eachAttr("href"));
        for (String part : parts) {
            assertThat(given().get(part).statusCode()).as(part).isEqualTo(200);
        }
    }

    private static String error(String address, int status) {
        Response response =
                given().urlEncodingEnabled(false).accept("text/html").get(address);
        assertThat(response.statusCode()).as(address).isEqualTo(status);
        assertThat(response.contentType()).as(address).startsWith("text/html");
        Document page = Jsoup.parse(response.asString());
        assertThat(page.select("script:not([src])")).isEmpty();
        return page.select("main").text();
    }

    private static Document page(String address) {
        Response response = given().get(address);
        assertThat(response.statusCode()).as(address).isEqualTo(200);
        assertThat(response.contentType()).startsWith("text/html");
        return Jsoup.parse(response.asString());
    }
}
