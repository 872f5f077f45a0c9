package dev.cermin.lesson;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashSet;
import java.util.Set;

/**
 * Keeps a file for one object: within the process by a set, against other processes by a lock on {@code FILE.lock}, which
 * the operating system releases however the process ends. Thread-safe.
 */
final class FileGuard implements AutoCloseable {
    // asked before the lock: to close any channel of a file may release all locks that the JVM holds on it
    private static final Set<Path> HELD = new HashSet<>();

    private final Path file;
    private final FileChannel channel;

    private FileGuard(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /**
     * Takes a file, which need not be there yet; its folder is made.
     *
     * @throws LessonFileException where another object or process has the file
     */
    static FileGuard take(Path named) throws IOException {
        Path folder = Files.createDirectories(named.toAbsolutePath().getParent());
        Path file =
                Files.exists(named) ? named.toRealPath() : folder.toRealPath().resolve(named.getFileName());
        synchronized (HELD) {
            if (HELD.contains(file)) {
                throw new LessonFileException(
                        "The lessons in %s are open in this process already. Share them: they are thread-safe."
                                .formatted(file),
                        null);
            }
            FileGuard guard = new FileGuard(file, lock(file));
            HELD.add(file);
            return guard;
        }
    }

    private static FileChannel lock(Path file) throws IOException {
        FileChannel channel = FileChannel.open(
                file.resolveSibling(file.getFileName() + ".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock = null;
        try {
            lock = channel.tryLock();
        } finally {
            if (lock == null) {
                channel.close();
            }
        }
        if (lock == null) {
            throw new LessonFileException(
                    "The lessons in %s are open in another process, and one at a time can have them. End it, or name another file."
                            .formatted(file),
                    null);
        }
        return channel;
    }

    /** Makes an empty file with the permissions of another or, where there is none, for its owner only. */
    static void create(Path fresh, Path like) throws IOException {
        if (!fresh.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.createFile(fresh);
            return;
        }
        FileAttribute<?> permissions = PosixFilePermissions.asFileAttribute(
                Files.exists(like)
                        ? Files.getPosixFilePermissions(like)
                        : PosixFilePermissions.fromString("rw-------"));
        Files.createFile(fresh, permissions);
    }

    /** Where it really lies. */
    Path file() {
        return file;
    }

    /** @throws LessonFileException where the lock can't be closed; it ends with the process then */
    @Override
    public void close() {
        synchronized (HELD) {
            if (!channel.isOpen()) {
                return; // somebody else may hold the file by now
            }
            HELD.remove(file);
            try {
                channel.close();
            } catch (IOException e) {
                throw new LessonFileException(
                        "Can't give back the lessons in %s: %s. End this process.".formatted(file, e), e);
            }
        }
    }
}
