package dev.cermin;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.model.ModelProvider;
import dev.langchain4j.model.chat.Capability;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.CompleteToolCall;
import dev.langchain4j.model.chat.response.PartialThinking;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import java.util.Set;

/** An agent in a streaming model's place. Which draft is the answer is known at the end: till then, there is thinking. */
final class ReflectingStreamingChatModel implements StreamingChatModel {
    private static final int PIECE = 80;

    private final ReflectingChatModel model;

    ReflectingStreamingChatModel(Agent agent, ChatModel generator) {
        this.model = new ReflectingChatModel(agent, generator);
    }

    @Override
    public void doChat(ChatRequest request, StreamingChatResponseHandler handler) {
        Thread.ofVirtual().name("cermin-stream").start(() -> {
            try {
                ChatResponse response = model.answer(request, event -> think(event, handler));
                pass(response.aiMessage(), handler);
                handler.onCompleteResponse(response);
            } catch (RuntimeException | Error e) {
                handler.onError(e);
            }
        });
    }

    private static void think(LoopEvent event, StreamingChatResponseHandler handler) {
        String line = switch (event) {
            case LoopEvent.Drafted drafted ->
                "Draft %d: %s".formatted(drafted.round(), drafted.draft().output());
            case LoopEvent.Judged judged -> String.join("\n", judged.verdict().reasons());
            case LoopEvent.Finished finished -> finished.outcome().stop().detail();
            case LoopEvent.Verified verified -> "";
            case LoopEvent.Critiqued critiqued -> "";
        };
        if (!line.isEmpty()) {
            handler.onPartialThinking(new PartialThinking(line + "\n"));
        }
    }

    private static void pass(AiMessage message, StreamingChatResponseHandler handler) {
        if (message.hasToolExecutionRequests()) {
            for (int i = 0; i < message.toolExecutionRequests().size(); i++) {
                handler.onCompleteToolCall(
                        new CompleteToolCall(i, message.toolExecutionRequests().get(i)));
            }
            return;
        }
        String text = message.text() == null ? "" : message.text();
        int from = 0;
        while (from < text.length()) {
            int space = text.indexOf(' ', from + PIECE);
            int to = space < 0 ? text.length() : space + 1;
            handler.onPartialResponse(text.substring(from, to));
            from = to;
        }
    }

    @Override
    public ModelProvider provider() {
        return model.provider();
    }

    @Override
    public Set<Capability> supportedCapabilities() {
        return model.supportedCapabilities();
    }
}
