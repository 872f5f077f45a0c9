package dev.cermin.cli;

import dev.cermin.json.Json;
import io.quarkus.runtime.configuration.DurationConverter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "submit",
        description = {
            "Submits a task, or many, to a running gateway.",
            "Prints the task's id; with --wait, its answer, and the id on standard error before.",
            "Once the id is there, the task is neither lost nor done twice; ./cermin status finds it."
        },
        exitCodeListHeading = ExitCodes.HEADING,
        exitCodeList = {
            ExitCodes.DONE_LINE,
            "1:failed, or refused by the gateway, or without any answer",
            ExitCodes.WRONG_LINE,
            "3:with --wait: a task was answered, but not accepted by verifiers and critics"
        },
        footer = {
            "",
            "Examples:",
            "  ./cermin submit equations \"2x=4\" --wait",
            "  ./cermin submit equations --wait -- \"-3x=9\"      (what stands behind -- is no option)",
            "  ./cermin submit equations --lines tasks.jsonl --wait --json > outcomes.jsonl"
        },
        mixinStandardHelpOptions = true)
final class SubmitCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private GatewayOptions gateway = new GatewayOptions();

    @Parameters(index = "0", arity = "0..1", paramLabel = "AGENT", description = "Its name; lines may name their own")
    private @Nullable String agent;

    @Parameters(index = "1", arity = "0..1", paramLabel = "INPUT", description = "What is asked; -: standard input")
    private @Nullable String input;

    @Option(
            names = "--lines",
            paramLabel = "FILE",
            description =
                    "JSON Lines, a task each: {\"input\": …}, and if need be agent, metadata, tenant, priority, deadline, startAt, callback, idempotencyKey")
    private @Nullable Path lines;

    @Option(names = "--metadata", paramLabel = "KEY=VALUE", description = "Kept with the task; may be given often")
    private Map<String, String> metadata = new HashMap<>();

    @Option(names = "--deadline", paramLabel = "TIME", description = "Such as 2030-01-01T12:00:00Z")
    private @Nullable String deadline;

    @Option(names = "--start-at", paramLabel = "TIME", description = "It doesn't begin before; as --deadline")
    private @Nullable String startAt;

    @Option(
            names = "--delay",
            paramLabel = "DURATION",
            description = "It doesn't begin before that, such as 90s, 15m, 2h")
    private @Nullable String delay;

    @Option(names = "--priority", paramLabel = "NUMBER", description = "The higher, the earlier it begins; default 0")
    private @Nullable Integer priority;

    @Option(names = "--tenant", paramLabel = "NAME", description = "Whose task it is")
    private @Nullable String tenant;

    @Option(
            names = "--idempotency-key",
            paramLabel = "KEY",
            description = "The same key is the same task: given again, the command finds it")
    private @Nullable String key;

    @Option(
            names = "--callback",
            paramLabel = "URL",
            description = "Where the outcome is told, if the gateway allows it")
    private @Nullable String callback;

    @Option(names = "--wait", description = "Waits for the end, and prints the answer")
    private boolean wait;

    @Option(names = "--json", description = "Prints JSON, a line a task")
    private boolean json;

    @Override
    public Integer call() throws InterruptedException {
        GatewayClient client = gateway.client();
        if (lines != null) {
            if (input != null) {
                throw new ParameterException(spec.commandLine(), "Give INPUT or --lines, not both");
            }
            if (key != null) {
                throw new ParameterException(
                        spec.commandLine(), "--idempotency-key is for one task; lines name theirs as idempotencyKey");
            }
            List<Map<String, Object>> tasks = TaskLines.read(lines, defaults());
            return new Batch(client, wait, json).submit(tasks);
        }
        if (agent == null || input == null) {
            throw new ParameterException(spec.commandLine(), "AGENT and INPUT are expected, or --lines FILE");
        }
        Map<String, Object> task = defaults();
        task.put("input", Answers.question(input));
        UUID id = client.submit(task, key);
        if (wait) {
            // whatever happens while it is waited for, the answer can be had later
            System.err.println("cermin: task " + id);
            return Answers.tell(Waiting.forEnd(client, id), json);
        }
        System.out.println(json ? Json.text(Map.of("task", id.toString())) : id.toString());
        return ExitCodes.DONE;
    }

    private Map<String, Object> defaults() {
        Map<String, Object> task = new LinkedHashMap<>();
        if (agent != null) {
            task.put("agent", agent);
        }
        if (!metadata.isEmpty()) {
            task.put("metadata", metadata);
        }
        if (deadline != null) {
            task.put("deadline", deadline);
        }
        if (startAt != null && delay != null) {
            throw new ParameterException(spec.commandLine(), "Give --start-at or --delay, not both");
        }
        if (startAt != null) {
            task.put("startAt", startAt);
        }
        if (delay != null) {
            task.put("startAt", Instant.now().plus(duration(delay)).toString());
        }
        if (priority != null) {
            task.put("priority", priority);
        }
        if (tenant != null) {
            task.put("tenant", tenant);
        }
        if (callback != null) {
            task.put("callback", callback);
        }
        return task;
    }

    private Duration duration(String text) {
        try {
            return new DurationConverter().convert(text);
        } catch (RuntimeException e) {
            throw new ParameterException(
                    spec.commandLine(),
                    "A duration such as 90s, 15m or 2h is expected for --delay, not '%s'".formatted(text));
        }
    }
}
