package dev.cermin.model.remote;

import java.io.UncheckedIOException;
import java.util.concurrent.CompletableFuture;
import software.amazon.awssdk.services.bedrockruntime.BedrockRuntimeAsyncClient;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamRequest;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamResponseHandler;

/** Bedrock's client, whose streams fail once they are over: LangChain4j's model would wait on for the end of a cut one. */
final class BedrockStreams implements BedrockRuntimeAsyncClient {
    private final BedrockRuntimeAsyncClient inner;

    BedrockStreams(BedrockRuntimeAsyncClient inner) {
        this.inner = inner;
    }

    @Override
    public CompletableFuture<Void> converseStream(
            ConverseStreamRequest request, ConverseStreamResponseHandler handler) {
        // whoever had the whole answer by then takes no notice
        return inner.converseStream(request, handler).thenApply(over -> {
            throw new UncheckedIOException(new CutException("the stream ended before the answer did"));
        });
    }

    @Override
    public String serviceName() {
        return inner.serviceName();
    }

    @Override
    public void close() {
        inner.close();
    }
}
