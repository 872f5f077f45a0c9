package dev.cermin.tune.source;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * A folder that one run at a time works in, by a lock on its file {@code lock}: it goes with the process, however that
 * ends, and the file stays. Whoever has it can't take it again.
 *
 * <pre>{@code
 * try (FolderLock held = FolderLock.of(folder)) {
 *     ...
 * }
 * }</pre>
 */
public final class FolderLock implements Closeable {
    private final FileChannel channel;

    private FolderLock(FileChannel channel) {
        this.channel = channel;
    }

    /**
     * Does not wait.
     *
     * @param folder is made where there is none
     * @throws SourceException where another run is at work there
     * @throws UncheckedIOException where it can't be written
     */
    public static FolderLock of(Path folder) {
        Path file = folder.resolve("lock");
        try {
            Files.createDirectories(folder.toAbsolutePath());
            FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (lock(channel) == null) {
                channel.close();
                throw new SourceException(
                        "Another run is at work in %s. Wait until it has ended, or give another folder"
                                .formatted(folder));
            }
            return new FolderLock(channel);
        } catch (IOException e) {
            throw new UncheckedIOException("%s can't be locked: %s".formatted(file, e), e);
        }
    }

    /** Null where another has it, of this process or not. */
    private static @Nullable FileLock lock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException("The folder's lock can't be given back: " + e, e);
        }
    }
}
