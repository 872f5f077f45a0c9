package dev.cermin.cli;

import io.quarkus.runtime.QuarkusApplication;
import picocli.CommandLine;

/** Runs the command, with the services around it. */
public final class Application implements QuarkusApplication {
    @Override
    public int run(String... args) {
        CommandLine commandLine = new CommandLine(new Main());
        commandLine.setExecutionExceptionHandler((error, command, parsed) -> {
            if (error instanceof CommandFailure failure) {
                System.err.println("cermin: " + failure.getMessage());
                return 1;
            }
            throw error;
        });
        return commandLine.execute(args);
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
