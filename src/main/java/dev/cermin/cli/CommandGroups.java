package dev.cermin.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Column;
import picocli.CommandLine.Help.TextTable;
import picocli.CommandLine.Model.UsageMessageSpec;

/** The commands in the general help by what one wants of them, those that a newcomer needs first. */
final class CommandGroups {
    private static final int NAME_WIDTH = 16;
    private static final int WIDTH = 120;

    private static final Map<String, List<String>> GROUPS = new LinkedHashMap<>();

    static {
        GROUPS.put("Try it", List.of("demo", "ask", "agents"));
        GROUPS.put(
                "Run the services",
                List.of(
                        "serve",
                        "submit",
                        "status",
                        "traces",
                        "verify",
                        "replay",
                        "fork",
                        "erase",
                        "retention",
                        "dead-letters",
                        "keys"));
        GROUPS.put("Choose models", List.of("models", "plan"));
        GROUPS.put("Measure", List.of("eval", "bench", "faults"));
        GROUPS.put("Tune models", List.of("tune"));
    }

    private CommandGroups() {}

    static CommandLine grouped(CommandLine commandLine) {
        commandLine.setUsageHelpWidth(WIDTH);
        commandLine.getHelpSectionMap().put(UsageMessageSpec.SECTION_KEY_COMMAND_LIST_HEADING, help -> "");
        commandLine.getHelpSectionMap().put(UsageMessageSpec.SECTION_KEY_COMMAND_LIST, CommandGroups::list);
        return commandLine;
    }

    private static String list(Help help) {
        Map<String, Help> left = new LinkedHashMap<>(help.subcommands());
        StringBuilder all = new StringBuilder();
        GROUPS.forEach((title, names) -> {
            List<Help> commands = new ArrayList<>();
            for (String name : names) {
                Help command = left.remove(name);
                if (command != null) {
                    commands.add(command);
                }
            }
            all.append(section(help, title, commands));
        });
        return all + section(help, "More", List.copyOf(left.values()));
    }

    private static String section(Help help, String title, List<Help> commands) {
        if (commands.isEmpty()) {
            return "";
        }
        TextTable table = TextTable.forColumns(
                help.colorScheme(),
                new Column(NAME_WIDTH, 2, Column.Overflow.SPAN),
                new Column(WIDTH - NAME_WIDTH, 1, Column.Overflow.WRAP));
        for (Help command : commands) {
            UsageMessageSpec usage = command.commandSpec().usageMessage();
            String[] said = usage.header().length > 0 ? usage.header() : usage.description();
            table.addRowValues(
                    help.colorScheme().commandText(command.commandSpec().name()),
                    help.colorScheme().text(said.length == 0 ? "" : said[0]));
        }
        return "%n%s%n%s".formatted(help.colorScheme().text("@|bold " + title + "|@"), table);
    }
}
