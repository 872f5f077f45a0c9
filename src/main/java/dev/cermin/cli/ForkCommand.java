package dev.cermin.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "fork",
        description = {
            "Goes on from a step of a trace with a live model, as a new task; the trace stays as it is.",
            "Prints the new task's id; ./cermin traces show TASK has the steps and their numbers."
        },
        exitCodeListHeading = ExitCodes.HEADING,
        exitCodeList = {
            ExitCodes.DONE_LINE,
            "1:failed, or refused by the gateway",
            ExitCodes.WRONG_LINE,
            ExitCodes.SHORT_LINE
        },
        mixinStandardHelpOptions = true)
final class ForkCommand implements Callable<Integer> {
    @Mixin
    private GatewayOptions gateway = new GatewayOptions();

    @Parameters(paramLabel = "TASK", description = "The task whose trace it goes on from")
    private UUID task;

    @Option(
            names = "--step",
            paramLabel = "N",
            required = true,
            description = "The last step that is kept; 0: the whole task is done anew")
    private int step;

    @Option(
            names = "--agent",
            paramLabel = "NAME",
            description = "An agent of the gateway; default: the definition that the trace is pinned to")
    private @Nullable String agent;

    @Option(
            names = "--model",
            paramLabel = "NAME",
            description = "A configured model that writes in place of the agent's")
    private @Nullable String model;

    @Option(
            names = "--idempotency-key",
            paramLabel = "KEY",
            description = "The same key is the same task: given again, the command finds it")
    private @Nullable String key;

    @Option(names = "--wait", description = "Waits for the end, and prints the answer")
    private boolean wait;

    @Option(names = "--json", description = "With --wait, prints JSON")
    private boolean json;

    @Override
    public Integer call() throws InterruptedException {
        Map<String, Object> request = new LinkedHashMap<>();
        request.put("step", step);
        if (agent != null) {
            request.put("agent", agent);
        }
        if (model != null) {
            request.put("model", model);
        }
        GatewayClient client = gateway.client();
        UUID id = client.fork(task, request, key);
        if (wait) {
            System.err.println("cermin: task " + id);
            return Answers.tell(Waiting.forEnd(client, id), json);
        }
        System.out.println(id);
        return ExitCodes.DONE;
    }
}
