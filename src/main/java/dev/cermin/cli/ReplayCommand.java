package dev.cermin.cli;

import dev.cermin.agent.AgentDefinition;
import dev.cermin.agent.AgentFileException;
import dev.cermin.agent.Agents;
import dev.cermin.cli.Labels.Label;
import dev.cermin.replay.ExactReplay;
import dev.cermin.search.FilterException;
import dev.cermin.search.PageKey;
import dev.cermin.search.TraceFilter;
import dev.cermin.search.TracePage;
import dev.cermin.search.Traces;
import dev.cermin.store.TraceStore;
import dev.cermin.trace.TraceStep;
import dev.cermin.verify.Verifiers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "replay",
        description = {
            "Goes over stored traces again, without a model.",
            "Exactly: whether the steps come to the outcome that was recorded. With another policy, critics or agent: which of",
            "the drafts that are there it would have chosen, when it would have stopped, and what that would have saved."
        },
        exitCodeListHeading = ExitCodes.HEADING,
        exitCodeList = {
            "0:the same outcome; with a change, it is told what would have been",
            "1:failed, or another outcome than was recorded",
            ExitCodes.WRONG_LINE
        },
        footer = {
            "",
            "Examples:",
            "  ./cermin replay 0190b6f2-…",
            "  ./cermin replay 0190b6f2-… --policy rounds=1 --threshold 0.7",
            "  ./cermin replay --where agent=equations --where accepted=true --agent agents/equations.yaml"
        },
        mixinStandardHelpOptions = true)
final class ReplayCommand extends ServiceCommand {
    @Spec
    private CommandSpec spec;

    @Parameters(arity = "0..1", paramLabel = "TASK", description = "The task's id; without one, see --where")
    private @Nullable UUID task;

    @Option(
            names = "--where",
            paramLabel = "FILTER=VALUE",
            description =
                    "Many traces, by filters of the API: agent, version, model, stopReason, accepted, minRounds, from, …")
    private Map<String, String> where = new LinkedHashMap<>();

    @Option(names = "--last", paramLabel = "N", description = "The latest of them; default: ${DEFAULT-VALUE}")
    private int last = 1000;

    @Option(
            names = "--policy",
            paramLabel = "KEY=VALUE",
            description = "A rule in place of the trace's, as in agent files: rounds=1, acceptance.merge=majority")
    private List<String> policy = new ArrayList<>();

    @Option(
            names = "--threshold",
            paramLabel = "SCORE",
            description = "The same as --policy acceptance.threshold=SCORE")
    private @Nullable Double threshold;

    @Option(
            names = "--critic",
            paramLabel = "NAME",
            description = "Only these critics of the agent; may be given often")
    private List<String> critics = new ArrayList<>();

    @Option(names = "--agent", paramLabel = "FILE", description = "Another version of the agent: agents/NAME.yaml")
    private @Nullable Path agent;

    @Option(
            names = "--labels",
            paramLabel = "FILE",
            description = "What reviewers decided, as for ./cermin eval traces; goes before the verifiers")
    private @Nullable Path labels;

    @Option(names = "--json", description = "Prints JSON, a line a trace")
    private boolean json;

    @Override
    Stores stores() {
        return Stores.POSTGRES;
    }

    @Override
    Map<String, String> settings() {
        return VerifyCommand.STORE_ONLY;
    }

    @Override
    public Integer call() {
        if ((task == null) == where.isEmpty()) {
            throw new ParameterException(spec.commandLine(), "Give TASK, or --where for many");
        }
        List<UUID> tasks = task == null ? found() : List.of(task);
        ReplayReport report = new ReplayReport(json, tasks.size() == 1 && task != null, judged());
        ReplayChange change = change();
        for (UUID id : tasks) {
            one(id, change, report);
        }
        return report.end();
    }

    private void one(UUID id, @Nullable ReplayChange change, ReplayReport report) {
        TraceStore store = Services.get(TraceStore.class);
        List<TraceStep> steps = store.steps(id, 0);
        if (steps.isEmpty()) {
            throw new CommandFailure("There is no trace of task %s in this database".formatted(id));
        }
        try {
            if (change == null) {
                report.exact(id, ExactReplay.of(steps));
            } else {
                report.counterfactual(id, change.of(steps, store::agent));
            }
        } catch (IllegalArgumentException e) {
            report.impossible(id, String.valueOf(e.getMessage()));
        }
    }

    private List<UUID> found() {
        List<UUID> all = new ArrayList<>();
        try {
            TraceFilter filter = TraceFilter.of(where);
            PageKey after = null;
            do {
                TracePage page =
                        Services.get(Traces.class).page(filter, after, Math.min(Traces.MOST, last - all.size()));
                page.rows().stream().filter(row -> row.finishedAt() != null).forEach(row -> all.add(row.id()));
                after = page.next();
            } while (after != null && all.size() < last);
        } catch (FilterException e) {
            throw new ParameterException(spec.commandLine(), "--where: " + e.getMessage());
        }
        if (all.isEmpty()) {
            throw new CommandFailure("No finished task is meant by --where " + where);
        }
        return all;
    }

    private @Nullable ReplayChange change() {
        List<String> rules = new ArrayList<>(policy);
        if (threshold != null) {
            rules.add("acceptance.threshold=" + threshold);
        }
        if (rules.isEmpty() && critics.isEmpty() && agent == null) {
            return null;
        }
        return new ReplayChange(
                rules, critics, agent == null ? null : definition(agent), Services.get(Verifiers.class));
    }

    private static AgentDefinition definition(Path file) {
        Path absolute = file.toAbsolutePath().normalize();
        Path folder = absolute.getParent();
        if (!Files.isRegularFile(absolute)
                || folder == null
                || !folder.endsWith("agents")
                || !file.toString().endsWith(".yaml")) {
            throw new CommandFailure("A file agents/NAME.yaml is expected for --agent, not '%s'".formatted(file));
        }
        String name = absolute.getFileName().toString().replaceFirst("\\.yaml$", "");
        try {
            return Agents.ofFolder(folder.getParent()).named(name);
        } catch (AgentFileException e) {
            throw new CommandFailure(e.getMessage());
        }
    }

    private ReplayReport.Right judged() {
        Labels given = labels == null ? Labels.NONE : Labels.read(labels);
        return (id, attempt, isAnswer) -> {
            Label label = given.of(id, attempt.round(), isAnswer);
            if (label != null) {
                return label.right();
            }
            return (attempt.checks() == null || attempt.checks().isEmpty()) ? null : !attempt.failed();
        };
    }
}
