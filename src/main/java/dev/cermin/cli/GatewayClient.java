package dev.cermin.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.cermin.json.Json;
import dev.cermin.loop.Outcome;
import dev.cermin.trace.TraceStep;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** A running gateway by REST. What it refuses is told in its own words. Thread-safe. */
final class GatewayClient {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final Duration CALL = Duration.ofSeconds(60);
    private static final Duration LOOK = Duration.ofMillis(150);

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();
    private final URI base;

    GatewayClient(URI url) {
        if (url.getHost() == null || !"http https".contains(String.valueOf(url.getScheme()))) {
            throw new CommandFailure(
                    "A URL such as http://127.0.0.1:8080 is expected for --url or CERMIN_URL, not '%s'".formatted(url));
        }
        String text = url.toString();
        this.base = URI.create(text.endsWith("/") ? text : text + "/");
    }

    /** @return the task's id */
    UUID submit(Map<String, ?> task) throws InterruptedException {
        HttpRequest.Builder request = request("api/tasks")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofByteArray(Json.bytes(task)));
        return UUID.fromString(json(send(request)).path("id").asText());
    }

    String status(UUID task) throws InterruptedException {
        return send(request("api/tasks/" + task));
    }

    /** Waits for the end. */
    Outcome outcome(UUID task) throws InterruptedException {
        while (!"finished".equals(json(status(task)).path("status").asText())) {
            Thread.sleep(LOOK);
        }
        return Json.read(send(request("api/tasks/%s/outcome".formatted(task))), Outcome.class);
    }

    List<TraceStep> trace(UUID task) throws InterruptedException {
        return List.of(Json.read(send(request("api/tasks/%s/trace".formatted(task))), TraceStep[].class));
    }

    String latest(int limit) throws InterruptedException {
        return send(request("api/tasks?limit=" + limit));
    }

    static JsonNode json(String body) {
        try {
            return MAPPER.readTree(body);
        } catch (IOException e) {
            throw new CommandFailure("The gateway's answer is not JSON; does --url name a gateway of Cermin?");
        }
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(base.resolve(path)).timeout(CALL);
    }

    private String send(HttpRequest.Builder request) throws InterruptedException {
        HttpResponse<String> response;
        try {
            response = http.send(request.build(), BodyHandlers.ofString());
        } catch (ConnectException e) {
            throw new CommandFailure(
                    "No gateway answers at %s. Start one with ./cermin serve, or name another with --url"
                            .formatted(base));
        } catch (IOException e) {
            throw new CommandFailure("The gateway at %s did not answer: %s".formatted(base, Application.reason(e)));
        }
        if (response.statusCode() >= 400) {
            throw new CommandFailure(refusal(response));
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
