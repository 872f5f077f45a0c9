package dev.cermin.embedded;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** A process id with the time its process started, so that a number that was given out again is not mistaken for it. */
record LivePid(long pid, long startedMillis) {
    // the start time is derived from the wall clock at boot, which a clock step moves
    private static final Duration TOLERANCE = Duration.ofSeconds(10);

    static LivePid current() {
        return of(ProcessHandle.current());
    }

    static LivePid of(ProcessHandle process) {
        return new LivePid(
                process.pid(),
                process.info().startInstant().map(Instant::toEpochMilli).orElse(0L));
    }

    String format() {
        return pid + " " + startedMillis;
    }

    static Optional<LivePid> parse(String text) {
        String[] parts = text.strip().split(" ", -1);
        try {
            return parts.length == 2
                    ? Optional.of(new LivePid(Long.parseLong(parts[0]), Long.parseLong(parts[1])))
                    : Optional.empty();
        } catch (NumberFormatException e) {
            return Optional.empty(); // a torn or foreign file names no process
        }
    }

    /** Whether that very process is alive. */
    boolean isAlive() {
        return ProcessHandle.of(pid)
                .filter(LivePid::runs)
                .filter(process -> {
                    long now = of(process).startedMillis();
                    return now == 0 || startedMillis == 0 || Math.abs(now - startedMillis) < TOLERANCE.toMillis();
                })
                .isPresent();
    }

    /** Whether a process runs. One that ended but that nobody waited for, as under a bare container, does not. */
    static boolean runs(ProcessHandle process) {
        if (!process.isAlive()) {
            return false;
        }
        try {
            String stat = Files.readString(Path.of("/proc", Long.toString(process.pid()), "stat"), ISO_8859_1);
            return !stat.startsWith("Z", stat.lastIndexOf(')') + 2);
        } catch (IOException e) {
            return process.isAlive(); // no /proc here, or it has ended just now
        }
    }
}
