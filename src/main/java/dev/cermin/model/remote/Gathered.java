package dev.cermin.model.remote;

import dev.cermin.model.Failure;
import dev.langchain4j.exception.TimeoutException;
import dev.langchain4j.model.ModelProvider;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.PartialResponse;
import dev.langchain4j.model.chat.response.PartialResponseContext;
import dev.langchain4j.model.chat.response.PartialThinking;
import dev.langchain4j.model.chat.response.PartialThinkingContext;
import dev.langchain4j.model.chat.response.PartialToolCall;
import dev.langchain4j.model.chat.response.PartialToolCallContext;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.chat.response.StreamingHandle;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A streaming model as one that answers at once. The time it may take is that of each silence, so a long answer is as
 * good as a short one; an answer without its end is none. An interrupt ends the stream. Thread-safe.
 */
final class Gathered implements ChatModel {
    private final StreamingChatModel model;
    private final Duration silence;
    private final boolean inThread;

    /** @param inThread whether all is over once the model returns, as over a {@link Wire} */
    Gathered(StreamingChatModel model, Duration silence, boolean inThread) {
        this.model = model;
        this.silence = silence;
        this.inThread = inThread;
    }

    @Override
    public ChatResponse doChat(ChatRequest request) {
        var answer = new Answer();
        model.doChat(request, answer);
        if (inThread) {
            answer.over();
        }
        ChatResponse response = answer.await(silence);
        if (response.finishReason() == null) {
            throw cut();
        }
        return response;
    }

    @Override
    public ChatRequestParameters defaultRequestParameters() {
        return model.defaultRequestParameters();
    }

    @Override
    public ModelProvider provider() {
        return model.provider();
    }

    private static RuntimeException cut() {
        return new UncheckedIOException(new CutException("the stream ended before the answer did"));
    }

    private static final class Answer implements StreamingChatResponseHandler {
        private final CompletableFuture<ChatResponse> whole = new CompletableFuture<>();
        private volatile long heard = System.nanoTime();
        private volatile @Nullable StreamingHandle handle;

        ChatResponse await(Duration silence) {
            try {
                while (true) {
                    try {
                        return whole.get(Math.max(left(silence), 0), TimeUnit.NANOSECONDS);
                    } catch (java.util.concurrent.TimeoutException e) {
                        // something may have been heard since
                        if (left(silence) <= 0) {
                            cancel();
                            throw new TimeoutException("the stream was silent for " + Text.of(silence));
                        }
                    }
                }
            } catch (InterruptedException e) {
                cancel();
                Thread.currentThread().interrupt();
                throw new IllegalStateException("The call was interrupted", e);
            } catch (ExecutionException e) {
                throw e.getCause() instanceof RuntimeException failure
                        ? failure
                        : new IllegalStateException(e.getCause());
            }
        }

        private long left(Duration silence) {
            return silence.toNanos() - (System.nanoTime() - heard);
        }

        /** Nothing more will come. */
        void over() {
            whole.completeExceptionally(cut());
        }

        private void cancel() {
            StreamingHandle open = handle;
            if (open != null) {
                open.cancel();
            }
        }

        private void heard(@Nullable StreamingHandle by) {
            heard = System.nanoTime();
            handle = by;
        }

        @Override
        public void onPartialResponse(PartialResponse partial, PartialResponseContext context) {
            heard(context.streamingHandle());
        }

        @Override
        public void onPartialThinking(PartialThinking partial, PartialThinkingContext context) {
            heard(context.streamingHandle());
        }

        @Override
        public void onPartialToolCall(PartialToolCall partial, PartialToolCallContext context) {
            heard(context.streamingHandle());
        }

        @Override
        public void onCompleteResponse(ChatResponse response) {
            whole.complete(response);
        }

        @Override
        public void onError(Throwable failure) {
            // the request was right, for there is an answer; what goes wrong unforeseen is the reading of it
            boolean known =
                    failure instanceof StreamedError || Failure.of(failure).kind() != Failure.Kind.UNKNOWN;
            whole.completeExceptionally(known ? failure : new UnreadableException(failure));
        }
    }
}
