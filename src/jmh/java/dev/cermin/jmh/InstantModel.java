package dev.cermin.jmh;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.output.TokenUsage;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Answers at once, with replies made beforehand: what is measured is the loop's own share. */
final class InstantModel implements ChatModel {
    private static final Map<String, ChatResponse> RESPONSES = Stream.of(
                    Work.FIRST_ANSWER, Work.REVISE, Work.ANSWER, Work.ACCEPT)
            .collect(Collectors.toMap(reply -> reply, InstantModel::response));

    private final Calls calls;

    InstantModel(Calls calls) {
        this.calls = calls;
    }

    @Override
    public ChatResponse doChat(ChatRequest request) {
        String prompt = ((UserMessage) request.messages().getLast()).singleText();
        calls.add(prompt);
        return RESPONSES.get(Work.reply(prompt));
    }

    private static ChatResponse response(String reply) {
        return ChatResponse.builder()
                .aiMessage(AiMessage.from(reply))
                .tokenUsage(new TokenUsage(40, reply.length()))
                .build();
    }
}
