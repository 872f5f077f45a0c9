package dev.cermin.gateway.mcp;

import static dev.cermin.fixture.Services.finished;
import static dev.cermin.fixture.Services.trace;
import static dev.cermin.fixture.Services.within;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.type.TypeFactory;
import dev.cermin.fixture.ScriptedModels;
import dev.cermin.fixture.StoresResource;
import dev.cermin.json.Json;
import dev.cermin.trace.TraceStep;
import io.modelcontextprotocol.client.McpClient;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.client.transport.HttpClientStreamableHttpTransport;
import io.modelcontextprotocol.json.jackson2.JacksonMcpJsonMapper;
import io.modelcontextprotocol.spec.McpError;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.ProgressNotification;
import io.modelcontextprotocol.spec.McpSchema.ReadResourceRequest;
import io.modelcontextprotocol.spec.McpSchema.TextContent;
import io.modelcontextprotocol.spec.McpSchema.TextResourceContents;
import io.modelcontextprotocol.spec.McpSchema.Tool;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The MCP Java SDK's client, as it is, calls agents. */
@QuarkusTest
@QuarkusTestResource(StoresResource.class)
class McpJavaTest {
    @Inject
    ScriptedModels models;

    @TestHTTPResource
    URI base;

    private final List<ProgressNotification> progress = new CopyOnWriteArrayList<>();
    private McpSyncClient client;

    @BeforeEach
    void open() {
        models.reset();
        String url = base.getScheme() + "://" + base.getAuthority();
        // Jackson looks for classes by the thread's class loader, which in a test of Quarkus is another one
        TypeFactory types =
                TypeFactory.defaultInstance().withClassLoader(getClass().getClassLoader());
        ObjectMapper mapper = new ObjectMapper().setTypeFactory(types);
        client = McpClient.sync(HttpClientStreamableHttpTransport.builder(url)
                        .jsonMapper(new JacksonMcpJsonMapper(mapper))
                        .build())
                .requestTimeout(Duration.ofSeconds(60))
                .progressConsumer(progress::add)
                .build();
        client.initialize();
    }

    @AfterEach
    void close() {
        client.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "\"text\"",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"initialize\",\"params\":\"x\"}",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"initialize\",\"params\":{\"capabilities\":\"x\"}}",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"initialize\",\"params\":{\"protocolVersion\":\"2025-03-26\","
                        + "\"capabilities\":{},\"clientInfo\":{\"version\":\"1\"}}}"
            })
    void whatIsNoMessageIsTheSendersFaultNotTheServices(String body) {
        given().contentType("application/json")
                .accept("application/json, text/event-stream")
                .body(body)
                .post("/mcp")
                .then()
                .statusCode(400);
    }

    @Test
    void agentsAreTools() {
        assertThat(client.getServerInfo().name()).isEqualTo("cermin");
        Tool tool = client.listTools().tools().stream()
                .filter(each -> each.name().equals("scripted"))
                .findFirst()
                .orElseThrow();
        assertThat(tool.description()).isEqualTo("Every role is played by a script of the test.");
        assertThat(tool.inputSchema().required()).containsExactly("input");
        assertThat(Json.text(tool.outputSchema())).contains("stopReason");
    }

    /** Read from the wire: the client hands each notification to a thread of its own, in whatever order they run. */
    @Test
    void progressIncreases() {
        String session = message(null, "initialize", """
                        {"protocolVersion": "2025-06-18", "capabilities": {}, "clientInfo": {"name": "wire", "version": "1"}}""").header("Mcp-Session-Id");
        message(session, "notifications/initialized", "{}");
        String events = message(session, "tools/call", """
                        {"name": "equations", "arguments": {"input": "9x-15=21"}, "_meta": {"progressToken": "p-1"}}""").asString();
        List<Double> told = Pattern.compile("\"progress\":([0-9.]+)")
                .matcher(events)
                .results()
                .map(found -> Double.valueOf(found.group(1)))
                .toList();
        assertThat(told).hasSizeGreaterThanOrEqualTo(5).isSorted().doesNotHaveDuplicates();
    }

    private static Response message(@Nullable String session, String method, String params) {
        String id = method.startsWith("notifications/") ? "" : "\"id\": 1, ";
        RequestSpecification request = given().contentType("application/json")
                .accept("application/json, text/event-stream")
                .body("{\"jsonrpc\": \"2.0\", %s\"method\": \"%s\", \"params\": %s}".formatted(id, method, params));
        return session == null
                ? request.post("/mcp")
                : request.header("Mcp-Session-Id", session).post("/mcp");
    }

    @Test
    void aCallIsATaskWhoseStepsAreToldAndWhoseTraceIsAResource() {
        CallToolResult result = client.callTool(CallToolRequest.builder()
                .name("equations")
                .arguments(Map.of("input", "9x-15=21"))
                .progressToken("p-1")
                .build());
        assertThat(result.isError()).isNotEqualTo(true);
        assertThat(((TextContent) result.content().getFirst()).text()).isEqualTo("x=4");
        @SuppressWarnings("unchecked")
        Map<String, Object> answer = (Map<String, Object>) result.structuredContent();
        assertThat(answer)
                .containsEntry("answer", "x=4")
                .containsEntry("accepted", true)
                .containsEntry("stopReason", "accepted")
                .containsEntry("rounds", 1);
        within().until(() -> progress.size() >= 5);
        assertThat(progress).extracting(ProgressNotification::message).anyMatch(text -> text.contains("x=3 gives 12"));

        UUID task = UUID.fromString(String.valueOf(answer.get("task")));
        finished(task);
        String stored = read(String.valueOf(answer.get("trace")));
        assertThat(List.of(Json.read(stored, TraceStep[].class))).isEqualTo(trace(task));
        assertThat(read("cermin://traces")).contains("cermin://traces/" + task);
    }

    @Test
    void whatCannotBeAnsweredIsAnErrorThatTheHostCanRead() {
        models.script("scripted-generate", prompt -> {
            throw new IllegalStateException("no tokens left");
        });
        CallToolResult failed = client.callTool(new CallToolRequest("scripted", Map.of("input", "fails")));
        assertThat(failed.isError()).isTrue();
        assertThat(((TextContent) failed.content().getFirst()).text())
                .contains("no tokens left")
                .contains("cermin://traces/");
        assertThat(client.callTool(new CallToolRequest("scripted", Map.of("input", " ")))
                        .isError())
                .isTrue();
        assertThatThrownBy(() -> read("cermin://traces/" + UUID.randomUUID()))
                .isInstanceOf(McpError.class)
                .hasMessageContaining("no trace");
        assertThat(client.listResourceTemplates().resourceTemplates())
                .extracting(McpSchema.ResourceTemplate::uriTemplate)
                .containsExactly("cermin://traces/{id}");
    }

    private String read(String uri) {
        return ((TextResourceContents) client.readResource(new ReadResourceRequest(uri))
                        .contents()
                        .getFirst())
                .text();
    }
}
