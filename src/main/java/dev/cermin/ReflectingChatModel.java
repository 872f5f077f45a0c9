package dev.cermin;

import dev.cermin.loop.Attempt;
import dev.cermin.loop.Outcome;
import dev.cermin.run.Conversation;
import dev.cermin.run.HandBackException;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.Content;
import dev.langchain4j.data.message.TextContent;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.ModelProvider;
import dev.langchain4j.model.chat.Capability;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** An agent in a model's place. The last user message is the task; the conversation is what the generator answers. */
final class ReflectingChatModel implements ChatModel {
    private final Agent agent;
    private final ChatModel generator;

    ReflectingChatModel(Agent agent, ChatModel generator) {
        this.agent = agent;
        this.generator = generator;
    }

    @Override
    public ChatResponse doChat(ChatRequest request) {
        return answer(request, Run.NOBODY);
    }

    ChatResponse answer(ChatRequest request, Consumer<LoopEvent> listener) {
        Conversation conversation = new Conversation(request.messages(), request.parameters());
        Run run = agent.of(agent.task(input(request.messages())), conversation);
        Outcome outcome;
        try {
            outcome = run.go(listener, false);
        } catch (HandBackException e) {
            return e.response();
        }
        Attempt best = Objects.requireNonNull(outcome.best(), "an outcome without a draft is an exception");
        String thinking = best.draft().thinking();
        return ChatResponse.builder()
                .aiMessage(AiMessage.builder()
                        .text(best.draft().output())
                        .thinking(thinking.isEmpty() ? null : thinking)
                        .build())
                .metadata(ReflectedResponseMetadata.of(outcome, best.draft().model()))
                .build();
    }

    private static String input(List<ChatMessage> messages) {
        String last = "";
        for (ChatMessage message : messages) {
            if (message instanceof UserMessage user) {
                last = user.contents().stream().map(ReflectingChatModel::text).collect(Collectors.joining("\n"));
            }
        }
        return last.isBlank() ? "(a conversation without a user's text)" : last;
    }

    private static String text(Content content) {
        return content instanceof TextContent text
                ? text.text()
                : "(" + content.type().name().toLowerCase(java.util.Locale.ROOT) + ")";
    }

    @Override
    public ModelProvider provider() {
        return generator.provider();
    }

    @Override
    public Set<Capability> supportedCapabilities() {
        return generator.supportedCapabilities();
    }
}
