package dev.cermin.embedded;

import java.nio.file.Path;

/** Another live application runs its stores in the same home. */
public final class HomeInUseException extends StoresException {
    private final long pid;

    HomeInUseException(Path home, long pid) {
        super("The home " + home + " is in use by "
                + (pid == ProcessHandle.current().pid() ? "this same application" : "another application")
                + " (pid " + pid + "). Stop that one, or set CERMIN_HOME to another folder.");
        this.pid = pid;
    }

    /** The process id of the application that uses the home. */
    public long pid() {
        return pid;
    }
}
