package dev.cermin.cli;

import dev.cermin.text.Names;
import java.io.PrintWriter;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.TypeConversionException;
import picocli.CommandLine.UnmatchedArgumentException;

/** What somebody is told who calls a command wrongly: what is wrong, what was probably meant, where to read on. */
final class WrongCalls {
    private WrongCalls() {}

    static int told(ParameterException e, String... args) {
        CommandLine command = e.getCommandLine();
        PrintWriter err = command.getErr();
        err.println("cermin: " + message(e));
        err.printf(
                "cermin: './%s --help' tells how to call it%n",
                command.getCommandSpec().qualifiedName());
        err.flush();
        return command.getCommandSpec().exitCodeOnInvalidInput();
    }

    private static String message(ParameterException e) {
        List<String> unmatched = unmatched(e);
        if (unmatched.isEmpty()) {
            return e.getMessage();
        }
        CommandSpec spec = e.getCommandLine().getCommandSpec();
        String first = unmatched.getFirst();
        List<String> known = first.startsWith("-")
                ? spec.options().stream()
                        .flatMap(option -> Stream.of(option.names()))
                        .toList()
                : List.copyOf(spec.subcommands().keySet());
        String what = first.startsWith("-") ? "option" : spec.subcommands().isEmpty() ? "argument" : "command";
        String hint = Names.hint(first, known);
        if (hint.isEmpty()
                && first.startsWith("-")
                && !spec.positionalParameters().isEmpty()) {
            hint = "; put -- before a text that begins with -";
        }
        return "'%s' is no %s of %s%s".formatted(first, what, spec.qualifiedName(), hint);
    }

    /** A text that was taken for an option leaves its parameter empty, and that is what picocli tells. */
    private static List<String> unmatched(ParameterException e) {
        return switch (e) {
            case UnmatchedArgumentException unmatched -> unmatched.getUnmatched();
            case MissingParameterException missing -> missing.getCommandLine().getUnmatchedArguments();
            default -> List.of();
        };
    }

    /** Ids as every command that asks for one reads them. */
    static UUID task(String text) {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException(
                    "a task's id is expected, such as 01890a5d-ac96-774b-bcce-b302099a8057, not '%s'".formatted(text));
        }
    }
}
