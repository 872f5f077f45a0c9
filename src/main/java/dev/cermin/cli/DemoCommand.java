package dev.cermin.cli;

import dev.cermin.agent.AgentDefinition;
import dev.cermin.agent.Agents;
import dev.cermin.flow.Submissions;
import dev.cermin.flow.TraceFeed;
import dev.cermin.loop.Outcome;
import dev.cermin.loop.Task;
import dev.cermin.store.TaskSummary;
import dev.cermin.store.TraceStore;
import dev.cermin.trace.Replay;
import dev.cermin.trace.TraceStep;
import io.quarkus.runtime.Quarkus;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "demo",
        description = "Sends tasks of several families through Kafka, shows each loop as it happens, and sums up.",
        mixinStandardHelpOptions = true)
final class DemoCommand extends ServiceCommand {
    private static final Duration STORED = Duration.ofSeconds(30);

    @Option(
            names = "--ask",
            paramLabel = "TASK",
            description = "One task of your own, such as \"3x+4=19\" or \"23*17\"")
    private @Nullable String ask;

    @Option(names = "--agent", paramLabel = "NAME", description = "Who answers --ask; default: by its form")
    private @Nullable String agent;

    @Option(names = "--once", description = "Ends by itself; else the services stay up until Ctrl-C")
    private boolean once;

    @Option(names = "--port", paramLabel = "PORT", description = "HTTP port; default: 8080, or any where that is taken")
    private int port;

    @Override
    Stores stores() {
        return Stores.BOTH;
    }

    @Override
    Map<String, String> settings() {
        return Map.of("quarkus.http.port", String.valueOf(Services.port(port)), "quarkus.log.level", "WARN");
    }

    @Override
    public Integer call() throws InterruptedException {
        Services.announce();
        System.out.printf(
                "Ready after %.1f s: gateway, workers and recorder at %s%n",
                Services.sinceStart().toMillis() / 1e3, Services.url());
        resume();
        List<Outcome> outcomes = new ArrayList<>();
        List<DemoTask> tasks = ask == null ? DemoTask.ALL : List.of(DemoTask.of(ask, agent));
        for (DemoTask task : tasks) {
            outcomes.add(run(task, "%d/%d".formatted(outcomes.size() + 1, tasks.size())));
        }
        DemoReport.print(tasks, outcomes, Services.url());
        if (!once) {
            System.out.println("The services stay up; Ctrl-C stops them.");
            Quarkus.waitForExit();
        }
        return 0;
    }

    /** What an earlier run accepted and did not finish, because it was stopped, goes on by itself. */
    private static void resume() throws InterruptedException {
        TraceStore store = Services.get(TraceStore.class);
        List<TaskSummary> unfinished = store.unfinished(100);
        for (TaskSummary task : unfinished) {
            List<TraceStep> steps = store.steps(task.id(), 0);
            String input = Replay.state(steps.subList(0, 1)).task().input();
            System.out.printf("%n%s  %s  goes on from an earlier run%n", task.agent(), input);
            follow(task.id());
        }
    }

    private static Outcome run(DemoTask asked, String count) throws InterruptedException {
        var known = Services.get(Agents.class)
                .find(asked.agent())
                .orElseThrow(() -> new CommandFailure("There is no agent '%s'; known are %s"
                        .formatted(
                                asked.agent(),
                                Services.get(Agents.class).all().stream()
                                        .map(AgentDefinition::name)
                                        .toList())));
        Task task = new Task(
                UUID.randomUUID(), known.name(), asked.input(), Instant.now().truncatedTo(ChronoUnit.MILLIS));
        System.out.printf("%n%s  %s  %s%n", Style.faint(count), known.name(), Style.bold(asked.input()));
        Services.get(Submissions.class).submit(task, known).await().atMost(STORED);
        return follow(task.id());
    }

    private static Outcome follow(UUID task) throws InterruptedException {
        List<TraceStep> steps = new ArrayList<>();
        Services.get(TraceFeed.class)
                .follow(
                        task,
                        0,
                        step -> {
                            steps.add(step);
                            StepLine.print(step);
                        },
                        () -> true);
        return Replay.state(steps).outcome();
    }
}
