package dev.cermin.cli;

import dev.cermin.agent.AgentDefinition;
import dev.cermin.agent.Agents;
import dev.cermin.embedded.CerminHome;
import dev.cermin.eval.Carriage;
import dev.cermin.eval.Evaluation;
import dev.cermin.eval.InProcess;
import dev.cermin.eval.JournalException;
import dev.cermin.eval.Method;
import dev.cermin.eval.OutageException;
import dev.cermin.eval.Results;
import dev.cermin.eval.Suite;
import dev.cermin.eval.TraceFiles;
import dev.cermin.eval.report.Report;
import dev.cermin.verify.VerifierUnavailableException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "eval",
        description = {
            "Asks an agent the items of a suite, and reports whether reflection pays.",
            "The same command goes on where an earlier one was ended, and asks nothing twice."
        },
        subcommands = {EvalCompareCommand.class, EvalTracesCommand.class},
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:done", "1:failed", "2:called wrongly", "3:fewer are right than --fail-under asks for"},
        mixinStandardHelpOptions = true)
final class EvalCommand extends ServiceCommand {
    private static final String PAGES = "http://localhost:8080/traces/{id}";

    @Mixin
    private EvalSuite suite = new EvalSuite();

    @Mixin
    private EvalOutput output = new EvalOutput();

    @Option(
            names = "--agent",
            paramLabel = "NAME",
            description = "Who is asked; default: the suite's name, where it is one")
    private @Nullable String agent;

    @Option(
            names = "--model",
            paramLabel = "NAME",
            description = "A configured model for all the agent's roles; default: the agent's own")
    private @Nullable String model;

    @Option(
            names = "--against",
            split = ",",
            paramLabel = "METHOD",
            description = "Baselines at the same number of tokens: best-of-n, self-consistency; default: none, but the "
                    + "single shot is always there")
    private List<String> against = List.of();

    @Option(
            names = "--temperature",
            paramLabel = "T",
            description = "Of the baselines' drafts; default: ${DEFAULT-VALUE}")
    private double temperature = 0.7;

    @Option(names = "--parallel", paramLabel = "N", description = "Items under way at a time; default: 1, over Kafka 8")
    private int parallel;

    @Option(
            names = "--outage-after",
            paramLabel = "N",
            description = "So many items that fail in a row end the run, and fewer count as wrong; default: 5")
    private @Nullable Integer outageAfter;

    @Option(names = "--over-kafka", description = "Each item is a task of the services; their traces are stored")
    private boolean overKafka;

    @Override
    Stores stores() {
        return overKafka ? Stores.BOTH : Stores.NONE;
    }

    @Override
    Map<String, String> settings() {
        Map<String, String> settings = new HashMap<>();
        settings.put("quarkus.log.level", "WARN");
        if (overKafka) {
            settings.put("quarkus.http.port", String.valueOf(Services.anyPort()));
        } else {
            settings.putAll(OFFLINE);
        }
        return settings;
    }

    /** Models only: no port is opened, no message read, no database asked. */
    static final Map<String, String> OFFLINE = Map.ofEntries(
            Map.entry("cermin.roles", "none"),
            Map.entry("cermin.topics.create", "false"),
            // that nothing is connected is what is wanted
            Map.entry("quarkus.log.category.\"io.smallrye.reactive.messaging.provider\".level", "ERROR"),
            Map.entry("quarkus.http.host-enabled", "false"),
            Map.entry("quarkus.datasource.active", "false"),
            Map.entry("quarkus.hibernate-orm.active", "false"),
            Map.entry("quarkus.flyway.active", "false"),
            Map.entry("mp.messaging.incoming.traces.enabled", "false"),
            Map.entry("mp.messaging.outgoing.tasks.enabled", "false"),
            Map.entry("mp.messaging.outgoing.control.enabled", "false"),
            Map.entry("mp.messaging.outgoing.dead-letters.enabled", "false"),
            Map.entry("mp.messaging.outgoing.checkpoints.enabled", "false"));

    @Override
    public Integer call() throws InterruptedException {
        Suite items = suite.read();
        AgentDefinition asked = asked();
        Method[] baselines = against.stream().map(EvalCommand::method).toArray(Method[]::new);
        Map<String, String> models = EvalParts.models(asked);
        Path folder = output.folder(
                CerminHome.resolve(),
                Arrays.asList(items, asked.hash(), List.of(baselines), overKafka, suite.seed(), temperature, models),
                items.name(),
                asked.name());
        Carriage carriage = overKafka
                ? new KafkaCarriage(folder.resolve("submitted.txt"))
                : new TraceFiles(new InProcess(EvalParts.agent(asked)), folder.resolve("traces"));
        Results results;
        try (EvalProgress progress = new EvalProgress(items.name())) {
            Evaluation evaluation = Evaluation.of(items, asked, carriage)
                    .against(baselines)
                    .models(models)
                    .temperature(temperature)
                    .seed(suite.seed())
                    .parallel(parallel > 0 ? parallel : overKafka ? 8 : 1)
                    .in(folder.resolve("results.jsonl"))
                    .listener(progress);
            results = (outageAfter == null ? evaluation : evaluation.outageAfter(outageAfter)).run();
        } catch (OutageException e) {
            throw new CommandFailure(
                    e.getMessage() + ": give the same command again. Where it is the items that can't be"
                            + " answered, give a larger --outage-after: they then count as wrong");
        } catch (JournalException | IllegalArgumentException | VerifierUnavailableException e) {
            throw new CommandFailure(e.getMessage());
        }
        return output.write(Report.of(results), folder, overKafka ? PAGES : "traces/{id}.jsonl");
    }

    private AgentDefinition asked() {
        Agents agents = Services.get(Agents.class);
        String name = agent != null ? agent : suite.name();
        AgentDefinition found = agents.find(name)
                .orElseThrow(() -> new CommandFailure(
                        agent != null
                                ? "There is no agent '%s'; known are %s".formatted(name, EvalParts.names(agents))
                                : "Who is to be asked? Give --agent; known are " + EvalParts.names(agents)));
        return model == null ? found : found.on(model);
    }

    private static Method method(String label) {
        List<String> known = new ArrayList<>();
        for (Method method : Method.values()) {
            String name = method.name().toLowerCase(Locale.ROOT).replace('_', '-');
            if (method != Method.REFLECTION && name.equals(label.strip())) {
                return method;
            }
            if (method != Method.REFLECTION) {
                known.add(name);
            }
        }
        throw new CommandFailure("--against is '%s'; one of %s is expected".formatted(label, known));
    }
}
