package dev.cermin.model.jlama;

import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.chat.request.DefaultChatRequestParameters;
import dev.langchain4j.model.chat.response.ChatResponse;
import java.util.function.UnaryOperator;

/** Shorthand of the tests for a request of one message. */
final class ChatRequests {
    private ChatRequests() {}

    static ChatResponse ask(JlamaChatModel model, String prompt) {
        return ask(model, prompt, parameters -> parameters);
    }

    static ChatResponse ask(
            JlamaChatModel model, String prompt, UnaryOperator<DefaultChatRequestParameters.Builder<?>> settings) {
        ChatRequestParameters parameters =
                settings.apply(ChatRequestParameters.builder()).build();
        return model.chat(ChatRequest.builder()
                .messages(UserMessage.from(prompt))
                .parameters(parameters)
                .build());
    }

    static String text(JlamaChatModel model, String prompt) {
        return ask(model, prompt).aiMessage().text();
    }
}
