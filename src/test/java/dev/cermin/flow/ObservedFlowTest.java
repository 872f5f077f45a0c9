package dev.cermin.flow;

import static dev.cermin.fixture.Services.finished;
import static dev.cermin.fixture.Services.submit;
import static dev.cermin.fixture.Services.within;
import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cermin.fixture.Collector;
import dev.cermin.fixture.Collector.Span;
import dev.cermin.fixture.KafkaProbe;
import dev.cermin.fixture.ScriptedModels;
import dev.cermin.fixture.Services;
import dev.cermin.fixture.StoresResource;
import dev.cermin.json.Json;
import dev.cermin.observe.Metric;
import dev.cermin.observe.TraceParent;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.logging.Handler;
import java.util.logging.Logger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jboss.logmanager.ExtHandler;
import org.jboss.logmanager.ExtLogRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What operators see of tasks: metrics, and one distributed trace for each. */
@QuarkusTest
@QuarkusTestResource(StoresResource.class)
class ObservedFlowTest {
    private static final String CALLER = "00-%s-00f067aa0ba902b7-01";
    private static final Pattern SERIES = Pattern.compile("(?m)^(cermin_[a-z_]+)(\\{[^}]*})? (\\S+)$");

    @Inject
    ScriptedModels models;

    private KafkaProbe kafka;

    @BeforeEach
    void open() {
        models.reset();
        kafka = Services.kafka();
    }

    @AfterEach
    void close() {
        kafka.close();
    }

    @Test
    void everySeriesIsInTheTableAndATaskIsCountedOnce() throws Exception {
        String tenant = "tenant-of-" + UUID.randomUUID();
        Map<String, Double> before = series();
        finished(submit(Map.of("agent", "scripted", "input", "count me", "tenant", tenant)));
        kafka.send(new ProducerRecord<>(Topics.TASKS, null, "no task".getBytes(UTF_8)));
        within().untilAsserted(() -> {
            Map<String, Double> after = series();
            assertGrew(before, after, 1, Metric.TASKS_SUBMITTED, "scripted", tenant);
            assertGrew(before, after, 1, Metric.LOOPS_FINISHED, "scripted", "accepted", "true");
            assertGrew(before, after, 1, Metric.STEPS, "generate", "generate", "scripted-generate", "done");
            assertGrew(before, after, 1, Metric.STEPS, "reflect", "reflect", "scripted-reflect", "accepted");
            assertGrew(before, after, 8, Metric.TOKENS, "scripted-generate", "in");
            assertGrew(before, after, 6, Metric.TOKENS, "scripted-generate", "out");
            assertGrew(before, after, 1, Metric.DEAD_LETTERS, Topics.TASKS);
            assertGrew(before, after, 4, Metric.RECORDER_STEPS);
            assertThat(after).containsKey("cermin_lane_lag{lane=\"gpu\"}");
        });
        assertThat(families()).isSubsetOf(known());
        assertThat(kinds()).containsAllEntriesOf(Map.of("cermin_steps_total", "counter", "cermin_lane_lag", "gauge"));
    }

    @Test
    void aLaneThatIsBehindSaysByHowMuchAndSinceWhen() {
        CountDownLatch release = new CountDownLatch(1);
        // a model that was away is asked one thing at a time till it answers
        finished(submit("scripted-lane", "well"));
        models.script("scripted-lane", prompt -> {
            await(release);
            return "answer";
        });
        List<UUID> tasks;
        try {
            // more than run at once, so that the lane pauses; the first ones may be held by the intake, which carries
            // them on
            tasks = IntStream.range(0, 60)
                    .mapToObj(i -> submit("scripted-lane", "wait " + i))
                    .toList();
            within().untilAsserted(() -> {
                Map<String, Double> now = series();
                assertThat(now.get("cermin_lane_running{lane=\"gpu\"}")).isGreaterThan(15);
                assertThat(now.get("cermin_lane_lag{lane=\"gpu\"}")).isBetween(40.0, 180.0);
                assertThat(now.get("cermin_lane_oldest_age_seconds{lane=\"gpu\"}"))
                        .isBetween(1.0, 90.0);
            });
        } finally {
            release.countDown();
        }
        tasks.forEach(Services::finished);
        within().untilAsserted(() -> {
            assertThat(series().get("cermin_lane_lag{lane=\"gpu\"}")).isZero();
            assertThat(series().get("cermin_lane_oldest_age_seconds{lane=\"gpu\"}"))
                    .isZero();
            assertThat(series().get("cermin_recorder_lag")).isZero();
        });
    }

