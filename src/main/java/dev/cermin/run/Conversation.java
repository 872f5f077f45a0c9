package dev.cermin.run;

import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import java.util.List;

/**
 * What an application already says to the model, where the loop stands in for that model: the first draft answers these
 * messages in place of the agent's own prompt, and corrections go on from them.
 *
 * @param messages system, user, assistant and tool messages as they came
 * @param parameters as they came: tools, response format, sampling
 */
public record Conversation(List<ChatMessage> messages, ChatRequestParameters parameters) {
    public Conversation {
        messages = List.copyOf(messages);
    }
}
