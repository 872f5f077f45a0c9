package dev.cermin.testing;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.output.TokenUsage;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.UnaryOperator;

/** A model whose replies are a function of the prompt. A token is a character. Remembers what it was asked. */
public final class ScriptedChatModel implements ChatModel {
    private final UnaryOperator<String> replies;
    private final List<String> prompts = new ArrayList<>();
    private final List<ChatRequest> requests = new ArrayList<>();

    /** @param replies from the system and the user message, a line break between; what it throws, the model throws */
    public ScriptedChatModel(UnaryOperator<String> replies) {
        this.replies = replies;
    }

    /** Replies with these in turn, whatever the prompt. */
    public static ScriptedChatModel saying(String... inTurn) {
        Iterator<String> rest = List.of(inTurn).iterator();
        return new ScriptedChatModel(prompt -> {
            if (!rest.hasNext()) {
                throw new IllegalStateException("the script has ended");
            }
            return rest.next();
        });
    }

    @Override
    public ChatResponse doChat(ChatRequest request) {
        StringBuilder all = new StringBuilder();
        for (ChatMessage message : request.messages()) {
            all.append(message instanceof SystemMessage system ? system.text() + "\n" : "");
            all.append(message instanceof UserMessage user ? user.singleText() : "");
        }
        String prompt = all.toString();
        requests.add(request);
        prompts.add(prompt);
        String reply = replies.apply(prompt);
        return ChatResponse.builder()
                .aiMessage(AiMessage.from(reply))
                .tokenUsage(new TokenUsage(prompt.length(), reply.length()))
                .build();
    }

    public List<String> prompts() {
        return prompts;
    }

    public List<ChatRequest> requests() {
        return requests;
    }
}