    @Test
    void oneTraceHoldsTheRequestEveryStepAndTheRecordingAndItIsTheCallers() {
        String trace = traceId();
        UUID task = UUID.fromString(given().contentType("application/json")
                .header("traceparent", CALLER.formatted(trace))
                .body(Json.text(Map.of("agent", "scripted", "input", "trace me")))
                .post("/api/tasks")
                .path("id"));
        finished(task);
        within().untilAsserted(() -> assertThat(spans(trace))
                .extracting(Span::name)
                .contains(
                        "POST /api/tasks",
                        "send cermin.tasks",
                        "process cermin.tasks",
                        "process cermin.traces",
                        "chat scripted-generate",
                        "chat scripted-reflect",
                        "invoke_agent scripted"));
        List<Span> spans = spans(trace);
        Span request = only(spans, "POST /api/tasks");
        Span sent = only(spans, "send cermin.tasks");
        Span drafted = only(spans, "chat scripted-generate");
        Span loop = only(spans, "invoke_agent scripted");
        assertThat(request.parent()).isEqualTo("00f067aa0ba902b7");
        assertThat(sent.parent()).isEqualTo(request.id());
        assertThat(sent.kind()).isEqualTo("PRODUCER");
        assertThat(spans).filteredOn(span -> span.name().startsWith("process ")).allSatisfy(span -> {
            assertThat(span.parent()).isEqualTo(sent.id());
            assertThat(span.kind()).isEqualTo("CONSUMER");
            assertThat(span.attributes()).containsEntry("messaging.system", "kafka");
        });
        assertThat(loop.parent()).isEqualTo(sent.id());
        assertThat(loop.attributes())
                .containsEntry("gen_ai.operation.name", "invoke_agent")
                .containsEntry("gen_ai.agent.name", "scripted")
                .containsEntry("cermin.task.id", task.toString())
                .containsEntry("cermin.stop_reason", "accepted");
        assertThat(drafted.kind()).isEqualTo("CLIENT");
        assertThat(drafted.attributes())
                .containsEntry("gen_ai.operation.name", "chat")
                .containsEntry("gen_ai.provider.name", "script")
                .containsEntry("gen_ai.request.model", "scripted-generate")
                .containsEntry("gen_ai.usage.input_tokens", "8")
                .containsEntry("gen_ai.usage.output_tokens", "6");
        assertThat(spans).extracting(Span::id).doesNotHaveDuplicates();
        assertThat(spans.stream().filter(span -> span.name().startsWith("chat ")))
                .as("no call has two spans")
                .hasSize(2);
        assertThat(kafka.read(Topics.RESULTS, task.toString()))
                .singleElement()
                .satisfies(result -> assertThat(KafkaProbe.header(result, "traceparent"))
                        .isEqualTo("00-%s-%s-01".formatted(trace, sent.id())));
    }

    @Test
    void aTaskWithoutACallersTraceBeginsOneAndAFailureIsSeenInIt() throws Exception {
        models.script("scripted-generate", prompt -> {
            throw new IllegalStateException("out of order");
        });
        UUID task = UUID.randomUUID();
        String json = "{\"id\":\"%s\",\"agent\":\"scripted\",\"input\":\"plain\"}".formatted(task);
        kafka.send(new ProducerRecord<>(Topics.TASKS, task.toString(), json.getBytes(UTF_8)));
        finished(task);
        String trace = TraceParent.of(
                        KafkaProbe.header(
                                kafka.read(Topics.RESULTS, task.toString()).getFirst(), "traceparent"),
                        null)
                .orElseThrow()
                .traceId();
        within().untilAsserted(
                        () -> assertThat(spans(trace)).extracting(Span::name).contains("invoke_agent scripted"));
        assertThat(only(spans(trace), "process cermin.tasks").parent()).isEmpty();
        assertThat(spans(trace))
                .filteredOn(Span::error)
                .singleElement()
                .satisfies(span -> assertThat(span.attributes()).containsEntry("cermin.step.kind", "generate"));
    }

