package dev.cermin.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;

/**
 * User and password of the embedded Postgres. The password is made up once and kept where only the owner of the home
 * can read it: a superuser that every local program could be would be everybody's way to run commands as that owner.
 */
public final class PostgresAccess {
    static final String USER = "postgres";
    static final String DATABASE = "postgres";
    private static final int RANDOM_BYTES = 24;

    private PostgresAccess() {}

    /** The password of the embedded Postgres of a home that was started at least once. */
    public static String password(Path home) {
        try {
            return Files.readString(file(home)).strip();
        } catch (IOException e) {
            throw new StoresException(
                    "No password of the embedded Postgres can be read from " + file(home) + ": " + e
                            + ". Expected the file that its first start wrote; with the file lost, the data under "
                            + home.resolve("postgres") + " needs a new password in single-user mode.",
                    e);
        }
    }

    /** The file with the password, made if it is missing. */
    static Path createPassword(Path home) throws IOException {
        Path file = file(home);
        if (Files.notExists(file)) {
            byte[] random = new byte[RANDOM_BYTES];
            new SecureRandom().nextBytes(random);
            writePrivately(file, Base64.getUrlEncoder().encodeToString(random) + "\n");
        }
        return file;
    }

    static void writePrivately(Path file, String text) throws IOException {
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(fresh);
        if (Files.getFileStore(file.getParent()).supportsFileAttributeView("posix")) {
            Files.createFile(fresh, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        }
        Files.writeString(fresh, text);
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static Path file(Path home) {
        return home.resolve("postgres").resolve("password");
    }
}
