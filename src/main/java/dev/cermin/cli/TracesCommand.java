package dev.cermin.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.freva.asciitable.AsciiTable;
import com.github.freva.asciitable.Column;
import com.github.freva.asciitable.HorizontalAlign;
import dev.cermin.json.Json;
import dev.cermin.trace.TraceStep;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "traces",
        description = "Lists the latest tasks of a running gateway, and shows what was done for one.",
        subcommands = {TracesCommand.Latest.class, TracesCommand.Show.class},
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
        return list(gateway, LATEST, json);
    }

    private static int list(GatewayOptions gateway, int limit, boolean json) throws InterruptedException {
        String body = gateway.client().latest(limit);
        if (json) {
            System.out.println(body);
            return ExitCodes.DONE;
        }
        List<JsonNode> tasks = new ArrayList<>();
        GatewayClient.json(body).forEach(tasks::add);
        if (tasks.isEmpty()) {
            System.err.println("cermin: there are no tasks yet; ./cermin submit makes one");
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
        return ExitCodes.DONE;
    }

    private static Column column(String header) {
        return new Column().header(header).headerAlign(HorizontalAlign.LEFT).dataAlign(HorizontalAlign.LEFT);
    }

    @Command(name = "list", description = "Lists the latest tasks.", mixinStandardHelpOptions = true)
    static final class Latest implements Callable<Integer> {
        @Mixin
        private GatewayOptions gateway = new GatewayOptions();

        @Option(names = "--limit", paramLabel = "N", description = "1 to 200; default: ${DEFAULT-VALUE}")
        private int limit = LATEST;

        @Option(names = "--json", description = "Prints JSON")
        private boolean json;

        @Override
        public Integer call() throws InterruptedException {
            return list(gateway, limit, json);
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
