package dev.cermin.bench;

import dev.cermin.model.ModelProvider;
import dev.cermin.model.ModelSettings;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.output.TokenUsage;
import java.nio.file.Path;

/**
 * A model that takes no time: it drafts {@code x=0} for {@link #TASK}, finds that bad and corrects it. What is measured
 * with it is Cermin's own share.
 */
public final class InstantProvider implements ModelProvider {
    static final String NAME = "instant";
    static final String TASK = "x-7=0";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public ChatModel make(String model, ModelSettings settings, Path cache) {
        return chat();
    }

    static ChatModel chat() {
        return new ChatModel() {
            @Override
            public ChatResponse doChat(ChatRequest request) {
                String prompt = ((UserMessage) request.messages().getLast()).singleText();
                String reply = prompt.endsWith("<output>")
                        ? "x=7"
                        : prompt.endsWith("<reflection>") ? "0-7=-7;-7-0=-7 bad;1-0=1,-7/1=-7,0--7=7" : "x=0";
                return ChatResponse.builder()
                        .aiMessage(AiMessage.from(reply))
                        .tokenUsage(new TokenUsage(prompt.length(), reply.length()))
                        .build();
            }
        };
    }
}
