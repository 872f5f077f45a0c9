package dev.cermin.jmh;

import dev.cermin.agent.AgentDefinition;
import dev.cermin.agent.AgentDefinition.Critic;
import dev.cermin.agent.AnswerFormat;
import dev.cermin.agent.Prompt;
import dev.cermin.agent.Sampling;
import dev.cermin.critique.CritiqueFormat;
import dev.cermin.loop.Outcome;
import dev.cermin.loop.Role;
import dev.cermin.loop.Task;
import dev.cermin.policy.Policy;
import dev.cermin.run.Execution;
import dev.cermin.run.Runner;
import dev.langchain4j.model.chat.ChatModel;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Cermin, with every step recorded in memory. */
final class CerminLoop implements Loop {
    private final Runner runner;

    CerminLoop(ChatModel model) {
        Prompt critique = new Prompt("jmh/critique@1", null, Work.CRITIQUE);
        runner = Runner.of(
                new AgentDefinition(
                        "equations",
                        "1",
                        "",
                        AnswerFormat.PLAIN,
                        Map.of(Role.GENERATE, "instant", Role.CORRECT, "instant"),
                        Map.of(
                                Role.GENERATE, new Prompt("jmh/generate@1", null, Work.GENERATE),
                                Role.CORRECT, new Prompt("jmh/correct@1", null, Work.CORRECT)),
                        Sampling.DEFAULT,
                        List.of(),
                        List.of(new Critic("critic", "instant", critique, CritiqueFormat.TAGGED)),
                        Policy.DEFAULT),
                model);
    }

    @Override
    public String run(String input) {
        List<Execution> steps = new ArrayList<>();
        Task task = new Task(UUID.randomUUID(), "equations", input, Instant.now());
        Outcome outcome = runner.run(task, steps::add, () -> false);
        if (steps.size() != 4) {
            throw new IllegalStateException("Four steps are a loop, not " + steps);
        }
        return outcome.answer().orElseThrow();
    }
}
