package dev.cermin.model;

import com.fasterxml.jackson.core.JacksonException;
import dev.langchain4j.exception.AuthenticationException;
import dev.langchain4j.exception.ContentFilteredException;
import dev.langchain4j.exception.HttpException;
import dev.langchain4j.exception.InternalServerException;
import dev.langchain4j.exception.InvalidRequestException;
import dev.langchain4j.exception.ModelNotFoundException;
import dev.langchain4j.exception.RateLimitException;
import dev.langchain4j.exception.TimeoutException;
import dev.langchain4j.exception.UnresolvedModelServerException;
import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.Locale;
import java.util.stream.Stream;
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
        /** 5xx, and no connection: refused, no such host, TLS. */
        UNAVAILABLE(true),
        /** No whole answer in time. */
        TIMEOUT(true),
        /** The stream ended early, or what came is no answer. */
        MALFORMED(true),
        /** 401 and 403, and a quota that is used up. */
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

    /** Reads the exception of a call, and those behind it; the first that says something decides. */
    public static Failure of(Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof ProviderException explained) {
                return explained.failure();
            }
            Kind kind = kind(cause);
            if (kind != Kind.UNKNOWN) {
                return new Failure(refined(kind, cause), null);
            }
        }
        return new Failure(Kind.UNKNOWN, null);
    }

    /** Whether a provider's message says that a request is longer than the model's context. */
    public static boolean contextExceeded(String message) {
        return says(
                message,
                "context_length_exceeded",
                "maximum context length",
                "context window",
                "context length",
                "context size",
                "prompt is too long",
                "input is too long",
                "exceeds the maximum number of tokens",
                "too large for model");
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
            case UnresolvedModelServerException unknown -> Kind.UNAVAILABLE;
            case HttpException answered -> ofStatus(answered.statusCode());
            case UnresolvedAddressException unknown -> Kind.UNAVAILABLE;
            case java.util.concurrent.TimeoutException late -> Kind.TIMEOUT;
            case IOException failed -> ofTransfer(failed);
            default -> Kind.UNKNOWN;
        };
    }

    private static Kind ofTransfer(IOException failed) {
        return switch (failed) {
            case JacksonException unreadable -> Kind.MALFORMED;
            case EOFException cut -> Kind.MALFORMED;
            case SocketException unreachable -> Kind.UNAVAILABLE;
            case HttpConnectTimeoutException unreachable -> Kind.UNAVAILABLE;
            case HttpTimeoutException late -> Kind.TIMEOUT;
            case SocketTimeoutException late -> Kind.TIMEOUT;
            case InterruptedIOException interrupted -> Kind.UNKNOWN;
            // Azure's and AWS's libraries have a Jackson of their own
            case IOException unreadable
            when unreadable.getClass().getSimpleName().startsWith("Json") -> Kind.MALFORMED;
            default -> failed.getCause() == null ? Kind.UNAVAILABLE : behind(failed.getCause());
        };
    }

    private static Kind behind(Throwable cause) {
        Kind kind = kind(cause);
        return kind == Kind.UNKNOWN && !(cause instanceof InterruptedException) ? Kind.UNAVAILABLE : kind;
    }

    private static Kind ofStatus(int status) {
        return switch (status) {
            case 401, 402, 403 -> Kind.AUTHENTICATION;
            case 404 -> Kind.NOT_FOUND;
            case 408 -> Kind.TIMEOUT;
            case 429 -> Kind.RATE_LIMIT;
            default -> status >= 500 ? Kind.UNAVAILABLE : status >= 400 ? Kind.INVALID : Kind.UNKNOWN;
        };
    }

    /** What the status alone doesn't say. */
    private static Kind refined(Kind kind, Throwable cause) {
        String message = String.valueOf(cause.getMessage());
        if (kind == Kind.RATE_LIMIT && says(message, "insufficient_quota")) {
            return Kind.AUTHENTICATION;
        }
        if (kind == Kind.INVALID && says(message, "insufficient balance", "credit balance is too low")) {
            return Kind.AUTHENTICATION;
        }
        if (kind == Kind.INVALID && says(message, "content_filter", "content_policy_violation")) {
            return Kind.REFUSED;
        }
        return kind;
    }

    private static boolean says(String message, String... signs) {
        String lower = message.toLowerCase(Locale.ROOT);
        return Stream.of(signs).anyMatch(lower::contains);
    }
}
