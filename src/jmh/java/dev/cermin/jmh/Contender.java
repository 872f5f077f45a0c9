package dev.cermin.jmh;

import dev.langchain4j.model.chat.ChatModel;
import java.util.List;

/** Who runs the loop. The models count into the calls that they are made with. */
public enum Contender {
    CERMIN("Cermin, every step recorded"),
    PLAIN("plain LangChain4j calls in a for"),
    AI_SERVICES("LangChain4j AiServices in a for"),
    AGENTIC("langchain4j-agentic, loop builder"),
    LANGGRAPH("LangGraph4j"),
    ADK("Google ADK, LoopAgent");

    private final String title;

    Contender(String title) {
        this.title = title;
    }

    String title() {
        return title;
    }

    /**
     * A loop that has shown that it does the work.
     *
     * @throws IllegalStateException where it makes other calls, or ends with another answer
     */
    Loop proven(Calls calls) {
        Loop loop = loop(calls);
        List<String> prompts = calls.during(() -> {
            String answer = loop.run(Work.INPUT);
            if (!answer.equals(Work.ANSWER)) {
                throw new IllegalStateException(
                        "%s ends with '%s', not with '%s'".formatted(this, answer, Work.ANSWER));
            }
        });
        List<String> expected = Work.prompts();
        boolean same = prompts.size() == expected.size();
        for (int i = 0; same && i < prompts.size(); i++) {
            // Cermin disarms tags in what it quotes; the ADK adds who the agent is
            same = prompts.get(i).replace("&lt;", "<").startsWith(expected.get(i));
        }
        if (!same) {
            throw new IllegalStateException("%s asks%n%s%n%nExpected%n%s".formatted(this, prompts, expected));
        }
        return loop;
    }

    private Loop loop(Calls calls) {
        ChatModel model = new InstantModel(calls);
        return switch (this) {
            case CERMIN -> new CerminLoop(model);
            case PLAIN -> new PlainLoop(model);
            case AI_SERVICES -> new AiServicesLoop(model);
            case AGENTIC -> new AgenticLoop(model);
            case LANGGRAPH -> new LangGraphLoop(model);
            case ADK -> new AdkLoop(calls);
        };
    }
}
