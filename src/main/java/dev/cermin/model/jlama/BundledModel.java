package dev.cermin.model.jlama;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.ReadOnlyFileSystemException;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;

/** The small model that comes with the library, as class-path resources. Its card is {@code mirror/README.md}. */
public final class BundledModel {
    private static final String RESOURCES = "/dev/cermin/model/mirror/";
    private static final String WEIGHTS = ModelFolder.WEIGHTS;
    private static final List<String> FILES =
            List.of("config.json", WEIGHTS, "tokenizer.json", "tokenizer_config.json", ReferenceText.FILE, "README.md");

    /** A file lock keeps other processes out, not other threads of this one. */
    private static final ReentrantLock IN_PROCESS = new ReentrantLock();

    private BundledModel() {}

    /**
     * Puts the model's files into a folder that {@link JlamaChatModel} loads. A complete copy is reused, a damaged one
     * replaced; any number of threads and processes may do so at once.
     *
     * @param cacheFolder where copies are kept; created if need be
     * @return {@code cacheFolder/mirror-}, followed by the first twelve hexadecimal digits of the weights' SHA-256
     * @throws ModelLoadException when the folder cannot be written
     */
    public static Path unpack(Path cacheFolder) {
        Path target = cacheFolder.resolve("mirror-" + sha256(resource(WEIGHTS)).substring(0, 12));
        if (isComplete(target)) {
            return target;
        }
        IN_PROCESS.lock();
        try {
            Files.createDirectories(cacheFolder);
            try (FileChannel channel = FileChannel.open(
                            cacheFolder.resolve(".mirror.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    FileLock lock = channel.lock()) {
                if (lock.isValid() && !isComplete(target)) {
                    replace(target);
                }
            }
            return target;
        } catch (IOException | ReadOnlyFileSystemException e) {
            throw new ModelLoadException(
                    cacheFolder,
                    "the bundled model cannot be unpacked there: " + e,
                    "Give a folder that this process may write to",
                    e);
        } finally {
            IN_PROCESS.unlock();
        }
    }

    /** Writes beside the target and moves, so that no reader ever sees half a model. */
    private static void replace(Path target) throws IOException {
        Path cacheFolder = target.getParent();
        Path fresh = Files.createTempDirectory(cacheFolder, ".mirror-");
        Path damaged = cacheFolder.resolve(fresh.getFileName() + "-damaged");
        try {
            for (String name : FILES) {
                Files.write(fresh.resolve(name), resource(name));
            }
            if (Files.exists(target)) {
                Files.move(target, damaged, StandardCopyOption.ATOMIC_MOVE);
            }
            Files.move(fresh, target, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            delete(fresh);
            delete(damaged);
        }
    }

    private static boolean isComplete(Path folder) {
        for (String name : FILES) {
            Path file = folder.resolve(name);
            try {
                if (!Files.isRegularFile(file)
                        || !sha256(Files.readAllBytes(file)).equals(sha256(resource(name)))) {
                    return false;
                }
            } catch (IOException unreadable) {
                return false; // and what keeps it from being replaced is reported then
            }
        }
        return true;
    }

    private static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }

    private static byte[] resource(String name) {
        try (InputStream in = BundledModel.class.getResourceAsStream(RESOURCES + name)) {
            if (in == null) {
                throw new IllegalStateException("The library is incomplete: the resource " + RESOURCES + name
                        + " is missing. Build or download it again.");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException("The resource " + RESOURCES + name + " cannot be read", e);
        }
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }
}
