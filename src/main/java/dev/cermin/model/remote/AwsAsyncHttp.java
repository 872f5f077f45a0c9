package dev.cermin.model.remote;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import org.reactivestreams.FlowAdapters;
import software.amazon.awssdk.http.async.AsyncExecuteRequest;
import software.amazon.awssdk.http.async.SdkAsyncHttpClient;
import software.amazon.awssdk.http.async.SdkAsyncHttpResponseHandler;

/** The JDK's client for AWS's streams. */
final class AwsAsyncHttp implements SdkAsyncHttpClient {
    private final HttpClient http = AwsHttp.client();

    @Override
    public CompletableFuture<Void> execute(AsyncExecuteRequest request) {
        var content = request.requestContentPublisher();
        long length = content.contentLength().orElse(0L);
        Flow.Publisher<ByteBuffer> sent = FlowAdapters.toFlowPublisher(content);
        HttpRequest.BodyPublisher body = length > 0
                ? HttpRequest.BodyPublishers.fromPublisher(sent, length)
                : HttpRequest.BodyPublishers.noBody();
        SdkAsyncHttpResponseHandler handler = request.responseHandler();
        return http.sendAsync(AwsHttp.jdkRequest(request.request(), body), HttpResponse.BodyHandlers.ofPublisher())
                .exceptionallyCompose(failure -> {
                    IOException unanswered = JdkCall.unanswered(failure);
                    handler.onError(unanswered);
                    return CompletableFuture.failedFuture(unanswered);
                })
                .thenCompose(response -> read(response, handler));
    }

    private static CompletableFuture<Void> read(
            HttpResponse<Flow.Publisher<List<ByteBuffer>>> response, SdkAsyncHttpResponseHandler handler) {
        var done = new CompletableFuture<Void>();
        Flow.Publisher<ByteBuffer> body = reader -> response.body().subscribe(new Joined(reader, done));
        handler.onHeaders(AwsHttp.head(response));
        handler.onStream(FlowAdapters.toPublisher(body));
        return done;
    }

    @Override
    public void close() {
        http.close();
    }

    @Override
    public String clientName() {
        return "JdkAsync";
    }

    /** The JDK hands on lists of buffers, AWS takes buffers: one for each list. */
    private record Joined(Flow.Subscriber<? super ByteBuffer> reader, CompletableFuture<Void> done)
            implements Flow.Subscriber<List<ByteBuffer>> {
        @Override
        public void onSubscribe(Flow.Subscription subscription) {
            reader.onSubscribe(subscription);
        }

        @Override
        public void onNext(List<ByteBuffer> buffers) {
            ByteBuffer all = ByteBuffer.allocate(
                    buffers.stream().mapToInt(ByteBuffer::remaining).sum());
            buffers.forEach(all::put);
            reader.onNext(all.flip());
        }

        @Override
        public void onError(Throwable failure) {
            var cut = new CutException("the answer broke off", failure);
            reader.onError(cut);
            done.completeExceptionally(cut);
        }

        @Override
        public void onComplete() {
            reader.onComplete();
            done.complete(null);
        }
    }
}
