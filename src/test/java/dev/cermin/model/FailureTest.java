package dev.cermin.model;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonParseException;
import dev.cermin.model.Failure.Kind;
import dev.langchain4j.exception.ContentFilteredException;
import dev.langchain4j.exception.HttpException;
import dev.langchain4j.exception.InvalidRequestException;
import dev.langchain4j.exception.RateLimitException;
import dev.langchain4j.exception.UnresolvedModelServerException;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What models of the application's own throw, by whatever library. */
class FailureTest {
    static Stream<Arguments> exceptions() {
        return Stream.of(
                Arguments.of(new RateLimitException("slow down"), Kind.RATE_LIMIT),
                Arguments.of(new ContentFilteredException("no"), Kind.REFUSED),
                Arguments.of(new InvalidRequestException("no such parameter"), Kind.INVALID),
                Arguments.of(new InvalidRequestException("Your credit balance is too low"), Kind.AUTHENTICATION),
                Arguments.of(new UnresolvedModelServerException("nobody"), Kind.UNAVAILABLE),
                Arguments.of(new ConnectException("refused"), Kind.UNAVAILABLE),
                Arguments.of(new HttpConnectTimeoutException("nobody"), Kind.UNAVAILABLE),
                Arguments.of(new SSLHandshakeException("no certificate"), Kind.UNAVAILABLE),
                Arguments.of(new HttpTimeoutException("late"), Kind.TIMEOUT),
                Arguments.of(new SocketTimeoutException("late"), Kind.TIMEOUT),
                Arguments.of(new EOFException("cut"), Kind.MALFORMED),
                Arguments.of(new JsonParseException(null, "no JSON"), Kind.MALFORMED),
                Arguments.of(new IOException("gone"), Kind.UNAVAILABLE),
                Arguments.of(new IllegalStateException("?"), Kind.UNKNOWN));
    }

    @ParameterizedTest
    @MethodSource("exceptions")
    void isReadOfTheExceptionAndOfThoseBehindIt(Exception thrown, Kind kind) {
        assertThat(Failure.of(thrown).kind()).isEqualTo(kind);
        assertThat(Failure.of(new IllegalStateException(new CompletionException(thrown)))
                        .kind())
                .isEqualTo(kind);
    }

    @Test
    void anInterruptIsNoFailureOfTheModel() {
        assertThat(Failure.of(new IllegalStateException(new InterruptedException()))
                        .kind())
                .isEqualTo(Kind.UNKNOWN);
        assertThat(Failure.of(new UncheckedIOException(new IOException(new InterruptedException())))
                        .kind())
                .isEqualTo(Kind.UNKNOWN);
    }

    @Test
    void aProvidersExceptionBringsItsOwn() {
        var failure = new Failure(Kind.RATE_LIMIT, Duration.ofSeconds(3));

        assertThat(Failure.of(new IllegalStateException(
                        new ProviderException("slow down", failure, new ConnectException("refused")))))
                .isEqualTo(failure);
    }

    @ParameterizedTest
    @CsvSource({
        "400, INVALID",
        "401, AUTHENTICATION",
        "402, AUTHENTICATION",
        "403, AUTHENTICATION",
        "404, NOT_FOUND",
        "408, TIMEOUT",
        "413, INVALID",
        "422, INVALID",
        "429, RATE_LIMIT",
        "500, UNAVAILABLE",
        "503, UNAVAILABLE",
        "529, UNAVAILABLE",
        "302, UNKNOWN"
    })
    void aStatusSaysIt(int status, Kind kind) {
        assertThat(Failure.of(new HttpException(status, "")).kind()).isEqualTo(kind);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "This model's maximum context length is 8192 tokens",
                "prompt is too long: 210012 tokens > 200000 maximum",
                "the request exceeds the available context size, try increasing it",
                "the input length exceeds the context length"
            })
    void aContextThatIsTooSmallIsRecognised(String message) {
        assertThat(Failure.contextExceeded(message)).isTrue();
    }

    @Test
    void otherMessagesAreNotAboutTheContext() {
        assertThat(Failure.contextExceeded("Rate limit reached: tokens per min"))
                .isFalse();
    }
}
