package dev.cermin.cli;

import com.github.freva.asciitable.AsciiTable;
import com.github.freva.asciitable.Column;
import com.github.freva.asciitable.HorizontalAlign;
import dev.cermin.agent.AgentDefinition;
import dev.cermin.json.Json;
import dev.cermin.loop.Role;
import dev.cermin.policy.Policy;
import dev.cermin.verify.VerifierSpec;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "agents",
        description = "Lists the agents there are: those that come along, or those of cermin.folder.",
        subcommands = {AgentsCommand.ListAgents.class, AgentsCommand.Show.class},
        exitCodeListHeading = ExitCodes.HEADING,
        exitCodeList = {ExitCodes.DONE_LINE, ExitCodes.FAILED_LINE, ExitCodes.WRONG_LINE},
        mixinStandardHelpOptions = true)
final class AgentsCommand implements Callable<Integer> {
    @Option(names = "--json", description = "Prints JSON")
    private boolean json;

    @Override
    public Integer call() {
        return list(json);
    }

    private static int list(boolean json) {
        List<AgentDefinition> all = List.copyOf(AgentFiles.read().all());
        if (json) {
            System.out.println(Json.text(all.stream()
                    .map(agent -> Map.of(
                            "name",
                            agent.name(),
                            "version",
                            agent.version(),
                            "description",
                            agent.description(),
                            "models",
                            agent.modelNames(),
                            "verifiers",
                            agent.verifiers().stream().map(VerifierSpec::name).toList(),
                            "hash",
                            agent.hash()))
                    .toList()));
            return ExitCodes.DONE;
        }
        System.out.println(AsciiTable.getTable(
                AsciiTable.BASIC_ASCII_NO_DATA_SEPARATORS,
                all,
                List.of(
                        column("agent").with(AgentDefinition::name),
                        column("models").with(agent -> String.join(", ", agent.modelNames())),
                        column("what it does").maxWidth(90).with(AgentDefinition::description))));
        return ExitCodes.DONE;
    }

    private static Column column(String header) {
        return new Column().header(header).headerAlign(HorizontalAlign.LEFT).dataAlign(HorizontalAlign.LEFT);
    }

    @Command(name = "list", description = "Lists them, as without a word.", mixinStandardHelpOptions = true)
    static final class ListAgents implements Callable<Integer> {
        @Option(names = "--json", description = "Prints JSON")
        private boolean json;

        @Override
        public Integer call() {
            return list(json);
        }
    }

    @Command(
            name = "show",
            description = "Shows what one is made of; as JSON, all that a trace pins.",
            mixinStandardHelpOptions = true)
    static final class Show implements Callable<Integer> {
        @Parameters(paramLabel = "NAME", description = "The agent's name")
        private String name;

        @Option(names = "--json", description = "Prints the resolved definition as JSON")
        private boolean json;

        @Override
        public Integer call() {
            AgentDefinition agent = AgentFiles.named(AgentFiles.read(), name);
            if (json) {
                System.out.println(new String(agent.content(), StandardCharsets.UTF_8));
                return ExitCodes.DONE;
            }
            line("agent", agent.name() + ", version " + agent.version());
            line("does", agent.description());
            for (Role role : agent.models().keySet()) {
                line(role.key(), "model " + agent.models().get(role));
            }
            line(
                    "verifiers",
                    agent.verifiers().stream()
                            .map(each -> each.settings().isEmpty() ? each.name() : each.name() + " " + each.settings())
                            .toList());
            line(
                    "critics",
                    agent.critics().stream()
                            .map(critic -> critic.name() + " (model " + critic.model() + ")")
                            .toList());
            line("tools", agent.tools());
            Policy policy = agent.policy();
            line("rounds", policy.rounds() + " corrections at most, within " + text(policy));
            line("hash", agent.hash());
            return ExitCodes.DONE;
        }

        private static String text(Policy policy) {
            return policy.timeout().toString().substring(2).toLowerCase(java.util.Locale.ROOT);
        }

        private static void line(String label, List<String> values) {
            line(label, values.isEmpty() ? "none" : String.join(", ", values));
        }

        private static void line(String label, String value) {
            System.out.printf("%s %s%n", Style.faint("%-10s".formatted(label)), value);
        }
    }
}
