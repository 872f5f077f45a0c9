package dev.cermin;

import dev.cermin.loop.Attempt;
import dev.cermin.loop.Outcome;
import dev.cermin.loop.Role;
import dev.cermin.run.Conversation;
import dev.cermin.run.HandBackException;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.model.ModelProvider;
import dev.langchain4j.model.chat.Capability;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.ChatRequestOptions;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** An agent in a model's place. The last user message is the task; the conversation is what the generator answers. */
final class ReflectingChatModel implements ChatModel {
    private final Agent agent;
    private final ChatModel generator;

    ReflectingChatModel(Agent agent, ChatModel generator) {
        this.agent = agent;
        this.generator = generator;
    }

    /** Defaults and listeners are the generator's, which adds them itself; to merge here would lose a provider's own. */
    @Override
    public ChatResponse chat(ChatRequest request, ChatRequestOptions options) {
        return doChat(request);
    }

    @Override
    public ChatResponse doChat(ChatRequest request) {
        return answer(run(request), null, false);
    }

    Run run(ChatRequest request) {
        Conversation conversation = new Conversation(request.messages(), request.parameters());
        return agent.of(agent.task(conversation.input()), conversation);
    }

    ChatResponse answer(Run run, @Nullable Consumer<LoopEvent> listener, boolean owned) {
        Outcome outcome;
        try {
            outcome = run.go(listener, owned);
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
                .metadata(ReflectedResponseMetadata.of(
                        outcome, modelName(best.draft().model())))
                .build();
    }

    /** The provider's own name for the generator, where that wrote the answer and says it; else the agent's. */
    private String modelName(String model) {
        String provided = generator.defaultRequestParameters().modelName();
        return provided != null && model.equals(agent.definition().models().get(Role.GENERATE)) ? provided : model;
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
