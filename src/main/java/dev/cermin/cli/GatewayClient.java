package dev.cermin.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.cermin.json.Json;
import dev.cermin.loop.Outcome;
import dev.cermin.trace.TraceStep;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A running gateway by REST. What it refuses is told in its own words. Thread-safe. */
final class GatewayClient {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    /** Of a gateway whose Kafka or Postgres is away, or of a proxy before it. */
    private static final Set<Integer> AWAY = Set.of(502, 503, 504);

    private static final Duration CALL = Duration.ofSeconds(60);
    private static final Duration LOOK = Duration.ofMillis(150);
    /** A gateway starts anew within this; the tasks go on meanwhile. */
    private static final Duration ABSENCE = Duration.ofSeconds(60);

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();
    private final URI base;
    private final Duration absence;

    /** It is away, or can't answer now: it may be asked again. */
    private static final class AwayException extends CommandFailure {
        AwayException(String message) {
            super(message);
        }
    }

    GatewayClient(URI url) {
        this(url, ABSENCE);
    }

    /** @param absence how long it may be away while the end of a task is waited for */
    GatewayClient(URI url, Duration absence) {
        this.absence = absence;
        if (url.getHost() == null || !"http https".contains(String.valueOf(url.getScheme()))) {
            throw new IllegalArgumentException(
                    "A URL such as http://127.0.0.1:8080 is expected for --url or CERMIN_URL, not '%s'".formatted(url));
        }
        String text = url.toString();
        this.base = URI.create(text.endsWith("/") ? text : text + "/");
    }

    /** @return the task's id */
    UUID submit(Map<String, ?> task) throws InterruptedException {
        return submit(task, null);
    }

    /** @param key the same one is the same task; null for none */
    UUID submit(Map<String, ?> task, @Nullable String key) throws InterruptedException {
        return post("api/tasks", task, key);
    }

    /** @return the new task's id */
    UUID fork(UUID task, Map<String, ?> request, @Nullable String key) throws InterruptedException {
        return post("api/traces/%s/forks".formatted(task), request, key);
    }

    private UUID post(String path, Map<String, ?> body, @Nullable String key) throws InterruptedException {
        HttpRequest.Builder request = request(path)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofByteArray(Json.bytes(body)));
        if (key != null) {
            request.header("Idempotency-Key", key);
        }
        return UUID.fromString(json(send(request)).path("id").asText());
    }

    String status(UUID task) throws InterruptedException {
        return send(request("api/tasks/" + task));
    }

    /** Waits for the end, also where the gateway is away for a while. */
    Outcome outcome(UUID task) throws InterruptedException {
        return outcome(task, () -> {});
    }

    /** @param waiting is run between looks */
    Outcome outcome(UUID task, Runnable waiting) throws InterruptedException {
        long answered = System.nanoTime();
        while (true) {
            try {
                JsonNode status = json(status(task));
                switch (status.path("status").asText()) {
                    case "finished" -> {
                        return Json.read(send(request("api/tasks/%s/outcome".formatted(task))), Outcome.class);
                    }
                    case "set_aside" ->
                        throw new CommandFailure(
                                "Task %s was set aside: %s. Its letter is among ./cermin dead-letters, and can be sent again once that is mended"
                                        .formatted(task, status.path("reason").asText()));
                    default -> {
                        // it goes on
                    }
                }
                answered = System.nanoTime();
            } catch (AwayException e) {
                if (System.nanoTime() - answered > absence.toNanos()) {
                    throw e;
                }
            }
            waiting.run();
            Thread.sleep(LOOK);
        }
    }

    List<TraceStep> trace(UUID task) throws InterruptedException {
        return List.of(Json.read(send(request("api/tasks/%s/trace".formatted(task))), TraceStep[].class));
    }

    /**
     * A page of traces, the latest first, as JSON.
     *
     * @param parameters which ones, and from where on
     */
    String traces(Map<String, String> parameters) throws InterruptedException {
        String query = parameters.entrySet().stream()
                .map(each -> URLEncoder.encode(each.getKey(), UTF_8) + "=" + URLEncoder.encode(each.getValue(), UTF_8))
                .collect(Collectors.joining("&"));
        return send(request("api/traces?" + query));
    }

    static JsonNode json(String body) {
        try {
            return MAPPER.readTree(body);
        } catch (IOException e) {
            throw new CommandFailure("The gateway's answer is not JSON; does --url name a gateway of Cermin?");
        }
    }

    private HttpRequest.Builder request(String path) {
        HttpRequest.Builder request = HttpRequest.newBuilder(base.resolve(path)).timeout(CALL);
        String key = System.getenv("CERMIN_API_KEY");
        return key == null || key.isBlank() ? request : request.header("Authorization", "Bearer " + key.strip());
    }

    private String send(HttpRequest.Builder request) throws InterruptedException {
        HttpResponse<String> response;
        try {
            response = http.send(request.build(), BodyHandlers.ofString());
        } catch (ConnectException e) {
            throw new AwayException(
                    "No gateway answers at %s. Start one with ./cermin serve, or name another with --url"
                            .formatted(base));
        } catch (IOException e) {
            throw new AwayException("The gateway at %s did not answer: %s".formatted(base, Application.reason(e)));
        }
        if (response.statusCode() >= 400) {
            String refusal = refusal(response);
            throw AWAY.contains(response.statusCode()) ? new AwayException(refusal) : new CommandFailure(refusal);
        }
        return response.body();
    }

    private String refusal(HttpResponse<String> response) {
        String type = response.headers().firstValue("content-type").orElse("");
        String detail =
                type.contains("json") ? json(response.body()).path("detail").asText() : "";
        return detail.isBlank() ? "%s answers with status %d".formatted(base, response.statusCode()) : detail;
    }
}
