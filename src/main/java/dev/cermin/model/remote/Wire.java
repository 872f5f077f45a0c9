package dev.cermin.model.remote;

import dev.langchain4j.exception.TimeoutException;
import dev.langchain4j.http.client.HttpClient;
import dev.langchain4j.http.client.HttpRequest;
import dev.langchain4j.http.client.SuccessfulHttpResponse;
import dev.langchain4j.http.client.sse.ServerSentEventListener;
import dev.langchain4j.http.client.sse.ServerSentEventParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;

/**
 * HTTP as every provider that takes a client of LangChain4j's gets it: the JDK's, which gives up in time also within a
 * body, ends a call at an interrupt, tells a cut answer from an unreachable host, and keeps what a failure says of
 * waiting. All happens in the caller's thread, streams too. Thread-safe.
 */
final class Wire implements HttpClient {
    private static final int ERROR_BODY = 16_384;

    private final java.net.http.HttpClient http;
    private final Duration timeout;

    Wire(java.net.http.HttpClient http, Duration timeout) {
        this.http = http;
        this.timeout = timeout;
    }

    @Override
    public SuccessfulHttpResponse execute(HttpRequest request) {
        long until = System.nanoTime() + timeout.toNanos();
        try (TimedBody body = TimedBody.whole(until)) {
            var response = send(request, body);
            String text = new String(body.readAllBytes(), StandardCharsets.UTF_8);
            return success(response, text);
        } catch (IOException e) {
            throw unchecked(e);
        }
    }

    /** Returns when the stream has ended; {@code listener} is told of every failure, once. */
    @Override
    public void execute(HttpRequest request, ServerSentEventParser parser, ServerSentEventListener listener) {
        var events = new StreamListener(listener);
        try (TimedBody body = TimedBody.silentFor(timeout)) {
            var response = send(request, body);
            events.onOpen(success(response, ""));
            parser.parse(body, events);
            events.onClose();
        } catch (IOException e) {
            events.onError(unchecked(e));
        } catch (RuntimeException e) {
            events.onError(e);
        }
    }

    private HttpResponse<?> send(HttpRequest request, TimedBody body) throws IOException {
        HttpResponse<?> response = JdkCall.send(http, jdkRequest(request), timeout, body);
        if (response.statusCode() / 100 != 2) {
            String said = new String(body.readNBytes(ERROR_BODY), StandardCharsets.UTF_8);
            Duration wait =
                    RetryAfter.of(name -> response.headers().firstValue(name).orElse(null), Clock.systemUTC());
            throw new HttpFailure(response.statusCode(), said, wait);
        }
        return response;
    }

    private static java.net.http.HttpRequest jdkRequest(HttpRequest request) {
        var builder = JdkCall.to(URI.create(request.url()));
        request.headers().forEach((name, values) -> values.forEach(value -> builder.header(name, value)));
        String body = request.body();
        return builder.method(
                        request.method().name(),
                        body == null
                                ? java.net.http.HttpRequest.BodyPublishers.noBody()
                                : java.net.http.HttpRequest.BodyPublishers.ofString(body))
                .build();
    }

    private static SuccessfulHttpResponse success(HttpResponse<?> response, String body) {
        return SuccessfulHttpResponse.builder()
                .statusCode(response.statusCode())
                .headers(response.headers().map())
                .body(body)
                .build();
    }

    private static RuntimeException unchecked(IOException e) {
        return e instanceof HttpTimeoutException ? new TimeoutException(e) : new UncheckedIOException(e);
    }
}
