package dev.cermin.cli;

import com.github.freva.asciitable.AsciiTable;
import com.github.freva.asciitable.Column;
import com.github.freva.asciitable.HorizontalAlign;
import com.github.freva.asciitable.OverflowBehaviour;
import dev.cermin.flow.DeadLetters;
import dev.cermin.flow.DeadLetters.Letter;
import dev.cermin.json.Json;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.kafka.common.KafkaException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "dead-letters",
        description = "Shows the messages that were set aside as they could not be read, and sends them again.",
        subcommands = {DeadLettersCommand.Latest.class, DeadLettersCommand.Show.class, DeadLettersCommand.Replay.class},
        exitCodeListHeading = ExitCodes.HEADING,
        exitCodeList = {ExitCodes.DONE_LINE, ExitCodes.FAILED_LINE, ExitCodes.WRONG_LINE},
        mixinStandardHelpOptions = true)
final class DeadLettersCommand implements Callable<Integer> {
    private static final int LATEST = 20;

    @Mixin
    private KafkaOptions kafka = new KafkaOptions();

    @Option(names = "--json", description = "Prints JSON")
    private boolean json;

    @Override
    public Integer call() {
        return list(kafka, LATEST, json);
    }

    private static int list(KafkaOptions kafka, int limit, boolean json) {
        List<Letter> letters = letters(kafka, limit);
        if (json) {
            System.out.println(Json.text(letters));
        } else if (letters.isEmpty()) {
            System.err.println("cermin: there are no dead letters");
        } else {
            System.out.println(AsciiTable.getTable(
                    AsciiTable.BASIC_ASCII_NO_DATA_SEPARATORS,
                    letters,
                    List.of(
                            column("letter").with(Letter::id),
                            column("set aside").with(letter -> letter.at().toString()),
                            column("from").with(Letter::topic),
                            column("attempts").with(DeadLettersCommand::attempts),
                            column("sent again").with(letter -> again(letter, "")),
                            column("why")
                                    .maxWidth(80, OverflowBehaviour.ELLIPSIS_RIGHT)
                                    .with(Letter::reason))));
        }
        return ExitCodes.DONE;
    }

    private static List<Letter> letters(KafkaOptions kafka, int limit) {
        try {
            return kafka.deadLetters().latest(limit);
        } catch (KafkaException e) {
            throw away(e);
        }
    }

    private static String again(Letter letter, String never) {
        return letter.replayed() == null ? never : letter.replayed().toString();
    }

    private static String attempts(Letter letter) {
        return letter.attempts() == 0 ? "" : String.valueOf(letter.attempts());
    }

    private static Column column(String header) {
        return new Column().header(header).headerAlign(HorizontalAlign.LEFT).dataAlign(HorizontalAlign.LEFT);
    }

    private static CommandFailure away(KafkaException e) {
        return new CommandFailure(
                "Kafka can't be read: %s. Is it the one that --bootstrap-servers or kafka.bootstrap.servers names?"
                        .formatted(Application.reason(e)));
    }

    @Command(name = "list", description = "Lists the latest.", mixinStandardHelpOptions = true)
    static final class Latest implements Callable<Integer> {
        @Mixin
        private KafkaOptions kafka = new KafkaOptions();

        @Spec
        private CommandSpec spec;

        @Option(names = "--limit", paramLabel = "N", description = "Default: ${DEFAULT-VALUE}")
        private int limit = LATEST;

        @Option(names = "--json", description = "Prints JSON")
        private boolean json;

        @Override
        public Integer call() {
            if (limit < 1) {
                throw new ParameterException(
                        spec.commandLine(), "--limit is %d; 1 or more is expected".formatted(limit));
            }
            return list(kafka, limit, json);
        }
    }

    @Command(name = "show", description = "Shows one, with the message as it came.", mixinStandardHelpOptions = true)
    static final class Show implements Callable<Integer> {
        @Mixin
        private KafkaOptions kafka = new KafkaOptions();

        @Parameters(paramLabel = "LETTER", description = "As it is listed, such as 0-17")
        private String id;

        @Option(names = "--json", description = "Prints JSON")
        private boolean json;

        @Override
        public Integer call() {
            Letter letter;
            try {
                letter = kafka.deadLetters()
                        .find(id)
                        .orElseThrow(() -> new CommandFailure("There is no dead letter '%s'".formatted(id)));
            } catch (KafkaException e) {
                throw away(e);
            }
            if (json) {
                System.out.println(Json.text(letter));
                return ExitCodes.DONE;
            }
            line("set aside", letter.at().toString());
            line("why", letter.reason());
            line("from", "%s, partition %d, offset %d".formatted(letter.topic(), letter.partition(), letter.offset()));
            if (letter.sent() != null) {
                line("sent", letter.sent().toString());
            }
            if (letter.attempts() > 0) {
                line("attempts", attempts(letter) + since(letter));
            }
            if (letter.exception() != null) {
                line("thrown", letter.exception());
            }
            line("sent again", again(letter, "never"));
            line("task", letter.task() == null ? "none" : letter.task());
            line("type", letter.type());
            line("message", letter.value() == null ? "none" : letter.value());
            return ExitCodes.DONE;
        }

        private static String since(Letter letter) {
            return letter.firstFailure() == null ? "" : ", the first failed at " + letter.firstFailure();
        }

        private static void line(String label, String value) {
            System.out.printf("%s %s%n", Style.faint("%-10s".formatted(label)), value);
        }
    }

    @Command(
            name = "replay",
            description = {
                "Sends messages again to where they came from, once what was wrong is mended.",
                "They stay listed, with the time of it; one that fails again is set aside again, under a new name.",
                "One that was sent again already is refused, as its step would be done twice."
            },
            exitCodeListHeading = ExitCodes.HEADING,
            exitCodeList = {
                ExitCodes.DONE_LINE,
                "1:failed, or refused as it was sent again already; the others are sent",
                ExitCodes.WRONG_LINE
            },
            mixinStandardHelpOptions = true)
    static final class Replay implements Callable<Integer> {
        @Mixin
        private KafkaOptions kafka = new KafkaOptions();

        @Parameters(arity = "1..*", paramLabel = "LETTER", description = "As they are listed, such as 0-17")
        private List<String> ids;

        @Option(names = "--again", description = "Also those that were sent again already")
        private boolean again;

        @Option(names = "--json", description = "Prints JSON, a line each")
        private boolean json;

        @Override
        public Integer call() throws InterruptedException {
            DeadLetters letters = kafka.deadLetters();
            int code = ExitCodes.DONE;
            for (String id : ids) {
                try {
                    Letter sent = letters.replay(id, again);
                    System.out.println(
                            json
                                    ? Json.text(Map.of("letter", id, "topic", sent.topic()))
                                    : "%s: sent to %s".formatted(id, sent.topic()));
                } catch (IllegalStateException e) {
                    System.err.printf(
                            "cermin: %s. With --again it is sent once more, and a step that was done since is done twice%n",
                            e.getMessage());
                    code = ExitCodes.FAILED;
                } catch (IllegalArgumentException e) {
                    throw new CommandFailure(e.getMessage());
                } catch (KafkaException e) {
                    throw away(e);
                }
            }
            return code;
        }
    }
}
