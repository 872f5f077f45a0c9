package dev.cermin.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.cermin.json.Json;
import dev.cermin.loop.Outcome;
import dev.cermin.loop.Stop;
import dev.cermin.loop.StopReason;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A gateway that is away while the end of a task is waited for, as when it is started anew. */
class WaitingForEndTest {
    private static final Map<Integer, String> STATUS = Map.of(200, "finished", 202, "running", 203, "set_aside");

    private final UUID task = UUID.randomUUID();
    private final AtomicInteger asked = new AtomicInteger();
    private HttpServer gateway;
    private volatile Status behaviour = nth -> 200;

    @TempDir
    Path folder;

    /** What a status is answered with, by how often it was asked for; 0: the connection is cut. */
    private interface Status {
        int of(int nth) throws InterruptedException;
    }

    @BeforeEach
    void start() throws IOException {
        gateway = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        gateway.createContext("/api/tasks", this::answer);
        gateway.start();
    }

    @AfterEach
    void stop() {
        gateway.stop(0);
    }

    @Test
    void theIdIsToldFirstAndAnAbsenceIsBorne() {
        behaviour = nth -> nth == 2 ? 0 : nth < 5 ? 503 : 200;
        Shell shell = Shell.run("submit", "some", "x", "--wait", "--url", url());
        assertThat(shell.err()).startsWith("cermin: task " + task + "\n").contains("cancelled: by a test");
        assertThat(shell.code()).isEqualTo(1);
        assertThat(asked.get()).isGreaterThanOrEqualTo(5);
    }

    @Test
    void whatIsNotThereIsNotWaitedFor() {
        behaviour = nth -> 404;
        Shell shell = Shell.run("submit", "some", "x", "--wait", "--url", url());
        assertThat(shell.err()).contains("cermin: task " + task, "gone: 404");
        assertThat(shell.code()).isEqualTo(1);
        assertThat(asked).hasValue(1);
    }

    @Test
    void oneThatWasSetAsideIsNotWaitedFor() {
        behaviour = nth -> nth == 1 ? 202 : 203;
        Shell shell = Shell.run("submit", "some", "x", "--wait", "--url", url());
        assertThat(shell.err()).contains("Task " + task + " was set aside: no JSON.", "dead-letters");
        assertThat(shell.code()).isEqualTo(1);
    }

    @Test
    void anAbsenceThatGoesOnEndsTheWait() {
        behaviour = nth -> 503;
        var client = new GatewayClient(URI.create(url()), Duration.ofMillis(400));
        assertThatThrownBy(() -> client.outcome(task))
                .isInstanceOf(CommandFailure.class)
                .hasMessage("gone: 503");
        assertThat(asked.get()).isGreaterThan(1);
    }

    @Test
    void aBatchSaysWhichOfItsTasksFailed() throws IOException {
        behaviour = nth -> 404;
        Path lines = Files.writeString(folder.resolve("tasks.jsonl"), "{\"agent\":\"some\",\"input\":\"x\"}\n");
        Shell waited = Shell.run("submit", "--lines", lines.toString(), "--wait", "--url", url());
        assertThat(waited.err()).contains("cermin: task %s: gone: 404".formatted(task));
        gateway.stop(0);
        Shell away = Shell.run("submit", "--lines", lines.toString(), "--wait", "--url", url());
        assertThat(away.err()).contains("cermin: 'x': No gateway answers");
        assertThat(away.code()).isEqualTo(1);
    }

    @Test
    void onATerminalTheWaitIsToldAndWipedAway() {
        behaviour = nth -> {
            Thread.sleep(nth == 2 ? 1_100 : 0);
            return nth == 2 ? 202 : 200;
        };
        assertThat(onATerminal("true", "status", task.toString(), "--wait"))
                .contains("\r\u001B[Kcermin: waiting for the answer, ")
                .contains(" s\r\u001B[Kcermin: cancelled");
        asked.set(0);
        assertThat(onATerminal("false", "status", task.toString(), "--wait")).startsWith("cermin: cancelled");
    }

    private String onATerminal(String is, String... args) {
        String before = System.getProperty("picocli.ansi");
        System.setProperty("picocli.ansi", is);
        try {
            return Shell.run(List.of(args[0], args[1], args[2], "--url", url()).toArray(String[]::new))
                    .err();
        } finally {
            if (before == null) {
                System.clearProperty("picocli.ansi");
            } else {
                System.setProperty("picocli.ansi", before);
            }
        }
    }

    private String url() {
        return "http://127.0.0.1:" + gateway.getAddress().getPort();
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        int status = 200;
        if (path.endsWith(task.toString())) {
            try {
                status = behaviour.of(asked.incrementAndGet());
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
        }
        if (status == 0) {
            exchange.close();
            return;
        }
        String body = status >= 400
                ? Json.text(Map.of("detail", "gone: " + status))
                : path.endsWith("outcome")
                        ? Json.text(outcome())
                        : Json.text(Map.of("id", task.toString(), "status", STATUS.get(status), "reason", "no JSON"));
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private Outcome outcome() {
        return new Outcome(task, "some", new Stop(StopReason.CANCELLED, "by a test"), null, List.of(), List.of());
    }
}
