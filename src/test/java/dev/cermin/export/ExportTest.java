package dev.cermin.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import com.sun.net.httpserver.HttpServer;
import dev.cermin.Agent;
import dev.cermin.json.Json;
import dev.cermin.policy.Rounds;
import dev.cermin.testing.ScriptedChatModel;
import dev.cermin.trace.Chain;
import dev.cermin.trace.TraceStep;
import dev.langchain4j.agent.tool.Tool;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;

class ExportTest {
    static final class Sums {
        @Tool
        int add(int a, int b) {
            return a + b;
        }
    }

    private static Agent agent(ScriptedChatModel model, boolean tools) {
        var builder = Agent.builder("solver").model(model).verifiers("equation").policy(Rounds.of(2));
        return (tools ? builder.tools(new Sums()) : builder).build();
    }

    private static List<TraceStep> trace(boolean tools) {
        ScriptedChatModel model = ScriptedChatModel.saying();
        if (tools) {
            model.thenCalling("add", "{\"a\":1,\"b\":2}");
        }
        model.then("x=3").then("x=4");
        var run = agent(model, tools).start("9x-15=21");
        run.outcome();
        return run.trace();
    }

    private static Map<String, AnyValue> attributes(List<KeyValue> all) {
        return all.stream().collect(Collectors.toMap(KeyValue::getKey, KeyValue::getValue));
    }

    @Test
    void aCollectorGetsTheSpansAndEventsOfTheConventionsWithTheSameIdsEachTime() throws Exception {
        Map<String, List<byte[]>> taken = new ConcurrentHashMap<>();
        HttpServer collector = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        collector.createContext("/", exchange -> {
            InputStream body = "gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"))
                    ? new GZIPInputStream(exchange.getRequestBody())
                    : exchange.getRequestBody();
            taken.computeIfAbsent(exchange.getRequestURI().getPath(), path -> new ArrayList<>())
                    .add(body.readAllBytes());
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        collector.start();
        List<TraceStep> steps = trace(true);
        try (Otlp otlp =
                new Otlp(URI.create("http://127.0.0.1:" + collector.getAddress().getPort() + "/"))) {
            otlp.send(OtelTrace.of(steps, true));
            otlp.send(OtelTrace.of(steps, true));
        } finally {
            collector.stop(0);
        }

        assertThat(taken.get("/v1/traces")).hasSize(2);
        List<Span> spans = spans(taken.get("/v1/traces").getFirst());
        assertThat(spans(taken.get("/v1/traces").getLast())).isEqualTo(spans);
        assertThat(spans)
                .extracting(Span::getName)
                .containsExactly(
                        "invoke_agent solver", "chat model", "execute_tool add", "verify", "chat model", "verify");
        Span task = spans.getFirst();
        Span chat = spans.get(1);
        assertThat(attributes(task.getAttributesList())
                        .get("gen_ai.operation.name")
                        .getStringValue())
                .isEqualTo("invoke_agent");
        assertThat(chat.getParentSpanId()).isEqualTo(task.getSpanId());
        assertThat(chat.getKind()).isEqualTo(Span.SpanKind.SPAN_KIND_CLIENT);
        assertThat(attributes(chat.getAttributesList()))
                .containsKeys(
                        "gen_ai.provider.name",
                        "gen_ai.request.model",
                        "gen_ai.usage.input_tokens",
                        "gen_ai.usage.output_tokens",
                        "gen_ai.input.messages",
                        "gen_ai.output.messages");
        assertThat(spans.get(2).getParentSpanId()).isEqualTo(chat.getSpanId());
        assertThat(attributes(spans.get(2).getAttributesList())
                        .get("gen_ai.tool.call.result")
                        .getStringValue())
                .isEqualTo("3");

        List<LogRecord> events = ExportLogsServiceRequest.parseFrom(
                        taken.get("/v1/logs").getFirst())
                .getResourceLogs(0)
                .getScopeLogs(0)
                .getLogRecordsList();
        assertThat(events)
                .extracting(LogRecord::getEventName)
                .containsOnly("gen_ai.evaluation.result")
                .hasSize(2);
        assertThat(events)
                .extracting(event -> attributes(event.getAttributesList())
                        .get("gen_ai.evaluation.score.label")
                        .getStringValue())
                .containsExactly("fail", "pass");
        assertThat(events.getFirst().getSpanId()).isEqualTo(chat.getSpanId());
        assertThat(events.getFirst().getTraceId()).isEqualTo(chat.getTraceId());
    }

