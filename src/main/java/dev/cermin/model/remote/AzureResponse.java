package dev.cermin.model.remote;

import com.azure.core.http.HttpHeaders;
import com.azure.core.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.time.Duration;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The same response with buffers that are backed by arrays: the JDK's are read-only, and Azure's streams want arrays. */
final class AzureResponse extends HttpResponse {
    /**
     * LangChain4j subscribes, and only then notes the handle that it needs at the first piece: one that is there at once
     * would fail the call.
     */
    private static final Duration HEAD_START = Duration.ofMillis(20);

    private final HttpResponse inner;

    AzureResponse(HttpResponse inner) {
        super(inner.getRequest());
        this.inner = inner;
    }

    @Override
    public Flux<ByteBuffer> getBody() {
        return inner.getBody().delaySubscription(HEAD_START).map(AzureResponse::copied);
    }

    private static ByteBuffer copied(ByteBuffer bytes) {
        byte[] copy = new byte[bytes.remaining()];
        bytes.get(copy);
        return ByteBuffer.wrap(copy);
    }

    @Override
    public int getStatusCode() {
        return inner.getStatusCode();
    }

    @Override
    @SuppressWarnings("deprecation") // abstract, so it must be there
    public String getHeaderValue(String name) {
        return inner.getHeaderValue(name);
    }

    @Override
    public HttpHeaders getHeaders() {
        return inner.getHeaders();
    }

    @Override
    public Mono<byte[]> getBodyAsByteArray() {
        return inner.getBodyAsByteArray();
    }

    @Override
    public Mono<String> getBodyAsString() {
        return inner.getBodyAsString();
    }

    @Override
    public Mono<String> getBodyAsString(Charset charset) {
        return inner.getBodyAsString(charset);
    }

    @Override
    public void close() {
        inner.close();
    }
}
