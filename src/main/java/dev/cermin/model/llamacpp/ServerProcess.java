package dev.cermin.model.llamacpp;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One run of the program, from its start to its end. */
final class ServerProcess {
    private static final Path SHELL = Path.of("/bin/sh");
    private static final int GRACE_SECONDS = 10;

    /**
     * Ends the server when standard input closes, which happens however this JVM ends, also by kill -9. The watch is a
     * process of its own, so that it outlives the shell; whichever ends first takes the others along.
     */
    private static final String WITH_US = """
            exec 3<&0
            "$@" </dev/null 3<&- &
            server=$!
            (
                while read -r line; do :; done
                kill "$server" 2>/dev/null || exit 0
                for second in 1 2 3 4 5 6 7 8 9 10; do
                    sleep 1
                    kill -0 "$server" 2>/dev/null || exit 0
                done
                kill -9 "$server" 2>/dev/null
            ) <&3 >/dev/null 2>&1 &
            watch=$!
            exec 3<&-
            wait "$server"
            code=$?
            kill "$watch" 2>/dev/null
            exit "$code"
            """;

    private final Process process;
    private final URI url;

    private ServerProcess(Process process, URI url) {
        this.process = process;
        this.url = url;
    }

    static ServerProcess start(LlamaCommand command, @Nullable String apiKey, ServerLog log) throws IOException {
        int port = freePort();
        List<String> arguments = new ArrayList<>();
        if (Files.isExecutable(SHELL)) {
            arguments.addAll(List.of(SHELL.toString(), "-c", WITH_US, "cermin-llama"));
        }
        arguments.addAll(command.arguments(port));
        log.begin();
        ProcessBuilder builder = new ProcessBuilder(arguments)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.file().toFile()));
        if (apiKey != null) {
            // not an argument: those are there for every user of the machine to see
            builder.environment().put("LLAMA_API_KEY", apiKey);
        }
        return new ServerProcess(builder.start(), URI.create("http://127.0.0.1:" + port));
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), 0));
            return socket.getLocalPort();
        }
    }

    URI url() {
        return url;
    }

    boolean alive() {
        return process.isAlive();
    }

    /** @return the exit code */
    int await() throws InterruptedException {
        return process.waitFor();
    }

    /** Asks it to end, and waits; by force after ten seconds. */
    void stop() {
        List<ProcessHandle> children = process.descendants().toList();
        try {
            process.getOutputStream().close();
        } catch (IOException ended) {
            // it has ended already: a closed pipe is what this is about
        }
        if (!Files.isExecutable(SHELL)) {
            process.destroy();
        }
        try {
            if (!process.waitFor(GRACE_SECONDS + 2, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        children.stream().filter(ProcessHandle::isAlive).forEach(ProcessHandle::destroyForcibly);
    }
}
