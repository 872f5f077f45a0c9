package dev.cermin.run;

import dev.cermin.agent.Sampling;
import dev.cermin.loop.DraftCall;
import dev.cermin.loop.Role;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.TextContent;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.request.ResponseFormat;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a step wants to hear of a model.
 *
 * @param role what the model is asked for
 * @param model the model's name
 * @param promptId the prompt and its version, for the trace
 * @param messages what the model reads
 * @param sampling the agent's own
 * @param terms the policy's, which go before
 * @param tools names of tools that the model may call
 * @param format that a reply must have, where the model can be held to it; null for text
 * @param conversation whose parameters are passed on; null for none
 */
record Ask(
        Role role,
        String model,
        String promptId,
        List<ChatMessage> messages,
        Sampling sampling,
        @Nullable DraftCall terms,
        List<String> tools,
        @Nullable ResponseFormat format,
        @Nullable Conversation conversation) {

    /** The messages as the trace shows them: roles apart where there is more than the user's. */
    static String shown(List<ChatMessage> messages) {
        if (messages.size() == 1) {
            return text(messages.getFirst());
        }
        StringBuilder all = new StringBuilder();
        for (ChatMessage message : messages) {
            all.append(all.isEmpty() ? "[" : "\n[")
                    .append(message.type().name().toLowerCase(Locale.ROOT))
                    .append("]\n")
                    .append(text(message));
        }
        return all.toString();
    }

    private static String text(ChatMessage message) {
        return switch (message) {
            case SystemMessage system -> system.text();
            case UserMessage user when user.hasSingleText() -> user.singleText();
            case UserMessage user -> {
                StringBuilder all = new StringBuilder();
                user.contents()
                        .forEach(content -> all.append(
                                content instanceof TextContent text
                                        ? text.text()
                                        : "[" + content.type().name().toLowerCase(Locale.ROOT) + "]"));
                yield all.toString();
            }
            case dev.langchain4j.data.message.AiMessage ai ->
                (ai.text() == null ? "" : ai.text())
                        + (ai.hasToolExecutionRequests()
                                ? ai.toolExecutionRequests().toString()
                                : "");
            case ToolExecutionResultMessage result -> result.toolName() + ": " + result.text();
            default -> message.toString();
        };
    }
}
