package dev.cermin.agent;

import dev.cermin.Agent;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import java.util.List;

/** An application that is a plain jar beside Cermin's, with agents of its own in it. */
final class ClassPathProgram {
    private ClassPathProgram() {}

    public static void main(String[] args) {
        for (String name : List.of("haiku", "equations", "haikus")) {
            try {
                Agent agent = Agent.named(name, new Echo());
                System.out.println(name + "=" + agent.run("autumn").answer().orElse(""));
            } catch (IllegalArgumentException | AgentFileException e) {
                System.out.println(name + ": " + e.getMessage());
            }
        }
    }

    /** Answers with what it is instructed by. */
    private static final class Echo implements ChatModel {
        @Override
        public ChatResponse doChat(ChatRequest request) {
            String told = request.messages().getFirst() instanceof SystemMessage system ? system.text() : "nothing";
            return ChatResponse.builder().aiMessage(AiMessage.from(told)).build();
        }
    }
}