    private static List<Span> spans(byte[] request) throws IOException {
        return ExportTraceServiceRequest.parseFrom(request)
                .getResourceSpans(0)
                .getScopeSpans(0)
                .getSpansList();
    }

    @Test
    void withoutContentNothingOfTheTextsIsInSpansOrEvents() {
        List<String> lines = Otlp.lines(OtelTrace.of(trace(true), false));

        assertThat(lines).hasSize(2);
        assertThat(lines.getFirst()).startsWith("{\"resourceSpans\":").contains("execute_tool add");
        assertThat(lines.getLast()).startsWith("{\"resourceLogs\":").contains("gen_ai.evaluation.result");
        assertThat(String.join("", lines)).doesNotContain("x=4").doesNotContain("9x-15");
    }

    @Test
    void aCollectorThatIsAwayIsTold() {
        try (Otlp otlp = new Otlp(URI.create("http://127.0.0.1:1"))) {
            assertThatThrownBy(() -> otlp.send(OtelTrace.of(trace(false), false)))
                    .hasMessageContaining("http://127.0.0.1:1 did not take");
        }
    }

    @Test
    void aLineHasTheTraceWholeAndIsWhatTheSchemaSays() throws IOException {
        List<TraceStep> steps = trace(false);
        String json = TraceLine.of(steps).json();

        TraceLine read = Json.read(json, TraceLine.class);
        assertThat(json).doesNotContain("\n");
        assertThat(read.stopReason()).isEqualTo("accepted");
        assertThat(read.answer()).isEqualTo("x=4");
        assertThat(read.rounds()).isEqualTo(1);
        assertThat(Chain.verify(read.steps()).complete()).isTrue();
        String schema = Files.readString(Path.of("src/main/resources/META-INF/resources/schemas/export.v1.json"));
        var checked = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(schema);
        assertThat(checked.validate(json, InputFormat.JSON)).isEmpty();
        assertThat(checked.validate(json.replace("\"rounds\":1", "\"rounds\":\"one\""), InputFormat.JSON))
                .isNotEmpty();
    }

    @Test
    void theJunitTestOfATraceCompilesAndPasses(@TempDir Path folder) {
        List<TraceStep> steps = trace(false);
        String definition = new String(
                agent(ScriptedChatModel.saying("x"), false).definition().content(), StandardCharsets.UTF_8);

        Path test = new JunitFixture(steps, definition).write(folder);
        int compiled = ToolProvider.getSystemJavaCompiler()
                .run(
                        null,
                        null,
                        null,
                        "-proc:none",
                        "-d",
                        folder.resolve("resources").toString(),
                        test.toString());
        assertThat(compiled).isZero();
        var summary = new SummaryGeneratingListener();
        var outer = Thread.currentThread().getContextClassLoader();
        try (var classes = new java.net.URLClassLoader(
                new java.net.URL[] {folder.resolve("resources").toUri().toURL()}, outer)) {
            Thread.currentThread().setContextClassLoader(classes);
            LauncherFactory.create()
                    .execute(
                            LauncherDiscoveryRequestBuilder.request()
                                    .selectors(DiscoverySelectors.selectClass(classes.loadClass("traces."
                                            + test.getFileName().toString().replace(".java", ""))))
                                    .build(),
                            summary);
        } catch (ReflectiveOperationException | IOException e) {
            throw new AssertionError(e);
        } finally {
            Thread.currentThread().setContextClassLoader(outer);
        }
        assertThat(summary.getSummary().getFailures()).isEmpty();
        assertThat(summary.getSummary().getTestsSucceededCount()).isEqualTo(2);
    }
}
