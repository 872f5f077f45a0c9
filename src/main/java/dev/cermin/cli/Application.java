package dev.cermin.cli;

import io.quarkus.runtime.QuarkusApplication;

/** Runs the command, with the services around it. */
public final class Application implements QuarkusApplication {
    @Override
    public int run(String... args) {
        return Main.commandLine().execute(args);
    }

    /** The innermost message: what a user can act on. */
    static String reason(Throwable error) {
        Throwable cause = error;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        String message = cause.getMessage();
        return message == null || message.isBlank() ? cause.getClass().getName() : message;
    }
}
