package dev.cermin.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The Postgres server of a data folder, whoever started it, known by Postgres's own {@code postmaster.pid}. Works by
 * signals, so that a server can be stopped whose parent is gone.
 */
record Postmaster(Path data) {
    private static final Duration FAST = Duration.ofSeconds(8);
    private static final Duration IMMEDIATE = Duration.ofSeconds(2);
    private static final int STATUS_LINE = 7;
    private static final String NO_SUCH_PID = Integer.toString(Integer.MAX_VALUE);

    static Postmaster ofHome(Path home) {
        return new Postmaster(home.resolve("postgres").resolve("data"));
    }

    /** The live server; empty if none runs, also where the recorded pid belongs to another program by now. */
    Optional<ProcessHandle> process() throws IOException {
        List<String> lines = pidFile();
        if (lines.isEmpty() || !lines.get(0).strip().matches("[0-9]{1,10}")) {
            return Optional.empty();
        }
        Optional<ProcessHandle> process =
                ProcessHandle.of(Long.parseLong(lines.get(0).strip()));
        return process.isPresent() && LivePid.runs(process.get()) && isOurs(process.get()) ? process : Optional.empty();
    }

    /** The lines of the pid file; none if there is no such file. */
    List<String> pidFile() throws IOException {
        try {
            return Files.readAllLines(file());
        } catch (NoSuchFileException e) {
            return List.of();
        }
    }

    /** Whether a server that started since {@code before} was read says that it takes connections. */
    boolean isReady(List<String> before) throws IOException {
        List<String> now = pidFile();
        return now.size() > STATUS_LINE && now.get(STATUS_LINE).strip().equals("ready") && !now.equals(before);
    }

    /** Stops the server with all its sessions, by force after about 10 s; does nothing if none runs. */
    void stop() throws IOException, InterruptedException {
        Optional<ProcessHandle> process = process();
        if (process.isEmpty()) {
            return;
        }
        if (signal(process.get(), "INT") && ended(process.get(), FAST)) {
            return;
        }
        kill();
    }

    /** Ends the server at once; its next start recovers from the write-ahead log. */
    void kill() throws IOException, InterruptedException {
        Optional<ProcessHandle> process = process();
        if (process.isPresent() && !(signal(process.get(), "QUIT") && ended(process.get(), IMMEDIATE))) {
            boolean asked = process.get().destroyForcibly();
            if (!asked || !ended(process.get(), IMMEDIATE)) {
                throw new IOException("Postgres (pid " + process.get().pid() + ") of " + data + " could not be ended");
            }
        }
    }

    /**
     * Makes a pid file that a crash left behind harmless. Postgres refuses to start while the recorded pid is alive,
     * and after a reboot that number is often another program's. The rest of the file stays: by it Postgres finds
     * sessions that outlived their server.
     */
    void disownStalePid() throws IOException {
        List<String> lines = pidFile();
        if (!lines.isEmpty() && process().isEmpty()) {
            lines.set(0, NO_SUCH_PID);
            Files.write(file(), lines);
        }
    }

    private Path file() {
        return data.resolve("postmaster.pid");
    }

    // the program lies beside the data: the Postgres of another home is not ours to stop
    private boolean isOurs(ProcessHandle process) throws IOException {
        Path folder = data.toRealPath().getParent();
        Optional<String> command = process.info().command();
        return command.isPresent() && Path.of(command.get()).startsWith(folder);
    }

    // Java's own destroy() sends TERM, on which Postgres waits for its clients to leave
    private static boolean signal(ProcessHandle process, String name) throws IOException, InterruptedException {
        return new ProcessBuilder("sh", "-c", "kill -" + name + " " + process.pid())
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start()
                        .waitFor()
                == 0;
    }

    private static boolean ended(ProcessHandle process, Duration within) throws InterruptedException {
        long end = System.nanoTime() + within.toNanos();
        while (LivePid.runs(process)) {
            if (System.nanoTime() > end) {
                return false;
            }
            Thread.sleep(10);
        }
        return true;
    }
}
