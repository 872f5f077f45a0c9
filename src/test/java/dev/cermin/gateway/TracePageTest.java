package dev.cermin.gateway;

import static dev.cermin.fixture.Services.finished;
import static dev.cermin.fixture.Services.submit;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cermin.fixture.ScriptedModels;
import dev.cermin.fixture.StoresResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The page of a trace: whatever a user or a model wrote is shown, and is text. */
@QuarkusTest
@QuarkusTestResource(StoresResource.class)
class TracePageTest {
    private static final String SCRIPT = "<script>alert('x')</script>";

    @Inject
    ScriptedModels models;

    @Test
    void thePageShowsTheTraceAndEscapesAllThatIsStored() {
        models.reset();
        models.script("scripted-generate", prompt -> "answer " + SCRIPT);
        models.script("scripted-reflect", prompt -> "<reflection>" + SCRIPT + "</reflection><output>revise</output>");
        models.script("scripted-correct", prompt -> "\"><img src=x onerror=alert(1)>");
        UUID id = submit(Map.of("agent", "scripted", "input", "input " + SCRIPT, "tenant", "<b>tenant</b>"));
        finished(id);
        Response page = given().get("/traces/" + id);
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.contentType()).startsWith("text/html");
        assertThat(page.asString())
                .contains("input &lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;")
                .contains("answer &lt;script&gt;")
                .contains("intact")
                .doesNotContain("<script")
                .doesNotContain("<img")
                .doesNotContain("<b>tenant");
        assertThat(given().get("/traces").asString()).contains("/traces/" + id).doesNotContain("<script");
    }

    @Test
    void aTraceThatIsNotThereIsNotFound() {
        assertThat(given().get("/traces/" + UUID.randomUUID()).statusCode()).isEqualTo(404);
    }
}
