package dev.cermin;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.model.ModelProvider;
import dev.langchain4j.model.chat.Capability;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.ChatRequestOptions;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.CompleteToolCall;
import dev.langchain4j.model.chat.response.PartialResponse;
import dev.langchain4j.model.chat.response.PartialResponseContext;
import dev.langchain4j.model.chat.response.PartialThinking;
import dev.langchain4j.model.chat.response.PartialThinkingContext;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.chat.response.StreamingHandle;
import java.util.Set;

/** An agent in a streaming model's place. Which draft is the answer is known at the end: till then, there is thinking. */
final class ReflectingStreamingChatModel implements StreamingChatModel {
    private static final int PIECE = 80;

    private final ReflectingChatModel model;

    ReflectingStreamingChatModel(Agent agent, ChatModel generator) {
        this.model = new ReflectingChatModel(agent, generator);
    }

    /** Defaults and listeners are the generator's, which adds them itself. */
    @Override
    public void chat(ChatRequest request, ChatRequestOptions options, StreamingChatResponseHandler handler) {
        doChat(request, handler);
    }

    @Override
    public void doChat(ChatRequest request, StreamingChatResponseHandler handler) {
        Run run = model.run(request);
        Thread.ofVirtual().name("cermin-" + run.id()).start(() -> new Answer(run, handler).stream());
    }

    @Override
    public ModelProvider provider() {
        return model.provider();
    }

    @Override
    public Set<Capability> supportedCapabilities() {
        return model.supportedCapabilities();
    }

    /** One answer on its way. Once it is cancelled, its handler hears nothing more. */
    private final class Answer implements StreamingHandle {
        private final Run run;
        private final StreamingChatResponseHandler handler;
        private volatile boolean cancelled;

        Answer(Run run, StreamingChatResponseHandler handler) {
            this.run = run;
            this.handler = handler;
        }

        @Override
        public void cancel() {
            cancelled = true;
            run.cancel("its reader");
        }

        @Override
        public boolean isCancelled() {
            return cancelled;
        }

        void stream() {
            try {
                ChatResponse response = model.answer(run, this::think, true);
                pass(response.aiMessage());
                if (!cancelled) {
                    handler.onCompleteResponse(response);
                }
            } catch (RuntimeException | Error e) {
                if (!cancelled) {
                    handler.onError(e);
                }
            }
        }

        private void think(LoopEvent event) {
            String line = switch (event) {
                case LoopEvent.Drafted drafted ->
                    "Draft %d: %s".formatted(drafted.round(), drafted.draft().output());
                case LoopEvent.Judged judged ->
                    String.join("\n", judged.verdict().reasons());
                case LoopEvent.Finished finished ->
                    // an acceptance was told with its verdict
                    finished.outcome().accepted()
                            ? ""
                            : finished.outcome().stop().detail();
                case LoopEvent.Verified verified -> "";
                case LoopEvent.Critiqued critiqued -> "";
            };
            if (!line.isEmpty() && !cancelled) {
                handler.onPartialThinking(new PartialThinking(line + "\n"), new PartialThinkingContext(this));
            }
        }

        private void pass(AiMessage message) {
            String text = message.text() == null ? "" : message.text();
            int from = 0;
            while (from < text.length() && !cancelled) {
                int space = text.indexOf(' ', from + PIECE);
                int to = space < 0 ? text.length() : space + 1;
                handler.onPartialResponse(
                        new PartialResponse(text.substring(from, to)), new PartialResponseContext(this));
                from = to;
            }
            for (int i = 0; i < message.toolExecutionRequests().size() && !cancelled; i++) {
                handler.onCompleteToolCall(
                        new CompleteToolCall(i, message.toolExecutionRequests().get(i)));
            }
        }
    }
}
