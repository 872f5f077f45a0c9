package dev.cermin.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Map;

/**
 * Users and passwords of the embedded Postgres: its superuser, who owns the tables, and the services, who may not change
 * what was recorded. Passwords are made up once and kept where only the owner of the home can read them: a superuser that
 * every local program could be would be everybody's way to run commands as that owner.
 */
public final class PostgresAccess {
    static final String USER = "postgres";
    static final String SERVICES = "cermin";
    static final String DATABASE = "postgres";
    private static final int RANDOM_BYTES = 24;

    private PostgresAccess() {}

    /**
     * Quarkus' settings of the embedded Postgres of a home that was started at least once, without the URL: the services' user
     * and the tables' owner. The services' user is there once they have brought the tables up to date.
     */
    public static Map<String, String> settings(Path home) {
        return Map.of(
                "quarkus.datasource.username",
                SERVICES,
                "quarkus.datasource.password",
                read(home, servicesFile(home)),
                "quarkus.flyway.username",
                USER,
                "quarkus.flyway.password",
                password(home));
    }

    /** The superuser's password. */
    static String password(Path home) {
        return read(home, file(home));
    }

    private static String read(Path home, Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new StoresException(
                    "No password of the embedded Postgres can be read from " + file + ": " + e
                            + ". Expected the file that its first start wrote; with the file lost, the data under "
                            + home.resolve("postgres") + " needs a new password in single-user mode.",
                    e);
        }
    }

    /** The file with the password, made if it is missing. */
    static Path createPassword(Path home) throws IOException {
        makeUp(file(home));
        return file(home);
    }

    /** The same for the services' user. */
    static void createServicesPassword(Path home) throws IOException {
        makeUp(servicesFile(home));
    }

    private static void makeUp(Path file) throws IOException {
        if (Files.notExists(file)) {
            byte[] random = new byte[RANDOM_BYTES];
            new SecureRandom().nextBytes(random);
            writePrivately(file, Base64.getUrlEncoder().encodeToString(random) + "\n");
        }
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

    private static Path servicesFile(Path home) {
        return home.resolve("postgres").resolve("password-services");
    }
}
