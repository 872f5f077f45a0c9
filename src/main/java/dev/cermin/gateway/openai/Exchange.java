package dev.cermin.gateway.openai;

import dev.cermin.json.Json;
import io.vertx.core.Future;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A request and its answer: JSON, or server-sent events. Used by one thread, which may block; closed by any. */
final class Exchange {
    private static final Duration QUIET = Duration.ofSeconds(10);

    private final RoutingContext context;
    private final HttpServerResponse response;
    private volatile boolean open = true;
    private long lastWrite = System.nanoTime();

    Exchange(RoutingContext context) {
        this.context = context;
        this.response = context.response();
        response.closeHandler(closed -> open = false);
        response.exceptionHandler(broken -> open = false);
    }

    byte[] body() {
        var body = context.body().buffer();
        return body == null ? new byte[0] : body.getBytes();
    }

    /** That which says that the same request is the same task; null for none. */
    @Nullable
    String idempotencyKey() {
        return context.request().getHeader("Idempotency-Key");
    }

    /** Whether the client is still there. */
    boolean isOpen() {
        return open && !response.closed();
    }

    /** The same; a client that long heard nothing gets a comment, so that nobody between takes the line for dead. */
    boolean isWaiting() {
        if (isOpen() && System.nanoTime() - lastWrite > QUIET.toNanos()) {
            write(": the loop goes on\n\n");
        }
        return isOpen();
    }

    void json(String json) {
        response.putHeader("Content-Type", "application/json");
        await(response.end(json));
    }

    void event(String data) {
        begin();
        write("data: " + data + "\n\n");
    }

    void event(String name, String data) {
        begin();
        write("event: " + name + "\ndata: " + data + "\n\n");
    }

    private void begin() {
        if (!response.headWritten()) {
            response.setChunked(true)
                    .putHeader("Content-Type", "text/event-stream;charset=UTF-8")
                    .putHeader("Cache-Control", "no-cache")
                    // proxies of the nginx kind else gather what is to be seen at once
                    .putHeader("X-Accel-Buffering", "no");
        }
    }

    void end() {
        await(response.end());
    }

    /** As a response of its own, or, where events were sent, as the last of them. */
    void error(OpenAiException error) {
        if (!isOpen()) {
            return;
        }
        Map<String, OpenAiException.Body> body = error.body();
        if (response.headWritten()) {
            write("data: " + Json.text(body) + "\n\n");
            await(response.end());
            return;
        }
        response.setStatusCode(error.status()).putHeader("x-should-retry", String.valueOf(error.again()));
        if (error.retryAfterSeconds() > 0) {
            response.putHeader("Retry-After", String.valueOf(error.retryAfterSeconds()));
        }
        if (error.status() == 401) {
            response.putHeader("WWW-Authenticate", "Bearer");
        }
        json(Json.text(body));
    }

    private void write(String text) {
        lastWrite = System.nanoTime();
        if (isOpen()) {
            await(response.write(text));
        }
    }

    /** A client that reads slowly is waited for; one that is gone is no error. */
    private void await(Future<Void> written) {
        try {
            written.toCompletionStage().toCompletableFuture().join();
        } catch (RuntimeException e) {
            open = false;
        }
    }
}
