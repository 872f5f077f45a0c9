package dev.cermin.jmh;

import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.service.AiServices;
import dev.langchain4j.service.UserMessage;
import dev.langchain4j.service.V;

/** LangChain4j's AiServices, called in a {@code for}. */
final class AiServicesLoop implements Loop {
    private final Assistant assistant;

    interface Assistant {
        @UserMessage(Work.GENERATE)
        String generate(@V("input") String input);

        @UserMessage(Work.CRITIQUE)
        String critique(@V("input") String input, @V("draft") String draft);

        @UserMessage(Work.CORRECT)
        String correct(@V("input") String input, @V("draft") String draft, @V("critique") String critique);
    }

    AiServicesLoop(ChatModel model) {
        assistant = AiServices.create(Assistant.class, model);
    }

    @Override
    public String run(String input) {
        String draft = assistant.generate(input);
        for (int correction = 0; correction < Work.CORRECTIONS; correction++) {
            String critique = assistant.critique(input, draft);
            if (Work.accepts(critique)) {
                break;
            }
            draft = assistant.correct(input, draft, critique);
        }
        return draft;
    }
}
