package dev.cermin.verify.code;

import dev.cermin.verify.VerifierUnavailableException;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** A process and all that it has started. */
final class ProcessTree {
    private static final String CHILDREN = "children";
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    /** For the outermost process to see that the others have ended, and end itself. */
    private static final Duration REAPING = Duration.ofMillis(500);

    private static final long PAUSE_NANOS = 2_000_000;

    private final Process process;

    ProcessTree(Process process) {
        this.process = process;
    }

    /** Whether the kernel tells a process's children, without which nothing could be summed up. */
    static boolean isVisible() {
        return Files.isReadable(Path.of("/proc/thread-self", CHILDREN));
    }

    /** Bytes that they have in memory together, without the files that they have mapped. */
    long memory() {
        return memory(process.pid());
    }

    /**
     * Kills them all, and waits until none is left.
     *
     * @throws VerifierUnavailableException where one can't be killed within 30 s
     */
    void kill() {
        long since = System.nanoTime();
        Set<ProcessHandle> left = new HashSet<>();
        do {
            try (Stream<ProcessHandle> below = process.descendants()) {
                below.forEach(left::add);
            }
            left.removeIf(ProcessTree::hasEnded);
            // the first process of the namespace is among them; the kernel kills the rest with it
            left.forEach(ProcessHandle::destroyForcibly);
            Duration spent = Duration.ofNanos(System.nanoTime() - since);
            if (spent.compareTo(REAPING) > 0) {
                process.destroyForcibly();
            }
            if (spent.compareTo(PATIENCE) > 0) {
                throw new VerifierUnavailableException("Processes of the sandbox can't be killed: " + left);
            }
            // an interrupted thread goes round without a pause
            LockSupport.parkNanos(PAUSE_NANOS);
        } while (process.isAlive() || !left.isEmpty());
    }

    private static boolean hasEnded(ProcessHandle handle) {
        try {
            return !handle.isAlive()
                    || Files.readString(folder(handle.pid()).resolve("status")).contains("\nState:\tZ");
        } catch (IOException e) {
            return true;
        }
    }

    private static Path folder(long pid) {
        return Path.of("/proc", String.valueOf(pid));
    }

    private static long memory(long pid) {
        Path folder = folder(pid);
        long bytes = 0;
        try (DirectoryStream<Path> threads = Files.newDirectoryStream(folder.resolve("task"))) {
            List<String> status = Files.readAllLines(folder.resolve("status"));
            bytes = (kibibytes(status, "RssAnon:") + kibibytes(status, "RssShmem:")) << 10;
            for (Path thread : threads) {
                bytes += children(thread).map(ProcessTree::memory).sum();
            }
        } catch (IOException | DirectoryIteratorException e) {
            // it has ended
        }
        return bytes;
    }

    /** A tenth of the time that it takes to ask all the machine's processes for their parents. */
    private static LongStream children(Path thread) {
        try {
            String pids = Files.readString(thread.resolve(CHILDREN));
            return Stream.of(pids.split(" ")).filter(pid -> !pid.isBlank()).mapToLong(Long::parseLong);
        } catch (IOException e) {
            return LongStream.empty(); // the thread has ended
        }
    }

    private static long kibibytes(List<String> status, String key) {
        return status.stream()
                .filter(line -> line.startsWith(key))
                .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
                .sum();
    }
}
