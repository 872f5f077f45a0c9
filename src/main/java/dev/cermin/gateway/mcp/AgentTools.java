package dev.cermin.gateway.mcp;

import dev.cermin.agent.AgentDefinition;
import dev.cermin.agent.Agents;
import dev.cermin.flow.TaskRules;
import dev.cermin.gateway.LimitException;
import dev.cermin.gateway.Loops;
import dev.cermin.gateway.StepView;
import dev.cermin.loop.Attempt;
import dev.cermin.loop.Outcome;
import dev.cermin.loop.Task;
import dev.cermin.trace.Replay;
import dev.cermin.trace.StepKind;
import dev.cermin.trace.TraceStep;
import io.quarkiverse.mcp.server.Progress;
import io.quarkiverse.mcp.server.TextContent;
import io.quarkiverse.mcp.server.ToolManager;
import io.quarkiverse.mcp.server.ToolManager.ToolAnnotations;
import io.quarkiverse.mcp.server.ToolManager.ToolArguments;
import io.quarkiverse.mcp.server.ToolResponse;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Agents as tools: a call runs a task, tells its steps as progress, and ends it when the host cancels. */
@ApplicationScoped
class AgentTools {
    private static final String INPUT = "input";

    private final Agents agents;
    private final Loops loops;
    private final McpCallers callers;

    AgentTools(Agents agents, Loops loops, McpCallers callers) {
        this.callers = callers;
        this.agents = agents;
        this.loops = loops;
    }

    void register(@Observes StartupEvent event, ToolManager tools) {
        for (AgentDefinition agent : agents.all()) {
            tools.newTool(agent.name())
                    .setDescription(agent.description())
                    .addArgument(INPUT, "What is asked of the agent", true, String.class)
                    .setOutputSchema(AgentAnswer.SCHEMA)
                    // it changes nothing but what it is asked about: to ask twice is to get two answers
                    .setAnnotations(new ToolAnnotations(agent.name(), true, false, false, true))
                    .setHandler(call -> run(agent, call), true)
                    .register();
        }
    }

    private ToolResponse run(AgentDefinition agent, ToolArguments call) {
        callers.maySubmit();
        String input = String.valueOf(call.args().get(INPUT));
        if (input.isBlank()) {
            return ToolResponse.error("An input is expected: the text of what is asked");
        }
        Task task = loops.task(agent, input, Map.of("door", "mcp"));
        Optional<TaskRules.Fault> fault = TaskRules.fault(task);
        if (fault.isPresent()) {
            return ToolResponse.error(fault.get().detail());
        }
        try {
            loops.submit(task, agent, null);
            List<TraceStep> steps = loops.follow(
                    task.id(),
                    "its MCP host",
                    step -> tell(step, call.progress()),
                    () -> !call.cancellation().check().isRequested());
            return !Replay.ended(steps)
                    ? ToolResponse.error("Cancelled; what was done is at " + TraceResources.uri(task.id()))
                    : response(Replay.state(steps).outcome());
        } catch (Loops.NotAcceptedException | Loops.SetAsideException | LimitException e) {
            return ToolResponse.error(e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return ToolResponse.error("The gateway stops; task %s goes on".formatted(task.id()));
        }
    }

    private static void tell(TraceStep step, Progress progress) {
        if (step.kind() == StepKind.SUBMIT || progress.token().isEmpty()) {
            return;
        }
        StepView view = StepView.of(step);
        List<String> lines = new ArrayList<>();
        if (view.text() != null) {
            lines.add(view.label() + ": " + view.text());
        }
        lines.addAll(view.findings());
        progress.notificationBuilder()
                .setProgress(step.number())
                .setMessage(step.kind().key() + ": " + String.join("; ", lines))
                .build()
                .sendAndForget();
    }

    private static ToolResponse response(Outcome outcome) {
        Attempt best = outcome.best();
        if (best == null) {
            return ToolResponse.error("Agent '%s' gave no answer: %s. What was done is at %s"
                    .formatted(outcome.agent(), outcome.stop().detail(), TraceResources.uri(outcome.taskId())));
        }
        AgentAnswer answer = AgentAnswer.of(outcome, best);
        return new ToolResponse(false, List.of(new TextContent(answer.answer())), answer, null);
    }
}
