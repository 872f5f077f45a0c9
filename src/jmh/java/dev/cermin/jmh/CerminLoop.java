package dev.cermin.jmh;

import dev.cermin.Agent;
import dev.cermin.agent.AgentDefinition.Critic;
import dev.cermin.agent.Prompt;
import dev.cermin.critique.CritiqueFormat;
import dev.cermin.loop.Role;
import dev.langchain4j.model.chat.ChatModel;

/** Cermin: every run records its steps, with prompts and replies, in memory. */
final class CerminLoop implements Loop {
    private final Agent agent;

    CerminLoop(ChatModel model) {
        Prompt critique = new Prompt("jmh/critique@1", null, Work.CRITIQUE);
        agent = Agent.builder("equations")
                .model(model)
                .prompt(Role.GENERATE, new Prompt("jmh/generate@1", null, Work.GENERATE))
                .prompt(Role.CORRECT, new Prompt("jmh/correct@1", null, Work.CORRECT))
                .critic(new Critic("critic", "model", critique, CritiqueFormat.TAGGED))
                .build();
    }

    @Override
    public String run(String input) {
        return agent.run(input).answer().orElseThrow();
    }
}
