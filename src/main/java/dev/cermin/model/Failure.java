package dev.cermin.model;

import dev.langchain4j.exception.AuthenticationException;
import dev.langchain4j.exception.ContentFilteredException;
import dev.langchain4j.exception.InternalServerException;
import dev.langchain4j.exception.InvalidRequestException;
import dev.langchain4j.exception.ModelNotFoundException;
import dev.langchain4j.exception.RateLimitException;
import dev.langchain4j.exception.TimeoutException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Why a call of a model failed, whichever provider it was.
 *
 * @param kind decides whether the same call may succeed later, or elsewhere
 * @param retryAfter how long the provider asks to wait; null where it doesn't say
 */
public record Failure(Kind kind, @Nullable Duration retryAfter) {
    public enum Kind {
        /** 429: wait, or ask another. */
        RATE_LIMIT(true),
        /** 5xx and refused connections. */
        UNAVAILABLE(true),
        /** No whole answer in time. */
        TIMEOUT(true),
        /** The stream ended early, or what came is no answer. */
        MALFORMED(true),
        /** 401 and 403. */
        AUTHENTICATION(false),
        /** The model isn't there. */
        NOT_FOUND(false),
        /** The provider will not answer this. */
        REFUSED(false),
        /** The request is wrong, and stays so. */
        INVALID(false),
        /** Anything else. */
        UNKNOWN(false);

        private final boolean passing;

        Kind(boolean passing) {
            this.passing = passing;
        }

        /** Whether the same call may succeed later. */
        public boolean passing() {
            return passing;
        }
    }

    /** Reads the exception of a call, and those behind it. */
    public static Failure of(Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            Kind kind = kind(cause);
            if (kind != Kind.UNKNOWN) {
                return new Failure(kind, null);
            }
        }
        return new Failure(Kind.UNKNOWN, null);
    }

    private static Kind kind(Throwable cause) {
        return switch (cause) {
            case RateLimitException limit -> Kind.RATE_LIMIT;
            case TimeoutException late -> Kind.TIMEOUT;
            case InternalServerException broken -> Kind.UNAVAILABLE;
            case AuthenticationException forbidden -> Kind.AUTHENTICATION;
            case ModelNotFoundException unknown -> Kind.NOT_FOUND;
            case ContentFilteredException refused -> Kind.REFUSED;
            case InvalidRequestException invalid -> Kind.INVALID;
            default -> Kind.UNKNOWN;
        };
    }
}
