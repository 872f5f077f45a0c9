package dev.cermin.model.remote;

import dev.langchain4j.exception.HttpException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** An answer that is an error, with what it says of waiting; the message is its body. */
final class HttpFailure extends HttpException {
    private final @Nullable Duration retryAfter;

    HttpFailure(int status, String body, @Nullable Duration retryAfter) {
        super(status, body);
        this.retryAfter = retryAfter;
    }

    @Nullable
    Duration retryAfter() {
        return retryAfter;
    }
}
