package dev.cermin.cli;

import dev.cermin.config.CerminConfig;
import dev.cermin.dispatch.Check;
import dev.cermin.dispatch.Dispatch;
import dev.cermin.json.Json;
import dev.cermin.model.Models;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "models",
        description = {
            "Lists the configured models, and asks each one tiny question.",
            "Exit code 0: all answer; 1: one doesn't."
        },
        mixinStandardHelpOptions = true)
final class ModelsCommand extends ServiceCommand {
    @Option(names = "--no-check", description = "Lists them only; nothing is loaded or called")
    private boolean unchecked;

    @Option(
            names = "--timeout",
            paramLabel = "SECONDS",
            description = "How long an answer may take; default: ${DEFAULT-VALUE}")
    private int timeout = 30;

    @Option(names = "--json", description = "Prints the list as JSON")
    private boolean json;

    @Override
    Stores stores() {
        return Stores.NONE;
    }

    @Override
    Map<String, String> settings() {
        Map<String, String> settings = new TreeMap<>(EvalCommand.OFFLINE);
        settings.put("quarkus.log.level", "WARN");
        return settings;
    }

    @Override
    public Integer call() throws InterruptedException {
        if (timeout < 1) {
            throw new CommandFailure("--timeout is %d; 1 or more seconds are expected".formatted(timeout));
        }
        if (!(Services.get(Models.class) instanceof Dispatch models)) {
            throw new CommandFailure("The models are the application's own; those of cermin.models are listed here");
        }
        Map<String, List<Check>> checks = unchecked ? Map.of() : check(models);
        List<ModelRow> rows = new ArrayList<>();
        for (String name : models.names()) {
            rows.addAll(ModelRow.of(
                    name,
                    models.named(name),
                    Services.get(CerminConfig.class).models().get(name),
                    checks.getOrDefault(name, List.of())));
        }
        System.out.println(json ? Json.text(rows) : ModelRow.table(rows, !unchecked));
        return rows.stream().anyMatch(ModelRow::failed) ? 1 : 0;
    }

    /** All at once: what is slow holds up none of the others. */
    private Map<String, List<Check>> check(Dispatch models) throws InterruptedException {
        Map<String, List<Check>> checks = new TreeMap<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Map<String, Future<List<Check>>> running = new TreeMap<>();
            for (String name : models.names()) {
                Callable<List<Check>> check = () -> models.check(name, Duration.ofSeconds(timeout));
                running.put(name, threads.submit(check));
            }
            for (Map.Entry<String, Future<List<Check>>> entry : running.entrySet()) {
                checks.put(entry.getKey(), entry.getValue().get());
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
        return checks;
    }
}
