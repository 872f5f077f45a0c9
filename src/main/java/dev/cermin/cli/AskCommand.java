package dev.cermin.cli;

import dev.cermin.NoDraftException;
import dev.cermin.Run;
import dev.cermin.agent.AgentDefinition;
import dev.cermin.agent.Agents;
import dev.cermin.loop.Outcome;
import dev.cermin.trace.TraceStep;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "ask",
        description = {
            "Asks an agent one question, in this process: no service is needed, and nothing is stored.",
            "The answer goes to standard output, everything else to standard error."
        },
        exitCodeListHeading = ExitCodes.HEADING,
        exitCodeList = {ExitCodes.DONE_LINE, ExitCodes.FAILED_LINE, ExitCodes.WRONG_LINE, ExitCodes.SHORT_LINE},
        footer = {
            "",
            "Examples:",
            "  ./cermin ask --show equations \"9x-15=21\"",
            "  ./cermin ask equations -- \"-3x=9\"      (what stands behind -- is no option)"
        },
        mixinStandardHelpOptions = true)
final class AskCommand extends ServiceCommand {
    private static final long LOOK_MS = 50;

    @Parameters(index = "0", paramLabel = "AGENT", description = "Its name; ./cermin agents lists them")
    private String agent;

    @Parameters(index = "1", paramLabel = "QUESTION", description = "What is asked; -: standard input")
    private String question;

    @Option(names = "--show", description = "Shows each step as it is done")
    private boolean show;

    @Option(names = "--json", description = "Prints the whole outcome as JSON")
    private boolean json;

    @Override
    Stores stores() {
        return Stores.NONE;
    }

    @Override
    Map<String, String> settings() {
        Map<String, String> settings = new HashMap<>(EvalCommand.OFFLINE);
        settings.put("quarkus.log.level", "WARN");
        return settings;
    }

    @Override
    public Integer call() throws InterruptedException {
        AgentDefinition definition = AgentFiles.named(Services.get(Agents.class), agent);
        String asked = Answers.question(question);
        if (asked.isBlank()) {
            throw new CommandFailure("A question is expected; there is none");
        }
        Run run = EvalParts.agent(definition).start(asked);
        CompletableFuture<Outcome> end = run.future();
        int shown = 0;
        boolean done;
        try (Waiting waiting = new Waiting()) {
            do {
                done = end.isDone();
                if (show) {
                    shown = show(run.trace(), shown);
                } else {
                    waiting.tick();
                }
                if (!done) {
                    Thread.sleep(LOOK_MS);
                }
            } while (!done);
        }
        try {
            return Answers.tell(run.outcome(), json);
        } catch (NoDraftException e) {
            return Answers.tell(e.outcome(), json);
        }
    }

    private static int show(List<TraceStep> steps, int from) {
        for (TraceStep step : steps.subList(from, steps.size())) {
            String line = StepLine.of(step);
            if (!line.isEmpty()) {
                System.err.println(line);
            }
        }
        return steps.size();
    }
}
