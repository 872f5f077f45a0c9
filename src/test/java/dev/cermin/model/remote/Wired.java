package dev.cermin.model.remote;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import dev.cermin.json.Json;
import dev.cermin.model.ConfiguredModels;
import dev.cermin.model.ModelSettings;
import dev.langchain4j.model.chat.ChatModel;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.eventstream.HeaderValue;
import software.amazon.eventstream.Message;

/**
 * A provider as the tests set it against a server of theirs: one line a provider, and its folder of exchanges.
 *
 * @param basePath what its base URL ends with
 * @param path of a call, as a pattern
 * @param streamPath of a streamed call
 * @param keyHeader where its key goes
 * @param overloaded the status by which it says so
 */
record Wired(
        String provider,
        String model,
        String basePath,
        String path,
        String streamPath,
        String streamType,
        String keyHeader,
        int overloaded,
        Map<String, String> parameters) {
    static final String KEY = "sentinel-key-4711";

    static final java.util.List<Wired> ALL = java.util.List.of(
            new Wired(
                    "openai",
                    "gpt-4.1-mini",
                    "/v1",
                    "/v1/chat/completions",
                    "/v1/chat/completions",
                    "text/event-stream",
                    "Authorization",
                    503,
                    Map.of("json-schema", "true")),
            new Wired(
                    "anthropic",
                    "claude-sonnet-4-5",
                    "/v1",
                    "/v1/messages",
                    "/v1/messages",
                    "text/event-stream",
                    "x-api-key",
                    529,
                    Map.of("json-schema", "true")),
            new Wired(
                    "gemini",
                    "gemini-2.5-flash",
                    "/v1beta",
                    "/v1beta/models/gemini-2.5-flash:generateContent",
                    "/v1beta/models/gemini-2.5-flash:streamGenerateContent.*",
                    "text/event-stream",
                    "x-goog-api-key",
                    503,
                    Map.of()),
            new Wired(
                    "mistral",
                    "mistral-small-latest",
                    "/v1",
                    "/v1/chat/completions",
                    "/v1/chat/completions",
                    "text/event-stream",
                    "Authorization",
                    503,
                    Map.of()),
            new Wired(
                    "ollama",
                    "llama3.2",
                    "",
                    "/api/chat",
                    "/api/chat",
                    "application/x-ndjson",
                    "Authorization",
                    503,
                    Map.of()),
            new Wired(
                    "azure-openai",
                    "mini",
                    "",
                    "/openai/deployments/mini/chat/completions\\?api-version=2024-10-21",
                    "/openai/deployments/mini/chat/completions\\?api-version=2024-10-21",
                    "text/event-stream",
                    "api-key",
                    503,
                    Map.of("api-version", "2024-10-21")),
            new Wired(
                    "bedrock",
                    "anthropic.claude-sonnet-4-5-20250929-v1:0",
                    "",
                    "/model/anthropic.claude-sonnet-4-5-20250929-v1%3A0/converse",
                    "/model/anthropic.claude-sonnet-4-5-20250929-v1%3A0/converse-stream",
                    "application/vnd.amazon.eventstream",
                    "Authorization",
                    503,
                    Map.of("json-schema", "true", "region", "eu-central-1")));

    static Wired of(String provider) {
        return ALL.stream()
                .filter(one -> one.provider.equals(provider))
                .findAny()
                .orElseThrow();
    }

    /** The settings of a model called {@code chat} at that port of this machine. */
    ModelSettings.Builder settings(int port, boolean stream, Map<String, String> more) {
        Map<String, String> all = new TreeMap<>(parameters);
        all.putAll(more);
        if (stream) {
            all.put("stream", "true");
        }
        return ModelSettings.builder(provider)
                .baseUrl(URI.create("http://127.0.0.1:" + port + basePath))
                .apiKey(KEY)
                .model(model)
                .timeout(Duration.ofSeconds(20))
                .parameters(all);
    }

    static ChatModel model(ModelSettings settings) {
        return new ConfiguredModels(Map.of("chat", settings), Path.of("target"))
                .named("chat")
                .chat();
    }

    String path(boolean stream) {
        return stream ? streamPath : path;
    }

    /** A successful exchange by its name: {@code answer}, {@code tool}, {@code schema}. */
    ResponseDefinitionBuilder answer(String name, boolean stream) {
        return aResponse()
                .withStatus(200)
                .withHeader("Content-Type", stream ? streamType : "application/json")
                .withBody(body(name, stream));
    }

    byte[] body(String name, boolean stream) {
        byte[] text = read(name + (stream ? ".stream" : ".json"));
        return stream && provider.equals("bedrock") ? frames(new String(text, StandardCharsets.UTF_8)) : text;
    }

    /** An error by its file's name, which begins with its status; it shows the key that it was given. */
    ResponseDefinitionBuilder error(String name) {
        String text = new String(read(name + ".json"), StandardCharsets.UTF_8).replace("{{key}}", KEY);
        return aResponse()
                .withStatus(Integer.parseInt(name.substring(0, 3)))
                .withHeader("Content-Type", "application/json")
                .withBody(text);
    }

    private byte[] read(String file) {
        String resource = "/exchanges/" + provider + "/" + file;
        try (InputStream in = Wired.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalArgumentException("There is no exchange " + resource);
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Each line as a frame of AWS's event stream. */
    private static byte[] frames(String lines) {
        var all = new ByteArrayOutputStream();
        lines.lines().forEach(line -> {
            Map<String, Object> event = Json.read(line, new com.fasterxml.jackson.core.type.TypeReference<>() {});
            event.forEach((type, payload) -> {
                Map<String, HeaderValue> headers = new LinkedHashMap<>();
                headers.put(":event-type", HeaderValue.fromString(type));
                headers.put(":content-type", HeaderValue.fromString("application/json"));
                headers.put(":message-type", HeaderValue.fromString("event"));
                new Message(headers, Json.bytes(payload)).encode(all);
            });
        });
        return all.toByteArray();
    }

    @Override
    public String toString() {
        return provider;
    }
}
