package dev.cermin.flow.webhook;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Calls receivers, once each time. Follows no redirect: it would lead past what is allowed. Thread-safe. */
public final class Caller implements AutoCloseable {
    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final int TOO_EARLY = 425;

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(CONNECT)
            .build();
    private final Signer signer;
    private final Duration timeout;
    private final Clock clock;

    /** @param timeout of the whole call, the answer's body included */
    public Caller(Signer signer, Duration timeout, Clock clock) {
        this.signer = signer;
        this.timeout = timeout;
        this.clock = clock;
    }

    /**
     * Blocks for the time-out at most.
     *
     * @param id the same for each call about the same event, so that its receiver can tell
     * @param body JSON
     */
    public Answer call(URI address, String id, byte[] body) throws InterruptedException {
        long now = clock.instant().getEpochSecond();
        HttpRequest request = HttpRequest.newBuilder(address)
                .header("Content-Type", "application/json")
                .header("User-Agent", "Cermin")
                .header("webhook-id", id)
                .header("webhook-timestamp", String.valueOf(now))
                .header("webhook-signature", signer.sign(id, now, body))
                .POST(BodyPublishers.ofByteArray(body))
                .build();
        // the client's own time-out ends with the headers, and a receiver could go on with its body for ever
        CompletableFuture<HttpResponse<Void>> call = http.sendAsync(request, BodyHandlers.discarding());
        try {
            return answer(call.get(timeout.toMillis(), TimeUnit.MILLISECONDS));
        } catch (TimeoutException e) {
            return new Answer.Later("no answer within %d ms".formatted(timeout.toMillis()), null);
        } catch (ExecutionException e) {
            return failed(e.getCause());
        } finally {
            call.cancel(true);
        }
    }

    private static Answer failed(@Nullable Throwable cause) {
        if (cause instanceof IOException) {
            String message = cause.getMessage() == null ? "" : ": " + cause.getMessage();
            return new Answer.Later(cause.getClass().getSimpleName() + message, null);
        }
        return new Answer.Refused("The call can't be made: " + cause);
    }

    private static Answer answer(HttpResponse<Void> response) {
        int status = response.statusCode();
        String reason = "status " + status;
        return switch (status) {
            case 408, TOO_EARLY, 429 -> new Answer.Later(reason, retryAfter(response));
            default ->
                status / 100 == 2
                        ? new Answer.Taken()
                        : status >= 500 ? new Answer.Later(reason, retryAfter(response)) : new Answer.Refused(reason);
        };
    }

    /** In seconds; its other form, a date, is rare and ignored. */
    private static @Nullable Duration retryAfter(HttpResponse<?> response) {
        Optional<String> asked = response.headers().firstValue("retry-after").map(String::strip);
        return asked.filter(text -> text.matches("\\d{1,6}"))
                .map(text -> Duration.ofSeconds(Long.parseLong(text)))
                .orElse(null);
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
