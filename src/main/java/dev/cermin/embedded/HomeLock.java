package dev.cermin.embedded;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The lock of a home: held by the child JVM for its life, so that the operating system releases it however the child
 * ends. Beside it lies the pid of the application that the child serves.
 */
final class HomeLock implements AutoCloseable {
    private static final Duration ORPHAN_WAIT = Duration.ofSeconds(30);
    private static final Duration PROBE_WAIT = Duration.ofSeconds(1);
    private static final long POLL_MILLIS = 50;

    private final FileChannel channel;
    private final FileLock lock;

    private HomeLock(FileChannel channel, FileLock lock) {
        this.channel = channel;
        this.lock = lock;
    }

    /** Takes the lock for this process and records whom it serves; empty if another process keeps it. */
    static Optional<HomeLock> acquire(Path home, LivePid owner) throws IOException, InterruptedException {
        // an application that looks whether the home is free holds the lock for an instant: that is not a refusal
        long end = System.nanoTime() + PROBE_WAIT.toNanos();
        Optional<HomeLock> held = tryLock(home);
        while (held.isEmpty() && System.nanoTime() < end) {
            Thread.sleep(POLL_MILLIS);
            held = tryLock(home);
        }
        if (held.isPresent()) {
            Path fresh = home.resolve("stores.pid.new");
            Files.write(fresh, List.of(owner.format(), LivePid.current().format()));
            Files.move(fresh, home.resolve("stores.pid"), StandardCopyOption.ATOMIC_MOVE);
        }
        return held;
    }

    /**
     * Returns when the home is free. Waits while a child whose application has ended still shuts down.
     *
     * @throws HomeInUseException if a live application uses the home
     */
    static void awaitFree(Path home, Consumer<String> progress) throws IOException, InterruptedException {
        long end = System.nanoTime() + ORPHAN_WAIT.toNanos();
        boolean told = false;
        while (true) {
            Optional<HomeLock> free = tryLock(home);
            if (free.isPresent()) {
                free.get().close();
                return;
            }
            throwIfOwned(home);
            Optional<LivePid> child = line(home, 1);
            String name = child.map(c -> " (pid " + c.pid() + ")").orElse("");
            if (System.nanoTime() > end) {
                throw new StoresException("The stores" + name + " of an application that has ended still hold " + home
                        + " after " + ORPHAN_WAIT.toSeconds() + " s. End that process (kill -9), and start again.");
            }
            if (!told) {
                progress.accept("Waiting for the stores" + name + " of an application that has ended to shut down");
                told = true;
            }
            Thread.sleep(POLL_MILLIS);
        }
    }

    /** Throws if the application that is on record for this home is alive. */
    static void throwIfOwned(Path home) throws IOException {
        Optional<LivePid> owner = line(home, 0).filter(LivePid::isAlive);
        if (owner.isPresent()) {
            throw new HomeInUseException(home, owner.get().pid());
        }
    }

    private static Optional<HomeLock> tryLock(Path home) throws IOException {
        FileChannel channel =
                FileChannel.open(home.resolve("stores.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            FileLock lock = channel.tryLock();
            if (lock != null) {
                return Optional.of(new HomeLock(channel, lock));
            }
        } catch (OverlappingFileLockException e) {
            // another thread of this JVM looks at this moment: as good as taken
        }
        channel.close();
        return Optional.empty();
    }

    private static Optional<LivePid> line(Path home, int number) throws IOException {
        try {
            List<String> lines = Files.readAllLines(home.resolve("stores.pid"));
            return number < lines.size() ? LivePid.parse(lines.get(number)) : Optional.empty();
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    @Override
    public void close() throws IOException {
        lock.release();
        channel.close();
    }
}
