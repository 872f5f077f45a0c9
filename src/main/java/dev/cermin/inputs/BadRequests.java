package dev.cermin.inputs;

import dev.cermin.json.Json;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Sends mutated requests to a gateway, and looks whether each is answered as the API says. Thread-safe. */
final class BadRequests {
    /** A valid question waits behind the tasks sent before it, of which there are thousands. */
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private static final List<String> METHODS = List.of("GET", "POST", "PUT", "DELETE", "PATCH", "OPTIONS");
    private static final List<String> TYPES = List.of(
            "text/plain", "application/xml", "application/json; charset=utf-16", "*/*", "x", "multipart/form-data");

    private final URI gateway;
    private final String task;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(PATIENCE)
            .build();
    private final Map<String, AtomicInteger> answers = new ConcurrentHashMap<>();
    private final Queue<String> wrong = new ConcurrentLinkedQueue<>();

    /** A request as a client would make it. */
    private record Good(
            String method, String path, @Nullable String body) {}

    /** @param task one that has ended */
    BadRequests(URI gateway, String task) {
        this.gateway = gateway;
        this.task = task;
    }

    /** How often each status came, of the first part of the path. */
    Map<String, Integer> answers() {
        Map<String, Integer> counts = new TreeMap<>();
        answers.forEach((status, count) -> counts.put(status, count.get()));
        return counts;
    }

    /** What was answered otherwise than it should be, or not at all. */
    List<String> wrong() {
        return List.copyOf(wrong);
    }

    private List<Good> good() {
        String chat = Json.text(
                Map.of("model", "equations", "messages", List.of(Map.of("role", "user", "content", "x-7=0"))));
        String rpc = Json.text(Map.of(
                "jsonrpc",
                "2.0",
                "id",
                1,
                "method",
                "initialize",
                "params",
                Map.of(
                        "protocolVersion",
                        "2025-03-26",
                        "capabilities",
                        Map.of(),
                        "clientInfo",
                        Map.of("name", "x", "version", "1"))));
        String own = "/api/tasks/" + task;
        String submit = Json.text(Map.of(
                "agent",
                "equations",
                "input",
                "x-7=0",
                "metadata",
                Map.of("a", "b"),
                "deadline",
                "2099-01-01T00:00:00Z"));
        return List.of(
                new Good("POST", "/api/tasks", submit),
                new Good("POST", "/api/tasks", submit),
                new Good("GET", "/api/tasks?limit=5", null),
                new Good("GET", own, null),
                new Good("GET", own + "/outcome", null),
                new Good("GET", own + "/trace", null),
                new Good("GET", own + "/events", null),
                new Good("POST", own + "/cancel", ""),
                new Good("GET", "/api/agents/equations", null),
                new Good("GET", "/traces/" + task, null),
                new Good("POST", "/v1/chat/completions", chat),
                new Good("POST", "/v1/responses", Json.text(Map.of("model", "equations", "input", "x-7=0"))),
                new Good("GET", "/v1/models", null),
                new Good("POST", "/mcp", rpc));
    }

    /** One of them, mutated; returns when it is answered. */
    void send(Mutator mutator) throws InterruptedException {
        if (mutator.one(50)) {
            noise(mutator);
            return;
        }
        Good good = mutator.any(good());
        String path = mutator.one(4) ? path(mutator, good.path()) : good.path();
        String method = mutator.one(12) ? mutator.any(METHODS) : good.method();
        byte[] body = good.body() == null
                ? null
                : mutator.one(6)
                        ? good.body().getBytes(StandardCharsets.UTF_8)
                        : mutator.value(good.body().getBytes(StandardCharsets.UTF_8));
        HttpRequest.Builder request = HttpRequest.newBuilder(gateway.resolve(path))
                .timeout(PATIENCE)
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body));
        String type = mutator.one(10) ? mutator.any(TYPES) : "application/json";
        request.header("Content-Type", type);
        if (path.startsWith("/mcp")) {
            request.header("Accept", "application/json, text/event-stream");
        } else if (mutator.one(10)) {
            request.header("Accept", mutator.any(TYPES));
        }
        if (mutator.one(6)) {
            request.header(
                    mutator.any(List.of("Last-Event-ID", "Idempotency-Key", "traceparent")), printable(mutator.text()));
        }
        ask(request.build(), "%s %s %s".formatted(method, path, body == null ? "" : shown(body)));
    }

    private static String path(Mutator mutator, String good) {
        String wrong = URLEncoder.encode(printable(mutator.text()), StandardCharsets.UTF_8);
        if (good.contains("?")) {
            return good.replaceFirst("=.*", "=" + wrong);
        }
        String[] parts = good.split("/", -1);
        parts[parts.length - 1 - (parts.length > 4 ? 1 : 0)] = wrong.isEmpty() ? "%00" : wrong;
        return String.join("/", parts);
    }

    private void ask(HttpRequest request, String shown) throws InterruptedException {
        String part = request.uri().getPath().replaceFirst("^(/[a-z0-9]{0,12}).*", "$1");
        try {
            HttpResponse<String> answer = http.send(request, BodyHandlers.ofString());
            count("%s %d".formatted(part, answer.statusCode()));
            String fault = fault(part, answer);
            if (fault != null) {
                wrong.add("%s: %s; asked was %s".formatted(fault, cut(answer.body()), shown));
            }
        } catch (HttpTimeoutException e) {
            count(part + " none");
            wrong.add("no answer within %d s; asked was %s".formatted(PATIENCE.toSeconds(), shown));
        } catch (IOException e) {
            count(part + " broken");
            wrong.add("the connection broke (%s); asked was %s".formatted(e.getMessage(), shown));
        }
    }

    /** What is wrong with an answer; null where nothing is. */
    private static @Nullable String fault(String part, HttpResponse<String> answer) {
        int status = answer.statusCode();
        if (status >= 500) {
            return "it was answered with " + status;
        }
        if (status < 400) {
            return null;
        }
        String type = answer.headers().firstValue("Content-Type").orElse("none");
        if (part.equals("/api") && !type.startsWith("application/problem+json")) {
            return "%d comes as %s, not as a problem".formatted(status, type);
        }
        if (part.equals("/v1") && !answer.body().contains("\"error\"")) {
            return "%d comes without an error as OpenAI has it".formatted(status);
        }
        return null;
    }

    /** What is no HTTP at all: the connection may end, and the next one is answered. */
    private void noise(Mutator mutator) throws InterruptedException {
        try (Socket socket = new Socket(gateway.getHost(), gateway.getPort())) {
            socket.getOutputStream().write(mutator.random(200));
        } catch (IOException e) {
            // it hung up first, which is an answer too
            count("noise refused");
            return;
        }
        count("noise sent");
    }

    private void count(String what) {
        answers.computeIfAbsent(what, w -> new AtomicInteger()).incrementAndGet();
    }

    private static String printable(String text) {
        return text.replaceAll("[^ -~]", "?").strip();
    }

    private static String shown(byte[] body) {
        return cut(new String(body, StandardCharsets.UTF_8));
    }

    private static String cut(String text) {
        String line = text.replaceAll("\\s+", " ");
        return line.length() <= 300 ? line : line.substring(0, 300) + " …";
    }
}
