package dev.cermin.chat;

import dev.cermin.run.HandBackException;
import dev.langchain4j.data.message.AiMessage;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a model asks of the client's tools, as the trace's step has it for a response.
 *
 * @param content what it said beside that; null for nothing
 * @param toolCalls in order, at least one
 */
public record HandedBack(@Nullable String content, List<ToolCall> toolCalls) {
    /**
     * @param id the model's; null where it gives none
     * @param arguments as the model wrote them, JSON
     */
    public record ToolCall(@Nullable String id, String name, String arguments) {}

    public static HandedBack of(HandBackException handedBack) {
        AiMessage said = handedBack.response().aiMessage();
        return new HandedBack(
                said.text(),
                said.toolExecutionRequests().stream()
                        .map(tool -> new ToolCall(tool.id(), tool.name(), tool.arguments()))
                        .toList());
    }

    @Override
    public String toString() {
        return "The model asks for the client's tools: "
                + toolCalls.stream().map(ToolCall::name).collect(Collectors.joining(", "));
    }
}