    @Test
    void aRequestOfOpenAisClientsIsInItsCallersTraceToo() {
        String trace = traceId();
        given().contentType("application/json")
                .header("traceparent", CALLER.formatted(trace))
                .body("{\"model\":\"scripted\",\"messages\":[{\"role\":\"user\",\"content\":\"trace me\"}]}")
                .post("/v1/chat/completions")
                .then()
                .statusCode(200);
        within().untilAsserted(() -> assertThat(spans(trace))
                .extracting(Span::name)
                .contains("POST /v1/chat/completions", "send cermin.tasks", "invoke_agent scripted"));
        assertThat(only(spans(trace), "send cermin.tasks").parent())
                .isEqualTo(only(spans(trace), "POST /v1/chat/completions").id());
    }

    @Test
    void aLogLineOfAStepSaysWhoseItIs() {
        models.script("scripted-once", prompt -> {
            throw new NoClassDefFoundError("some/Engine");
        });
        List<ExtLogRecord> lines = new CopyOnWriteArrayList<>();
        Handler handler = new ExtHandler() {
            @Override
            protected void doPublish(ExtLogRecord line) {
                line.copyMdc();
                lines.add(line);
            }
        };
        Logger logger = Logger.getLogger("dev.cermin.flow");
        logger.addHandler(handler);
        UUID task;
        try {
            task = submit("scripted-once", "log me");
            finished(task);
        } finally {
            logger.removeHandler(handler);
        }
        assertThat(lines)
                .filteredOn(line -> task.toString().equals(line.getMdc("taskId")))
                .isNotEmpty()
                .allSatisfy(line -> {
                    assertThat(line.getLevel().getName()).as(line.getMessage()).isEqualTo("ERROR");
                    assertThat(line.getMdc("agent")).isEqualTo("scripted-once");
                    assertThat(line.getMdc("lane")).isEqualTo("generate");
                    assertThat(line.getMdc("traceId")).matches("[0-9a-f]{32}");
                    assertThat(line.getMdc("spanId")).matches("[0-9a-f]{16}");
                });
    }

    private static String traceId() {
        return UUID.randomUUID().toString().replace("-", "");
    }

    private static List<Span> spans(String trace) {
        return Collector.spans(Services.setting(StoresResource.COLLECTOR), trace);
    }

    private static Span only(List<Span> spans, String name) {
        List<Span> named =
                spans.stream().filter(span -> span.name().equals(name)).toList();
        assertThat(named).as(name).hasSize(1);
        return named.getFirst();
    }

    private static String scraped() {
        return given().accept("text/plain").get("/q/metrics").asString();
    }

    private static Map<String, Double> series() {
        Map<String, Double> all = new TreeMap<>();
        Matcher line = SERIES.matcher(scraped());
        while (line.find()) {
            String labels = Optional.ofNullable(line.group(2)).orElse("").replace(",}", "}");
            all.put(line.group(1) + labels, Double.parseDouble(line.group(3)));
        }
        return all;
    }

    private static Map<String, String> kinds() {
        return Pattern.compile("(?m)^# TYPE (cermin_\\w+) (\\w+)$")
                .matcher(scraped())
                .results()
                .collect(Collectors.toMap(line -> line.group(1), line -> line.group(2)));
    }

    private static Set<String> families() {
        return kinds().keySet();
    }

    private static Set<String> known() {
        Set<String> names = new HashSet<>();
        Arrays.stream(Metric.values()).map(Metric::exposed).forEach(name -> {
            names.add(name);
            names.add(name + "_max");
        });
        return names;
    }

    private static void assertGrew(
            Map<String, Double> before, Map<String, Double> after, double by, Metric metric, String... values) {
        String name = metric.exposed();
        StringBuilder labels = new StringBuilder();
        Map<String, String> sorted = new TreeMap<>();
        for (int i = 0; i < values.length; i++) {
            sorted.put(metric.tags().get(i), values[i]);
        }
        sorted.forEach((tag, value) -> labels.append(labels.isEmpty() ? "" : ",")
                .append(tag)
                .append("=\"")
                .append(value)
                .append('"'));
        String key = values.length == 0 ? name : name + "{" + labels + "}";
        assertThat(after).as(() -> after.keySet().toString()).containsKey(key);
        assertThat(after.get(key) - before.getOrDefault(key, 0.0)).as(key).isGreaterThanOrEqualTo(by);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
