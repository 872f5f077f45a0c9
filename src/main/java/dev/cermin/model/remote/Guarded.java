package dev.cermin.model.remote;

import dev.cermin.model.ProviderException;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.exception.ContentFilteredException;
import dev.langchain4j.exception.InvalidRequestException;
import dev.langchain4j.model.ModelProvider;
import dev.langchain4j.model.chat.Capability;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.output.FinishReason;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * A remote model whose failures are all of one kind, {@link ProviderException}: told apart, explained, without secrets.
 * What comes without text and without a call of a tool is a failure too. An interrupt goes through as it is.
 */
final class Guarded implements ChatModel {
    private final ChatModel model;
    private final RemoteProvider provider;
    private final Secrets secrets;
    private final Set<Capability> capabilities;
    private final UnaryOperator<ChatRequest> prepare;

    Guarded(ChatModel model, RemoteProvider provider, Asked asked) {
        this.model = model;
        this.provider = provider;
        secrets = asked.secrets();
        capabilities = asked.capabilities();
        prepare = asked.preparation();
    }

    @Override
    public ChatResponse doChat(ChatRequest request) {
        try {
            ChatResponse response = model.doChat(prepare.apply(request));
            check(response);
            return response;
        } catch (RuntimeException e) {
            if (interrupted(e)) {
                throw e;
            }
            throw Explained.of(e, provider, secrets);
        }
    }

    private static void check(ChatResponse response) {
        AiMessage said = response.aiMessage();
        if (response.finishReason() == FinishReason.CONTENT_FILTER) {
            throw new ContentFilteredException("the provider's filter held the answer back");
        }
        String text = said.text();
        if (said.hasToolExecutionRequests() || (text != null && !text.isEmpty())) {
            return;
        }
        if (response.finishReason() == FinishReason.LENGTH) {
            // the same request would end there again, at full price
            throw new InvalidRequestException(
                    "the answer is empty: all tokens that it may take went into reasoning; allow more max-tokens");
        }
        throw new UnreadableException("the answer is empty");
    }

    /** Also where only the exception still knows: then the thread is told again. */
    private static boolean interrupted(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof InterruptedException
                    || (cause instanceof InterruptedIOException && !(cause instanceof SocketTimeoutException))) {
                Thread.currentThread().interrupt();
                return true;
            }
        }
        return Thread.currentThread().isInterrupted();
    }

    @Override
    public ChatRequestParameters defaultRequestParameters() {
        return model.defaultRequestParameters();
    }

    @Override
    public Set<Capability> supportedCapabilities() {
        return capabilities;
    }

    @Override
    public ModelProvider provider() {
        return model.provider();
    }

    @Override
    public String toString() {
        return provider.name();
    }
}
