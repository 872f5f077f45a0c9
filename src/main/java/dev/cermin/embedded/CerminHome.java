package dev.cermin.embedded;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** Finds the folder where Cermin keeps its data on this machine. */
public final class CerminHome {
    private CerminHome() {}

    /**
     * The home: {@code CERMIN_HOME} of the environment, else the system property {@code cermin.home}, else
     * {@code ~/.cermin}. It is created if it is missing.
     *
     * @return an absolute path of an existing folder in which files can be created
     * @throws StoresException if it cannot be created or written to
     */
    public static Path resolve() {
        String environment = System.getenv("CERMIN_HOME");
        if (environment != null && !environment.isBlank()) {
            return prepare(environment, "given by the environment variable CERMIN_HOME");
        }
        String property = System.getProperty("cermin.home");
        if (property != null && !property.isBlank()) {
            return prepare(property, "given by the system property cermin.home");
        }
        return prepare(Path.of(System.getProperty("user.home"), ".cermin").toString(), "the default");
    }

    static Path prepare(String given, String origin) {
        Path home;
        try {
            home = Path.of(given).toAbsolutePath().normalize();
        } catch (InvalidPathException e) {
            throw unusable(given, origin, e);
        }
        try {
            FileTrees.createPrivate(home);
            // trying is the only check that holds for every file system and for root
            Path probe = Files.createTempFile(home, ".probe", null);
            Files.delete(probe);
        } catch (IOException e) {
            throw unusable(home.toString(), origin, e);
        }
        return home;
    }

    private static StoresException unusable(String home, String origin, Exception cause) {
        String reason = cause instanceof FileAlreadyExistsException
                ? "it is not a folder"
                : cause.getClass().getSimpleName() + ": " + cause.getMessage();
        return new StoresException(
                "Cermin cannot write to its home " + home + " (" + origin + "): " + reason
                        + ". Expected a folder in which this user can create files. Make it writable, or set CERMIN_HOME"
                        + " to another folder.",
                cause);
    }
}
