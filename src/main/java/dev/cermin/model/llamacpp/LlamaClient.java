package dev.cermin.model.llamacpp;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/** llama-server's own endpoints, those beside OpenAI's. Thread-safe. */
final class LlamaClient {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
    private final URI root;
    private final @Nullable String apiKey;

    /** @param url with or without {@code /v1} */
    LlamaClient(URI url, @Nullable String apiKey) {
        this.root = root(url);
        this.apiKey = apiKey;
    }

    static URI root(URI url) {
        String text = url.toString().replaceFirst("/+$", "").replaceFirst("/v1$", "");
        return URI.create(text);
    }

    enum Health {
        READY,
        LOADING,
        AWAY
    }

    /** 503 is a server that still loads its model. */
    Health health() throws InterruptedException {
        try {
            int status = http.send(
                            request("/health", Duration.ofSeconds(5)).GET().build(), BODY)
                    .statusCode();
            return status == 200 ? Health.READY : status == 503 ? Health.LOADING : Health.AWAY;
        } catch (IOException e) {
            return Health.AWAY;
        }
    }

    JsonNode get(String path) {
        return read(path, request(path, Duration.ofSeconds(10)).GET().build());
    }

    JsonNode post(String path, Object body, Duration timeout) {
        String json;
        try {
            json = JSON.writeValueAsString(body);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("The request to " + path + " is no JSON: " + e.getOriginalMessage(), e);
        }
        return read(
                path,
                request(path, timeout)
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(json))
                        .build());
    }

    /** @throws LlamaServerException where it is none */
    static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new LlamaServerException("llama-server's answer is no JSON: " + e.getOriginalMessage(), e);
        }
    }

    private static final HttpResponse.BodyHandler<String> BODY = HttpResponse.BodyHandlers.ofString();

    private HttpRequest.Builder request(String path, Duration timeout) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(root + path)).timeout(timeout);
        return apiKey == null ? request : request.header("Authorization", "Bearer " + apiKey);
    }

    private JsonNode read(String path, HttpRequest request) {
        try {
            HttpResponse<String> response = http.send(request, BODY);
            JsonNode body = JSON.readTree(response.body());
            if (response.statusCode() != 200) {
                String message = body.path("error").path("message").asText("no message");
                throw new LlamaServerException("llama-server at %s answers %d to %s: %s"
                        .formatted(root, response.statusCode(), path, message));
            }
            return body;
        } catch (JsonProcessingException e) {
            throw new LlamaServerException(
                    "What is at %s answers %s with no JSON: is it a llama-server?".formatted(root, path), e);
        } catch (IOException e) {
            throw new LlamaServerException("llama-server at %s does not answer %s: %s".formatted(root, path, e), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("The thread was interrupted while llama-server was asked for " + path);
        }
    }
}
