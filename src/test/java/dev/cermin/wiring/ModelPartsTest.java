package dev.cermin.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.cermin.Agent;
import dev.cermin.Run;
import dev.cermin.config.CerminConfig;
import dev.cermin.dispatch.Dispatch;
import dev.cermin.dispatch.Health;
import dev.cermin.fixture.Endpoint;
import dev.cermin.fixture.Endpoint.Reply;
import dev.cermin.json.Json;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Models as they are configured, on the wire. */
class ModelPartsTest {
    private static final String KEY = "sk-a-key-that-nobody-is-to-see";

    @TempDir
    Path cache;

    private final Map<String, String> settings = new HashMap<>();

    private Dispatch models() {
        settings.put("cermin.cache", cache.toString());
        settings.put("user.home", cache.toString());
        return ModelParts.of(new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                .addDiscoveredConverters()
                .withMapping(CerminConfig.class)
                .withSources(new PropertiesConfigSource(settings, "test", 100))
                .build()
                .getConfigMapping(CerminConfig.class));
    }

    private void model(String name, String... keysAndValues) {
        settings.put("cermin.models." + name + ".provider", "openai");
        settings.put("cermin.models." + name + ".model", "test");
        settings.put("cermin.models." + name + ".api-key", KEY);
        for (int i = 0; i < keysAndValues.length; i += 2) {
            settings.put("cermin.models." + name + "." + keysAndValues[i], keysAndValues[i + 1]);
        }
    }

    private static Run asked(Dispatch models, String name) {
        return Agent.builder("sums").model(models.named(name).chat()).build().start("2+2");
    }

    @Test
    void anEndpointThatAsksToWaitIsAskedAgainThen() throws IOException {
        try (Endpoint endpoint = new Endpoint(
                request -> request == 1 ? new Reply(429, "slower", Map.of("Retry-After", "2")) : Reply.saying("4"))) {
            model("chat", "base-url", endpoint.url());
            try (Dispatch models = models()) {
                Run run = asked(models, "chat");

                assertThat(run.outcome().answer()).contains("4");
                assertThat(run.outcome().usage().calls()).isEqualTo(2);
                assertThat(endpoint.requests())
                        .as("nothing beneath tries again too")
                        .isEqualTo(2);
                assertThat(Duration.ofNanos(endpoint.times.get(1) - endpoint.times.get(0)))
                        .isBetween(Duration.ofMillis(1_900), Duration.ofSeconds(6));
                assertThat(run.trace().get(1).texts().findings())
                        .contains("chat failed, rate-limit, asks to wait 2.0 s", "before chat was asked");
            }
        }
    }

    @Test
    void replicasShareTheCallsAndOneThatIsDownIsLeftAlone() throws IOException {
        try (Endpoint broken = new Endpoint(request -> Reply.failing(500, "broken"));
                Endpoint well = new Endpoint(request -> Reply.saying("4"))) {
            model("chat", "base-urls", broken.url() + "," + well.url(), "breaker.request-volume-threshold", "4");
            try (Dispatch models = models()) {
                for (int i = 0; i < 20; i++) {
                    assertThat(asked(models, "chat").outcome().answer()).contains("4");
                }
                // half of four
                assertThat(broken.requests()).isEqualTo(4);
                assertThat(well.requests()).isEqualTo(20);
                assertThat(models.health())
                        .filteredOn(health -> health.place().equals(broken.url()))
                        .singleElement()
                        .matches(health -> health.state() == Health.State.OPEN && health.failures() == 4);
            }
        }
    }

