package dev.cermin.gateway;

import static dev.cermin.fixture.Services.finished;
import static dev.cermin.fixture.Services.rows;
import static dev.cermin.fixture.Services.within;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cermin.fixture.KafkaProbe;
import dev.cermin.fixture.NodeClient;
import dev.cermin.fixture.ScriptedModels;
import dev.cermin.fixture.Services;
import dev.cermin.fixture.StoresResource;
import dev.cermin.flow.Topics;
import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.URI;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The clients that OpenAI and the Model Context Protocol publish for Node.js, as they are. */
@QuarkusTest
@QuarkusTestResource(StoresResource.class)
class OfficialNodeClientsTest {
    private static final Pattern TASK = Pattern.compile("task ([0-9a-f-]{36})");

    @Inject
    ScriptedModels models;

    @TestHTTPResource
    URI base;

    private final CountDownLatch release = new CountDownLatch(1);

    @BeforeEach
    void reset() {
        models.reset();
        models.scriptMessages("scripted-generate", request -> {
            if (request.messages().getLast() instanceof ToolExecutionResultMessage result) {
                return AiMessage.from("It is " + result.text() + ", says " + result.toolName());
            }
            return request.toolSpecifications().isEmpty()
                    ? AiMessage.from("answer")
                    : AiMessage.from(ToolExecutionRequest.builder()
                            .id("call_7")
                            .name("weather")
                            .arguments("{\"city\":\"Ipoh\"}")
                            .build());
        });
        models.script("scripted-reflect", prompt -> {
            if (prompt.contains("by node")) {
                waitForRelease();
                return "<output>revise 0.1</output>";
            }
            return "<output>accept 1.0</output>";
        });
    }

    @Test
    void openAi() throws Exception {
        String said = NodeClient.run("openai.mjs", url());
        assertThat(said.lines().filter(line -> line.startsWith("ok "))).hasSize(8);
        Matcher left = TASK.matcher(said);
        assertThat(left.find()).isTrue();
        endsAsCancelled(UUID.fromString(left.group(1)));
    }

    @Test
    void modelContextProtocol() throws Exception {
        Set<String> before = Set.copyOf(tasks());
        String said = NodeClient.run("mcp.mjs", url());
        assertThat(said.lines().filter(line -> line.startsWith("ok "))).hasSize(4);
        endsAsCancelled(newSince(before));
    }

    private static List<String> tasks() throws SQLException {
        return rows("select id from task where agent = 'scripted'");
    }

    /** The one that was recorded since; the recorder may be behind. */
    private static UUID newSince(Set<String> before) throws SQLException {
        within().until(() -> !before.containsAll(tasks()));
        return tasks().stream()
                .filter(id -> !before.contains(id))
                .map(UUID::fromString)
                .findFirst()
                .orElseThrow();
    }

    /** The call under way ends by itself; the next one is not begun. */
    private void endsAsCancelled(UUID task) {
        try (KafkaProbe kafka = Services.kafka()) {
            within().until(() -> kafka.read(Topics.CONTROL, task.toString()).size() == 1);
        }
        release.countDown();
        assertThat(finished(task).getString("summary.stopReason")).isEqualTo("cancelled");
    }

    private void waitForRelease() {
        try {
            assertThat(release.await(90, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private String url() {
        return base.getScheme() + "://" + base.getAuthority();
    }
}
