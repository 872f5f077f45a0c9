package dev.cermin.jmh;

import dev.langchain4j.agentic.Agent;
import dev.langchain4j.agentic.AgenticServices;
import dev.langchain4j.agentic.UntypedAgent;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.service.UserMessage;
import dev.langchain4j.service.V;
import java.util.Map;

/**
 * langchain4j-agentic: a sequence of a generator and a loop, which ends once the critique accepts. Its agents are public:
 * it calls them by reflection.
 */
final class AgenticLoop implements Loop {
    private final UntypedAgent agent;

    public interface Generator {
        @Agent(description = "Solves", outputKey = "draft")
        @UserMessage(Work.GENERATE)
        String generate(@V("input") String input);
    }

    public interface Critic {
        @Agent(description = "Checks", outputKey = "critique")
        @UserMessage(Work.CRITIQUE)
        String critique(@V("input") String input, @V("draft") String draft);
    }

    public interface Corrector {
        @Agent(description = "Corrects", outputKey = "draft")
        @UserMessage(Work.CORRECT)
        String correct(@V("input") String input, @V("draft") String draft, @V("critique") String critique);
    }

    AgenticLoop(ChatModel model) {
        UntypedAgent loop = AgenticServices.loopBuilder()
                .subAgents(
                        AgenticServices.agentBuilder(Critic.class)
                                .chatModel(model)
                                .build(),
                        AgenticServices.agentBuilder(Corrector.class)
                                .chatModel(model)
                                .build())
                .maxIterations(Work.CORRECTIONS)
                .exitCondition(scope -> Work.accepts(scope.readState("critique", "")))
                .build();
        agent = AgenticServices.sequenceBuilder()
                .subAgents(
                        AgenticServices.agentBuilder(Generator.class)
                                .chatModel(model)
                                .build(),
                        loop)
                .outputKey("draft")
                .build();
    }

    @Override
    public String run(String input) {
        return (String) agent.invoke(Map.of("input", input));
    }
}