    /** The answer takes longer than the time-out; no silence in it does. */
    @Test
    void aStreamedAnswerMayTakeLongerThanItsTimeout() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/v1/chat/completions", exchange -> {
            exchange.getRequestBody().readAllBytes();
            exchange.getResponseHeaders().add("Content-Type", "text/event-stream");
            exchange.sendResponseHeaders(200, 0);
            for (int i = 0; i < 5; i++) {
                send(exchange, "{\"content\": \"4\"}", "null");
                pause(400);
            }
            send(exchange, "{}", "\"stop\"");
            exchange.getResponseBody().write("data: [DONE]\n\n".getBytes(StandardCharsets.UTF_8));
            exchange.close();
        });
        server.start();
        String url = "http://127.0.0.1:%d/v1".formatted(server.getAddress().getPort());
        model("chat", "base-url", url, "parameters.stream", "true", "timeout", "1500ms", "max-retries", "0");
        try (Dispatch models = models()) {
            assertThat(asked(models, "chat").outcome().answer()).contains("44444");
        } finally {
            server.stop(0);
        }
    }

    private static void send(HttpExchange exchange, String delta, String finish) throws IOException {
        String event = "data: {\"id\": \"1\", \"choices\": [{\"index\": 0, \"delta\": %s, \"finish_reason\": %s}]}\n\n"
                .formatted(delta, finish);
        exchange.getResponseBody().write(event.getBytes(StandardCharsets.UTF_8));
        exchange.getResponseBody().flush();
    }

    private static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void replicasThatDifferInWhatIsNotShownAreSeveral() {
        model("chat", "base-urls", "http://127.0.0.1:1/v1?zone=a,http://127.0.0.1:1/v1?zone=b");
        try (Dispatch models = models()) {
            assertThat(models.health())
                    .filteredOn(health -> health.model().equals("chat"))
                    .extracting(Health::place)
                    .containsExactly("http://127.0.0.1:1/v1", "http://127.0.0.1:1/v1 (2)");
        }
    }

    @Test
    void aFallbackAndARouteAreConfiguredByName() throws IOException {
        try (Endpoint down = new Endpoint(request -> Reply.failing(404, "no such model"));
                Endpoint well = new Endpoint(request -> Reply.saying("4"))) {
            model("small", "base-url", down.url(), "tags", "cheap", "price-in", "1");
            model("large", "base-url", well.url(), "tags", "cheap,strong", "price-in", "2", "price-out", "3");
            settings.put("cermin.models.small.fallback", "large");
            settings.put("cermin.models.best.provider", "route");
            settings.put("cermin.models.best.route.tags", "cheap");
            settings.put("cermin.models.best.route.prefer", "price");
            settings.put("cermin.models.best.route.role-tags.reflect", "strong");
            try (Dispatch models = models()) {
                assertThat(models.names()).containsExactly("best", "large", "mirror", "small");
                Run run = asked(models, "best");

                assertThat(run.outcome().best().draft().model()).isEqualTo("large");
                // 100 tokens read and 20 written
                assertThat(run.outcome().usage().cost()).isEqualByComparingTo("0.00026");
                assertThat(run.trace().get(1).texts().findings())
                        .contains("best: small is the cheapest of [small, large]", "small failed, not-found");
                assertThat(asked(models, "small").outcome().answer()).contains("4");
            }
        }
    }

    @Test
    void aKeyIsInNoMessageTraceOrLogLine() throws IOException {
        List<String> logged = new CopyOnWriteArrayList<>();
        Logger root = Logger.getLogger("");
        Handler handler = keeping(logged);
        Level before = root.getLevel();
        root.addHandler(handler);
        root.setLevel(Level.ALL);
        try (Endpoint telling = new Endpoint(request -> Reply.failing(401, "Incorrect API key provided: " + KEY))) {
            model("chat", "base-url", telling.url(), "breaker.request-volume-threshold", "1");
            try (Dispatch models = models()) {
                Run run = asked(models, "chat");
                Throwable failure =
                        run.future().handle((outcome, thrown) -> thrown).join();

                assertThat(telling.authorizations).as("it was sent").containsExactly("Bearer " + KEY);
                StringWriter stack = new StringWriter();
                failure.printStackTrace(new PrintWriter(stack, true));
                assertThat(stack.toString())
                        .contains("Incorrect API key provided")
                        .doesNotContain(KEY);
                assertThat(Json.text(run.trace()))
                        .contains("Incorrect API key provided")
                        .doesNotContain(KEY);
                assertThat(models.health().toString()).doesNotContain(KEY);
                assertThat(models.check("chat", Duration.ofSeconds(5)).toString())
                        .doesNotContain(KEY);
            }
        } finally {
            root.setLevel(before);
            root.removeHandler(handler);
        }
        assertThat(logged).anyMatch(line -> line.contains("is left alone")).noneMatch(line -> line.contains(KEY));
    }

    private static Handler keeping(List<String> lines) {
        return new Handler() {
            @Override
            public void publish(LogRecord line) {
                StringWriter all = new StringWriter();
                all.append(String.valueOf(line.getMessage()));
                if (line.getParameters() != null) {
                    for (Object value : line.getParameters()) {
                        all.append(' ').append(String.valueOf(value));
                    }
                }
                if (line.getThrown() != null) {
                    line.getThrown().printStackTrace(new PrintWriter(all, true));
                }
                lines.add(all.toString());
            }

            @Override
            public void flush() {
                // nothing is held back
            }

            @Override
            public void close() {
                // nothing is open
            }
        };
    }

    @Test
    void whatIsWrongIsToldWithItsKey() {
        model("chat", "base-url", "http://127.0.0.1:1/v1", "breaker.failure-ratio", "1.5");
        assertThatThrownBy(this::models)
                .hasMessageStartingWith("cermin.models.chat: A breaker looks at 1 call or more");

        settings.clear();
        model("chat", "base-url", "http://127.0.0.1:1/v1", "base-urls", "http://127.0.0.1:1/v1");
        assertThatThrownBy(this::models)
                .hasMessage("cermin.models.chat has base-url and base-urls; one of the two is expected");

        settings.clear();
        model("chat", "base-url", "http://127.0.0.1:1/v1", "fallback", "larger");
        assertThatThrownBy(this::models)
                .hasMessage("Model 'chat' falls back to 'larger', which is no model here; there are [chat, mirror]");
    }
}
