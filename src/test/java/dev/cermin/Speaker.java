package dev.cermin;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.output.TokenUsage;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/** A model that replies to whole requests, with tool calls too; 10 tokens in and 2 out each. Remembers what it was asked. */
class Speaker implements ChatModel {
    private final Function<ChatRequest, AiMessage> replies;
    private final List<ChatRequest> requests = new CopyOnWriteArrayList<>();

    Speaker(Function<ChatRequest, AiMessage> replies) {
        this.replies = replies;
    }

    /** Replies with these in turn, texts and tool calls, then fails as models do. */
    static Speaker saying(Object... inTurn) {
        Iterator<Object> rest = List.of(inTurn).iterator();
        return new Speaker(request -> {
            if (!rest.hasNext()) {
                throw new IllegalStateException("503 Service Unavailable");
            }
            Object next = rest.next();
            return next instanceof ToolExecutionRequest call ? AiMessage.from(call) : AiMessage.from((String) next);
        });
    }

    static ToolExecutionRequest call(String tool, String arguments) {
        return ToolExecutionRequest.builder()
                .id("call-" + tool)
                .name(tool)
                .arguments(arguments)
                .build();
    }

    @Override
    public ChatResponse doChat(ChatRequest request) {
        requests.add(request);
        return ChatResponse.builder()
                .aiMessage(replies.apply(request))
                .tokenUsage(new TokenUsage(10, 2))
                .build();
    }

    List<ChatRequest> requests() {
        return requests;
    }

    ChatRequest last() {
        return requests.getLast();
    }

    /** The text of a request's last message, which is a user's. */
    static String asked(ChatRequest request) {
        return ((UserMessage) request.messages().getLast()).singleText();
    }
}
