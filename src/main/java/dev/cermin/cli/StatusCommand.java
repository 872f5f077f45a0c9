package dev.cermin.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.UUID;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "status",
        description = "Says where a task of a running gateway stands, and its answer once it has one.",
        exitCodeListHeading = ExitCodes.HEADING,
        exitCodeList = {
            "0:known; with --wait: accepted",
            "1:failed, or not known to the gateway",
            ExitCodes.WRONG_LINE,
            "3:with --wait: answered, but not accepted"
        },
        mixinStandardHelpOptions = true)
final class StatusCommand implements Callable<Integer> {
    @Mixin
    private GatewayOptions gateway = new GatewayOptions();

    @Parameters(paramLabel = "TASK", description = "The task's id")
    private UUID task;

    @Option(names = "--wait", description = "Waits for the end, and prints the answer alone")
    private boolean wait;

    @Option(names = "--json", description = "Prints the status as JSON; with --wait, the outcome")
    private boolean json;

    @Override
    public Integer call() throws InterruptedException {
        GatewayClient client = gateway.client();
        if (wait) {
            client.status(task); // a task that isn't there is not waited for
            return Answers.tell(Waiting.forEnd(client, task), json);
        }
        String body = client.status(task);
        if (json) {
            System.out.println(body);
            return ExitCodes.DONE;
        }
        JsonNode status = GatewayClient.json(body);
        JsonNode summary = status.path("summary");
        System.out.println(Style.bold(status.path("status").asText()) + "  " + task);
        if (!summary.isMissingNode()) {
            line("agent", "%s, version %s".formatted(text(summary, "agent"), text(summary, "agentVersion")));
            line(
                    "so far",
                    "%s steps, %s corrections, %s model calls, %s tokens"
                            .formatted(
                                    text(summary, "steps"),
                                    text(summary, "rounds"),
                                    text(summary, "calls"),
                                    summary.path("tokensIn").asLong()
                                            + summary.path("tokensOut").asLong()));
        }
        if (summary.hasNonNull("stopReason")) {
            line("ended", text(summary, "stopReason").replace('_', ' '));
            line("answer", client.outcome(task).answer().orElse("none"));
        }
        return ExitCodes.DONE;
    }

    private static String text(JsonNode summary, String name) {
        return summary.path(name).asText();
    }

    private static void line(String label, String value) {
        System.out.printf("%s %s%n", Style.faint("%-7s".formatted(label)), value);
    }
}
