package dev.cermin.model.remote;

import java.io.EOFException;
import java.io.IOException;
import java.net.SocketException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Flow.Publisher;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;

/** A call of the JDK's client in this thread, which ends at an interrupt and in time. */
final class JdkCall {
    /** How long a host may take to be reached. */
    static final Duration CONNECT = Duration.ofSeconds(10);

    /** What the JDK sets itself, and lets nobody else. */
    private static final Set<String> ITS_OWN = Set.of("host", "content-length", "connection", "expect", "upgrade");

    private JdkCall() {}

    static HttpRequest.Builder to(java.net.URI uri) {
        var builder = HttpRequest.newBuilder(uri);
        // in the clear the JDK would ask for an upgrade to HTTP/2, over which some servers lose the body
        return "http".equalsIgnoreCase(uri.getScheme()) ? builder.version(HttpClient.Version.HTTP_1_1) : builder;
    }

    static boolean takesHeader(String name) {
        return !ITS_OWN.contains(name.toLowerCase(java.util.Locale.ROOT));
    }

    /** Returns with the headers; what follows goes to {@code body}. */
    static HttpResponse<?> send(HttpClient http, HttpRequest request, Duration timeout, TimedBody body)
            throws IOException {
        var call = http.sendAsync(request, HttpResponse.BodyHandlers.ofPublisher());
        try {
            HttpResponse<Publisher<List<ByteBuffer>>> response = call.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
            response.body().subscribe(body);
            return response;
        } catch (java.util.concurrent.TimeoutException e) {
            call.cancel(true);
            throw new HttpTimeoutException("no answer within " + Text.of(timeout));
        } catch (InterruptedException e) {
            call.cancel(true);
            Thread.currentThread().interrupt();
            throw new IllegalStateException("The call was interrupted", e);
        } catch (ExecutionException e) {
            throw unanswered(e.getCause());
        }
    }

    /** A connection that ends before an answer begins is no cut answer: most often an idle one that its server closed. */
    static IOException unanswered(Throwable failure) {
        if (failure instanceof CompletionException && failure.getCause() != null) {
            return unanswered(failure.getCause());
        }
        if (!(failure instanceof IOException unreachable)) {
            return new IOException(failure);
        }
        for (Throwable cause = unreachable; cause != null; cause = cause.getCause()) {
            if (cause instanceof EOFException && !(unreachable instanceof SSLException)) {
                var ended = new SocketException("the connection ended without an answer");
                ended.initCause(unreachable);
                return ended;
            }
        }
        return unreachable;
    }
}
