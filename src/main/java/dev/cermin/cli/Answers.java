package dev.cermin.cli;

import dev.cermin.json.Json;
import dev.cermin.loop.Outcome;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Questions from the command line, and how an outcome is told. */
final class Answers {
    private Answers() {}

    /** The argument, or standard input where that is {@code -}. */
    static String question(String argument) {
        if (!argument.equals("-")) {
            return argument;
        }
        try {
            return new String(System.in.readAllBytes(), StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            throw new CommandFailure("Standard input can't be read: " + e.getMessage());
        }
    }

    /** The answer alone on standard output, what is to be said of it on the other. */
    static int tell(Outcome outcome, boolean json) {
        if (json) {
            System.out.println(Json.text(outcome));
        } else if (outcome.answer().isPresent()) {
            System.out.println(outcome.answer().get());
        }
        if (!outcome.accepted()) {
            System.err.printf(
                    "cermin: %s: %s%n",
                    outcome.stop().reason().name().toLowerCase(Locale.ROOT).replace('_', ' '),
                    outcome.stop().detail());
        }
        return code(outcome);
    }

    static int code(Outcome outcome) {
        return outcome.accepted() ? ExitCodes.DONE : outcome.answer().isPresent() ? ExitCodes.SHORT : ExitCodes.FAILED;
    }
}
