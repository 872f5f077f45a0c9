package dev.cermin.run;

import dev.cermin.agent.Prompt;
import dev.cermin.agent.Sampling;
import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.Content;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.TextContent;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.chat.request.DefaultChatRequestParameters;
import dev.langchain4j.model.chat.request.ToolChoice;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What an application says to the model that the loop stands in for. The first draft answers these messages, with the
 * agent's own prompt around them: its system message goes before theirs, and what it has around {@code {{input}}} is put
 * around the last user message. Corrections go on from them.
 *
 * @param messages system, user, assistant and tool messages as they came
 * @param parameters as they came: tools, response format, sampling
 */
public record Conversation(List<ChatMessage> messages, ChatRequestParameters parameters) {
    private static final String BARE = "{{input}}";

    public Conversation {
        messages = List.copyOf(messages);
    }

    /**
     * What is asked: the text of the last user message, with the kind of what is no text in its place, such as
     * {@code (image)}; where no user says anything, words that say so. Never blank.
     */
    public String input() {
        int last = lastOfUser();
        String asked = last < 0 ? "" : text((UserMessage) messages.get(last));
        return asked.isBlank() ? "(no user message)" : asked;
    }

    /** What critics judge by: an answer may rest on what was said before, or on what a tool found. */
    String shown() {
        return messages.size() == 1 && messages.getFirst() instanceof UserMessage ? input() : Ask.shown(messages);
    }

    private int lastOfUser() {
        int last = messages.size() - 1;
        while (last >= 0 && !(messages.get(last) instanceof UserMessage)) {
            last--;
        }
        return last;
    }

    private static String text(UserMessage message) {
        return message.contents().stream()
                .map(content -> content instanceof TextContent text
                        ? text.text()
                        : "(" + content.type().name().toLowerCase(Locale.ROOT) + ")")
                .collect(Collectors.joining("\n"));
    }

    /** What the first draft answers. */
    List<ChatMessage> asked(Prompt prompt, Prompt.Rendered rendered) {
        int last = lastOfUser();
        if (last < 0 || prompt.user().strip().equals(BARE)) {
            return after(rendered.system());
        }
        UserMessage user = (UserMessage) messages.get(last);
        List<Content> contents = new ArrayList<>();
        contents.add(TextContent.from(rendered.user()));
        user.contents().stream()
                .filter(content -> !(content instanceof TextContent))
                .forEach(contents::add);
        List<ChatMessage> all = new ArrayList<>(messages);
        all.set(last, user.toBuilder().contents(contents).build());
        return new Conversation(all, parameters).after(rendered.system());
    }

    /** The messages after the agent's own system message, which goes before theirs: many models take only one. */
    List<ChatMessage> after(@Nullable String system) {
        if (system == null) {
            return messages;
        }
        List<ChatMessage> all = new ArrayList<>(messages);
        if (all.getFirst() instanceof SystemMessage theirs) {
            all.set(0, SystemMessage.from(system + "\n\n" + theirs.text()));
        } else {
            all.addFirst(SystemMessage.from(system));
        }
        return all;
    }

    /** As the request wants it; what it leaves open is the agent's. */
    Sampling sampling(Sampling own) {
        return new Sampling(
                parameters.temperature() == null ? own.temperature() : parameters.temperature(),
                parameters.topP() == null ? own.topP() : parameters.topP(),
                parameters.maxOutputTokens() == null ? own.maxTokens() : parameters.maxOutputTokens());
    }

    /** The request's parameters with those of one call before them; the tools of both are offered. */
    ChatRequestParameters with(ChatRequestParameters call) {
        ChatRequestParameters all = parameters.overrideWith(call);
        List<ToolSpecification> own = call.toolSpecifications();
        if (own.isEmpty()) {
            return all;
        }
        DefaultChatRequestParameters.Builder<?> tools = DefaultChatRequestParameters.builder();
        if (offersTools()) {
            List<ToolSpecification> both = new ArrayList<>(own);
            for (ToolSpecification theirs : tools()) {
                if (own.stream().anyMatch(tool -> tool.name().equals(theirs.name()))) {
                    throw new IllegalArgumentException(
                            "Tool '%s' is the agent's and the application's; rename one".formatted(theirs.name()));
                }
                both.add(theirs);
            }
            tools.toolSpecifications(both);
        } else if (parameters.toolChoice() != null) {
            tools.toolChoice(ToolChoice.AUTO);
        }
        return all.overrideWith(tools.build());
    }

    private boolean offersTools() {
        return !tools().isEmpty() && parameters.toolChoice() != ToolChoice.NONE;
    }

    private List<ToolSpecification> tools() {
        List<ToolSpecification> given = parameters.toolSpecifications();
        return given == null ? List.of() : given;
    }

    /** Those that the application is to execute: all but the agent's own, where the request offers tools. */
    List<ToolExecutionRequest> theirs(List<ToolExecutionRequest> wanted, Collection<String> own) {
        return offersTools()
                ? wanted.stream().filter(tool -> !own.contains(tool.name())).toList()
                : List.of();
    }

    /** The same with no tools to call. They stay named: some models take no tool messages without. */
    Conversation withoutTools() {
        return offersTools()
                ? new Conversation(
                        messages,
                        parameters.overrideWith(DefaultChatRequestParameters.builder()
                                .toolChoice(ToolChoice.NONE)
                                .build()))
                : this;
    }

    /** The same for another model: the name that the request gives is of the provider that it was written for. */
    Conversation withoutModelName() {
        return parameters.modelName() == null
                ? this
                : new Conversation(
                        messages,
                        DefaultChatRequestParameters.builder()
                                .overrideWith(parameters)
                                .modelName(null)
                                .build());
    }
}
