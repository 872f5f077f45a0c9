package dev.cermin.model.remote;

import dev.cermin.model.Failure;
import dev.cermin.model.Failure.Kind;
import dev.cermin.model.ProviderException;
import dev.langchain4j.exception.HttpException;
import dev.langchain4j.exception.UnsupportedFeatureException;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.NoSuchElementException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Turns what a library threw into what a person is told. */
final class Explained {
    private static final int MOST = 500;
    private static final String NO_HOST = "there is no such host; look at base-url, and at the name server";

    private Explained() {}

    static ProviderException of(RuntimeException thrown, RemoteProvider provider, Secrets secrets) {
        Failure known = Failure.of(thrown);
        Kind kind = known.kind() == Kind.UNKNOWN ? kind(thrown) : known.kind();
        Duration wait = null;
        for (Throwable cause = thrown; cause != null && wait == null; cause = cause.getCause()) {
            wait = provider.retryAfter(cause);
        }
        String message = Text.brief(secrets.hide(message(thrown)), MOST);
        if (kind == Kind.INVALID && Failure.contextExceeded(message)) {
            message = "the prompt and the tokens that the answer may take are more than the model's context holds; "
                    + "shorten the input, allow fewer max-tokens, or take a model with a longer context: " + message;
        }
        return new ProviderException(provider.name() + ": " + message, new Failure(kind, wait), secrets.hide(thrown));
    }

    /** What only libraries throw: they read what came without a look, and check what they are given. */
    private static Kind kind(Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            switch (cause) {
                case StreamedError error -> {
                    return error.kind();
                }
                case UnreadableException unreadable -> {
                    return Kind.MALFORMED;
                }
                case UnsupportedFeatureException unsupported -> {
                    return Kind.INVALID;
                }
                case IllegalArgumentException wrong -> {
                    return Kind.INVALID;
                }
                case NullPointerException missing -> {
                    return Kind.MALFORMED;
                }
                case IndexOutOfBoundsException missing -> {
                    return Kind.MALFORMED;
                }
                case NoSuchElementException missing -> {
                    return Kind.MALFORMED;
                }
                case ClassCastException other -> {
                    return Kind.MALFORMED;
                }
                default -> {}
            }
        }
        return Kind.UNKNOWN;
    }

    private static String message(Throwable thrown) {
        Throwable deepest = thrown;
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            String plain = plain(cause);
            if (plain != null) {
                return plain;
            }
            deepest = cause;
        }
        String said = deepest.getMessage();
        return said == null || said.isBlank() ? deepest.getClass().getSimpleName() : ErrorBody.message(said);
    }

    private static @Nullable String plain(Throwable cause) {
        return switch (cause) {
            case HttpException answered -> {
                String body = String.valueOf(answered.getMessage());
                yield "HTTP %d%s"
                        .formatted(answered.statusCode(), body.isBlank() ? "" : ": " + ErrorBody.message(body));
            }
            case UnresolvedAddressException unknown -> NO_HOST;
            case UnknownHostException unknown -> NO_HOST + ": " + unknown.getMessage();
            case SSLException tls -> "no TLS connection: " + tls.getMessage();
            case SocketException ended
            when !(ended instanceof ConnectException) -> "no connection: " + ended.getMessage();
            case ConnectException unknown when behind(unknown) instanceof UnresolvedAddressException -> NO_HOST;
            case ConnectException refused ->
                "no connection: " + (refused.getMessage() == null ? "refused" : refused.getMessage());
            case CutException cut -> cut.getMessage();
            case UnreadableException unreadable -> unreadable.getMessage();
            default -> null;
        };
    }

    private static Throwable behind(Throwable failure) {
        Throwable deepest = failure;
        while (deepest.getCause() != null) {
            deepest = deepest.getCause();
        }
        return deepest;
    }
}
