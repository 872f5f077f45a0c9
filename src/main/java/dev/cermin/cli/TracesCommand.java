package dev.cermin.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.freva.asciitable.AsciiTable;
import com.github.freva.asciitable.Column;
import com.github.freva.asciitable.HorizontalAlign;
import dev.cermin.json.Json;
import dev.cermin.trace.TraceStep;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "traces",
        description = "Lists the latest tasks of a running gateway, shows what was done for one, and exports traces.",
        subcommands = {TracesCommand.Latest.class, TracesCommand.Show.class, TracesExportCommand.class},
        exitCodeListHeading = ExitCodes.HEADING,
        exitCodeList = {ExitCodes.DONE_LINE, ExitCodes.FAILED_LINE, ExitCodes.WRONG_LINE},
        mixinStandardHelpOptions = true)
final class TracesCommand implements Callable<Integer> {
    private static final int LATEST = 20;

    @Mixin
    private GatewayOptions gateway = new GatewayOptions();

    @Option(names = "--json", description = "Prints JSON")
    private boolean json;

    @Override
    public Integer call() throws InterruptedException {
        return list(gateway, Map.of("limit", String.valueOf(LATEST)), json);
    }

    private static int list(GatewayOptions gateway, Map<String, String> parameters, boolean json)
            throws InterruptedException {
        String body = gateway.client().traces(parameters);
        if (json) {
            System.out.println(body);
            return ExitCodes.DONE;
        }
        JsonNode page = GatewayClient.json(body);
        List<JsonNode> tasks = new ArrayList<>();
        page.path("traces").forEach(tasks::add);
        if (tasks.isEmpty() && !page.has("next")) {
            System.err.println(
                    parameters.size() == 1
                            ? "cermin: there are no tasks yet; ./cermin submit makes one"
                            : "cermin: no task is like that");
            return ExitCodes.DONE;
        }
        System.out.println(AsciiTable.getTable(
                AsciiTable.BASIC_ASCII_NO_DATA_SEPARATORS,
                tasks,
                List.of(
                        column("task").with(task -> task.path("id").asText()),
                        column("agent").with(task -> task.path("agent").asText()),
                        column("began").with(task -> task.path("createdAt").asText()),
                        column("ended")
                                .with(task -> task.path("stopReason")
                                        .asText("still runs")
                                        .replace('_', ' ')),
                        column("steps")
                                .dataAlign(HorizontalAlign.RIGHT)
                                .with(task -> task.path("steps").asText()))));
        if (page.has("next")) {
            System.err.println("cermin: more with --after " + page.path("next").asText());
        }
        return ExitCodes.DONE;
    }

    private static Column column(String header) {
        return new Column().header(header).headerAlign(HorizontalAlign.LEFT).dataAlign(HorizontalAlign.LEFT);
    }

    @Command(
            name = "list",
            description = {
                "Lists tasks, the latest first; all of them, or those that filters name.",
                "--filter agent=equations --filter accepted=false --filter text='discriminant -complex'"
            },
            mixinStandardHelpOptions = true)
    static final class Latest implements Callable<Integer> {
        @Mixin
        private GatewayOptions gateway = new GatewayOptions();

        @Option(names = "--limit", paramLabel = "N", description = "1 to 200; default: ${DEFAULT-VALUE}")
        private int limit = LATEST;

        @Option(
                names = "--filter",
                paramLabel = "NAME=VALUE",
                description =
                        "agent, version, model, stopReason, accepted, minScore, maxScore, minRounds, maxRounds,"
                                + " minCost, maxCost, from, to, tenant, label, unfinished, or text: words in drafts and critiques")
        private Map<String, String> filters = new LinkedHashMap<>();

        @Option(names = "--after", paramLabel = "KEY", description = "What the page before named")
        private String after = "";

        @Option(names = "--json", description = "Prints JSON")
        private boolean json;

        @Override
        public Integer call() throws InterruptedException {
            Map<String, String> parameters = new LinkedHashMap<>(filters);
            parameters.put("limit", String.valueOf(limit));
            if (!after.isEmpty()) {
                parameters.put("after", after);
            }
            return list(gateway, parameters, json);
        }
    }

    @Command(
            name = "show",
            description = "Shows the steps of one task; ./cermin verify checks its hash chain.",
            mixinStandardHelpOptions = true)
    static final class Show implements Callable<Integer> {
        @Mixin
        private GatewayOptions gateway = new GatewayOptions();

        @Parameters(paramLabel = "TASK", description = "The task's id")
        private UUID task;

        @Option(names = "--json", description = "Prints the steps as JSON, as they are stored")
        private boolean json;

        @Override
        public Integer call() throws InterruptedException {
            List<TraceStep> steps = gateway.client().trace(task);
            if (json) {
                System.out.println(Json.text(steps));
                return ExitCodes.DONE;
            }
            for (TraceStep step : steps) {
                String line = StepLine.of(step);
                System.out.println(
                        line.isEmpty() ? Style.bold(String.valueOf(step.texts().output())) : line);
            }
            return ExitCodes.DONE;
        }
    }
}
