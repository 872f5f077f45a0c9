package dev.cermin.cluster;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One service: a process that is started again a second after it ended by itself, as service managers do it. */
public final class Service implements Part {
    private static final Duration AGAIN = Duration.ofSeconds(1);
    private static final Duration STOP = Duration.ofSeconds(30);

    private final String name;
    private final Path log;
    private final int port;
    private final List<String> command;
    private final Map<String, String> environment;
    private final HttpClient http = HttpClient.newHttpClient();
    private @Nullable Process process;
    private boolean wanted;
    private int endedByItself;

    Service(String name, Path log, int port, List<String> command, Map<String, String> environment) {
        this.name = name;
        this.log = log;
        this.port = port;
        this.command = command;
        this.environment = environment;
    }

    @Override
    public String name() {
        return name;
    }

    /** Where it answers. */
    public URI url() {
        return URI.create("http://127.0.0.1:" + port);
    }

    /** What it said, over all its starts. */
    public Path log() {
        return log;
    }

    /** How often it ended though nobody ended it. */
    public synchronized int endedByItself() {
        return endedByItself;
    }

    @Override
    public synchronized List<ProcessHandle> processes() {
        return process == null || !process.isAlive() ? List.of() : List.of(process.toHandle());
    }

    @Override
    public synchronized void launch() {
        wanted = true;
        if (process != null && process.isAlive()) {
            return;
        }
        File file = log.toFile();
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(file));
        builder.environment().putAll(environment);
        try {
            Process started = builder.start();
            process = started;
            var unused = started.onExit().thenRun(() -> ended(started));
        } catch (IOException e) {
            throw new UncheckedIOException("%s did not start: %s".formatted(name, e.getMessage()), e);
        }
    }

    private void ended(Process which) {
        synchronized (this) {
            if (!wanted || !which.equals(process)) {
                return;
            }
            endedByItself++;
        }
        Thread.ofVirtual().start(() -> {
            try {
                Thread.sleep(AGAIN);
            } catch (InterruptedException e) {
                return; // nobody interrupts it
            }
            synchronized (this) {
                if (wanted && which.equals(process)) {
                    launch();
                }
            }
        });
    }

    @Override
    public synchronized void kill() {
        wanted = false;
        Signals.kill(processes());
    }

    /** Ends it in order, as a deployment does, and by force where that takes over 30 s. */
    public synchronized void stop() {
        wanted = false;
        if (process == null) {
            return;
        }
        process.destroy();
        try {
            if (!process.waitFor(STOP.toSeconds(), TimeUnit.SECONDS)) {
                kill();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            kill();
        }
    }

    /** Whether it answers over HTTP, whatever it says. */
    public boolean answers() {
        HttpRequest request = HttpRequest.newBuilder(url().resolve("/q/health/live"))
                .timeout(Duration.ofSeconds(2))
                .build();
        try {
            return http.send(request, BodyHandlers.discarding()).statusCode() > 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
