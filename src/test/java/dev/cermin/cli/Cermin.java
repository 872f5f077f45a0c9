package dev.cermin.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.cermin.json.Json;
import dev.cermin.trace.TraceStep;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;

/** A packaged Cermin, started by its launcher as a user starts it; and a client of its REST interface. */
final class Cermin implements AutoCloseable {
    static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final Pattern URL = Pattern.compile("(http://localhost:[0-9]+)");
    private static final Path CACHE =
            Path.of("target", System.getProperty("it.cache", "it-cache")).toAbsolutePath();
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final Process process;
    private final Queue<String> output = new ConcurrentLinkedQueue<>();
    private final Thread reader;

    private Cermin(Process process) {
        this.process = process;
        this.reader = Thread.ofVirtual().start(this::read);
    }

    static Cermin start(Path home, String... arguments) throws IOException {
        return start(home, Map.of(), arguments);
    }

    static Cermin start(Path home, Map<String, String> environment, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of("./cermin"));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("CERMIN_HOME", home.toString());
        shareCache(home);
        builder.environment().putAll(environment);
        return new Cermin(builder.start());
    }

    /** What a start leaves for the next one to be quicker, the same for all homes of this JVM's tests. */
    private static void shareCache(Path home) throws IOException {
        Path cache = home.resolve("cache");
        if (Files.isDirectory(home) && Files.notExists(cache, LinkOption.NOFOLLOW_LINKS)) {
            Files.createSymbolicLink(cache, Files.createDirectories(CACHE));
        }
    }

    private void read() {
        try (BufferedReader lines = process.inputReader(UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                output.add(line);
            }
        } catch (IOException e) {
            output.add("[output ended: " + e.getMessage() + "]");
        }
    }

    String output() {
        return String.join("\n", output) + "\n";
    }

    /** Waits until the text is printed, and fails with all that was where it isn't. */
    Cermin says(String text) {
        Awaitility.await()
                .atMost(PATIENCE)
                .failFast(
                        "it ended before it said " + text,
                        () -> !process.isAlive() && !reader.isAlive() && !output().contains(text))
                .until(() -> output().contains(text));
        return this;
    }

    /** Its exit code; its output is complete then. */
    int ends() throws InterruptedException {
        if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            throw new AssertionError("It goes on after " + PATIENCE + ", and said:\n" + output());
        }
        reader.join(Duration.ofSeconds(10));
        return process.exitValue();
    }

    /** As the kernel's out-of-memory killer does it. */
    void kill() {
        process.destroyForcibly().onExit().join();
    }

    /** As Ctrl-C and service managers do it. */
    void stop() {
        process.destroy();
    }

    List<ProcessHandle> children() {
        return process.descendants().toList();
    }

    private String url() {
        Matcher url = URL.matcher(output());
        if (!url.find()) {
            throw new AssertionError("No URL in:\n" + output());
        }
        return url.group(1);
    }

    HttpResponse<String> get(String path) {
        return send(HttpRequest.newBuilder(URI.create(url() + path)).build());
    }

    HttpResponse<String> post(String path, Object body) {
        return send(HttpRequest.newBuilder(URI.create(url() + path))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(Json.text(body)))
                .build());
    }

    /** The id of an accepted task. */
    String submit(String agent, String input) {
        HttpResponse<String> accepted = post("/api/tasks", Map.of("agent", agent, "input", input));
        if (accepted.statusCode() != 202) {
            throw new AssertionError(accepted.statusCode() + ": " + accepted.body());
        }
        return String.valueOf(Json.read(accepted.body(), Map.class).get("id"));
    }

    /** The trace as far as it is stored. */
    List<TraceStep> trace(String task) {
        HttpResponse<String> trace = get("/api/tasks/" + task + "/trace");
        return trace.statusCode() == 200 ? Json.read(trace.body(), new TypeReference<List<TraceStep>>() {}) : List.of();
    }

    private static HttpResponse<String> send(HttpRequest request) {
        try {
            return HTTP.send(request, BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        process.destroy();
        try {
            process.onExit().orTimeout(40, TimeUnit.SECONDS).join();
        } catch (CompletionException e) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            kill();
        }
    }
}
