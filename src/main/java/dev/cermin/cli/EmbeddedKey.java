package dev.cermin.cli;

import dev.cermin.audit.NoteSigner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;

/** What an embedded Postgres's log of traces is signed with where nothing is configured: a key made at the first start. */
final class EmbeddedKey {
    private static final String NAME = "cermin";

    private EmbeddedKey() {}

    /** Adds the settings of the key, and of the file of checkpoints beside it. A command that only reads makes no key. */
    static void addTo(Map<String, String> settings, Path home) {
        if (!Launch.isUnset("cermin.audit.key") || !Launch.isUnset("cermin.audit.key-file")) {
            return;
        }
        Path key = home.resolve("audit-key.pem");
        boolean reads = "none".equals(settings.get("cermin.roles"));
        if (Files.notExists(key)) {
            if (reads) {
                return;
            }
            NoteSigner signer = NoteSigner.of(NAME, create(key));
            System.err.printf(
                    "cermin: a key was made that the log of traces is signed with, %s; its public key is %s%n",
                    key, signer.key());
        }
        settings.put("cermin.audit.key-file", key.toString());
        settings.put("cermin.audit.file", home.resolve("checkpoints.txt").toString());
        settings.put("cermin.audit.interval", "10s");
    }

    private static String create(Path file) {
        String pem = NoteSigner.newPem();
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            boolean posix =
                    Files.getFileStore(file.toAbsolutePath().getParent()).supportsFileAttributeView("posix");
            FileAttribute<?>[] mine = posix
                    ? new FileAttribute<?>[] {
                        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                    }
                    : new FileAttribute<?>[0];
            Path fresh = Files.createTempFile(file.toAbsolutePath().getParent(), "audit-key", ".new", mine);
            Files.writeString(fresh, pem);
            Files.move(fresh, file);
        } catch (IOException e) {
            throw new CommandFailure("No key for the log of traces can be written to %s: %s".formatted(file, e));
        }
        return pem;
    }
}
