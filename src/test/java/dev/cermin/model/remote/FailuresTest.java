package dev.cermin.model.remote;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.anyRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.urlMatching;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import dev.cermin.model.Failure;
import dev.cermin.model.Failure.Kind;
import dev.cermin.model.ModelSettings;
import dev.cermin.model.ProviderException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What every provider's failures come to, at once and streamed; none shows the key, none is retried here. */
class FailuresTest {
    private static final Duration SHORT = Duration.ofMillis(400);
    private static final String ANSWER = "answer";

    @RegisterExtension
    static final WireMockExtension SERVER = WireMockExtension.newInstance()
            .options(wireMockConfig().dynamicPort())
            .build();

    private Logged log;

    @BeforeEach
    void listen() {
        log = new Logged();
    }

    @AfterEach
    void nothingLoggedShowsTheKey() {
        log.close();
        assertThat(log.text()).doesNotContain(Wired.KEY);
    }

    static Stream<Arguments> ways() {
        return Wired.ALL.stream().flatMap(wired -> Stream.of(false, true).map(stream -> Arguments.of(wired, stream)));
    }

    static Stream<Arguments> errors() {
        Map<String, Kind> kinds = Map.of(
                "400",
                Kind.INVALID,
                "400-context",
                Kind.INVALID,
                "401",
                Kind.AUTHENTICATION,
                "403",
                Kind.AUTHENTICATION,
                "404",
                Kind.NOT_FOUND,
                "429",
                Kind.RATE_LIMIT,
                "500",
                Kind.UNAVAILABLE);
        return ways().flatMap(way -> {
            Wired wired = (Wired) way.get()[0];
            Stream<Arguments> overloaded =
                    Stream.of(Arguments.of(wired, way.get()[1], String.valueOf(wired.overloaded()), Kind.UNAVAILABLE));
            return Stream.concat(
                    kinds.entrySet().stream()
                            .sorted(Map.Entry.comparingByKey())
                            .map(kind -> Arguments.of(wired, way.get()[1], kind.getKey(), kind.getValue())),
                    overloaded);
        });
    }

    @ParameterizedTest(name = "{0}, streamed: {1}: {2} is {3}")
    @MethodSource("errors")
    void anErrorIsToldByItsStatus(Wired wired, boolean stream, String error, Kind kind) {
        Failure failure = failureOf(wired, stream, wired.error(error));

        assertThat(failure).isEqualTo(new Failure(kind, null));
    }

    @ParameterizedTest(name = "{0}, streamed: {1}")
    @MethodSource("ways")
    void anErrorsMessageIsThatOfTheProvider(Wired wired, boolean stream) {
        assertThat(thrown(wired, stream, wired.error("401"), Duration.ofSeconds(20)))
                .hasMessageStartingWith(wired.provider() + ": ")
                .hasMessageContaining("***");
        assertThat(thrown(wired, stream, wired.error("400-context"), Duration.ofSeconds(20)))
                .hasMessageContaining("more than the model's context holds");
    }

    @ParameterizedTest(name = "{0}, streamed: {1}")
    @MethodSource("ways")
    void aKeyAtTheEdgeOfWhatIsShownOfALongMessageIsHiddenWhole(Wired wired, boolean stream) {
        for (String body : List.of("%s%s is wrong", "{\"error\": {\"message\": \"%s%s is wrong\"}}")) {
            for (int before = 460; before <= 510; before += 10) {
                ResponseDefinitionBuilder answer = aResponse()
                        .withStatus(401)
                        .withHeader("Content-Type", "application/json")
                        .withBody(body.formatted("x".repeat(before), Wired.KEY));
                assertThat(thrown(wired, stream, answer, Duration.ofSeconds(20)).getMessage())
                        .hasSizeLessThan(600)
                        .doesNotContain("sent");
            }
        }
    }

    @ParameterizedTest(name = "streamed: {0}")
    @ValueSource(booleans = {false, true})
    void anErrorInAStreamShowsNoHalfAKeyEither(boolean cut) {
        Wired wired = Wired.of("openai");
        String error = "data: {\"error\": {\"type\": \"server_error\", \"message\": \"%s%s\"}}%n%n"
                .formatted("x".repeat(cut ? 490 : 10), Wired.KEY);
        Throwable thrown = thrown(
                wired,
                true,
                aResponse()
                        .withStatus(200)
                        .withHeader("Content-Type", wired.streamType())
                        .withBody(error),
                Duration.ofSeconds(20));

        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            assertThat(cause.toString()).doesNotContain("sent");
        }
    }

    @Test
    void numbersAmongTheParametersAreNoSecrets() {
        Wired wired = Wired.of("anthropic");
        SERVER.stubFor(post(urlMatching(wired.path(false)))
                .willReturn(aResponse()
                        .withStatus(400)
                        .withBody("{\"error\": {\"message\": \"max_tokens: 64000 > 8192, for " + Wired.KEY + "\"}}")));
        Throwable thrown = call(wired.settings(SERVER.getPort(), false, Map.of("max-tokens", "64000"))
                .build());

        assertThat(thrown).hasMessageContaining("max_tokens: 64000 > 8192, for ***");
    }

    @Test
    void headersAndSecretParametersAreHidden() {
        Wired wired = Wired.of("bedrock");
        SERVER.stubFor(post(urlMatching(wired.path(false)))
                .willReturn(
                        aResponse().withStatus(400).withBody("{\"message\": \"no: hush-one hush-two hush-three\"}")));
        Throwable thrown = call(wired.settings(
                        SERVER.getPort(),
                        false,
                        Map.of(
                                "access-key-id",
                                "AKIDEXAMPLE",
                                "secret_access_key",
                                "hush-one",
                                "session-token",
                                "hush-two",
                                "header.x-door",
                                "hush-three"))
                .apiKey(null)
                .build());

        assertThat(thrown).hasMessageContaining("no: *** *** ***");
    }

    /** Reasoning took all tokens: it would again. */
    @ParameterizedTest(name = "streamed: {0}")
    @ValueSource(booleans = {false, true})
    void anEmptyAnswerThatReachedItsLengthIsNotTriedAgain(boolean stream) {
        Wired wired = Wired.of("openai");
        String body = new String(wired.body(ANSWER, stream), StandardCharsets.UTF_8)
                .replaceAll("\"content\": ?\"[^\"]*\"", "\"content\":\"\"")
                .replaceAll("\"finish_reason\": ?\"stop\"", "\"finish_reason\":\"length\"");
        Throwable thrown = thrown(wired, stream, wired.answer(ANSWER, stream).withBody(body), Duration.ofSeconds(20));

        assertThat(Failure.of(thrown).kind()).isEqualTo(Kind.INVALID);
        assertThat(Failure.of(thrown).kind().passing()).isFalse();
        assertThat(thrown).hasMessageContaining("allow more max-tokens");
    }

    @ParameterizedTest(name = "{0}, streamed: {1}")
    @MethodSource("ways")
    void theWaitThatAProviderAsksForIsKept(Wired wired, boolean stream) {
        assertThat(failureOf(wired, stream, wired.error("429").withHeader("Retry-After", "7")))
                .isEqualTo(new Failure(Kind.RATE_LIMIT, Duration.ofSeconds(7)));

        String date = DateTimeFormatter.RFC_1123_DATE_TIME.format(
                Instant.now().plusSeconds(60).atZone(ZoneOffset.UTC));
        Failure dated = failureOf(
                wired, stream, wired.error(String.valueOf(wired.overloaded())).withHeader("Retry-After", date));
        assertThat(dated.kind()).isEqualTo(Kind.UNAVAILABLE);
        assertThat(dated.retryAfter()).isBetween(Duration.ofSeconds(50), Duration.ofSeconds(60));
    }

    @ParameterizedTest(name = "{0}, streamed: {1}")
    @MethodSource("ways")
    void anAnswerThatBeginsTooLateIsATimeout(Wired wired, boolean stream) {
        long begun = System.nanoTime();
        Throwable thrown = thrown(wired, stream, wired.answer(ANSWER, stream).withFixedDelay(6_000), SHORT);

        assertThat(Failure.of(thrown).kind()).isEqualTo(Kind.TIMEOUT);
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(4));
    }

    @ParameterizedTest(name = "{0}, streamed: {1}")
    @MethodSource("ways")
    void anAnswerThatStallsIsATimeout(Wired wired, boolean stream) {
        long begun = System.nanoTime();
        Throwable thrown =
                thrown(wired, stream, wired.answer(ANSWER, stream).withChunkedDribbleDelay(2, 12_000), SHORT);

        assertThat(Failure.of(thrown).kind()).isEqualTo(Kind.TIMEOUT);
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(5));
    }

    @ParameterizedTest(name = "{0}, streamed: {1}")
    @MethodSource("ways")
    void aCutAnswerIsNone(Wired wired, boolean stream) {
        byte[] whole = wired.body(ANSWER, stream);
        // the connection ends in the midst of what was announced
        Failure failure = failureOf(
                wired,
                stream,
                wired.answer(ANSWER, stream)
                        .withHeader("Content-Length", String.valueOf(whole.length))
                        .withBody(Arrays.copyOf(whole, whole.length * 2 / 3)));

        assertThat(failure.kind()).isEqualTo(Kind.MALFORMED);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("wired")
    void aStreamThatEndsInGoodOrderBeforeTheAnswerDoesIsNone(Wired wired) {
        byte[] whole = wired.body(ANSWER, true);
        Failure failure =
                failureOf(wired, true, wired.answer(ANSWER, true).withBody(Arrays.copyOf(whole, beforeTheEnd(whole))));

        assertThat(failure.kind()).isEqualTo(Kind.MALFORMED);
    }

    /** Just behind the answer's second piece: all text was sent, the end was not. */
    private static int beforeTheEnd(byte[] whole) {
        String text = new String(whole, java.nio.charset.StandardCharsets.ISO_8859_1);
        int second = text.indexOf("Pa") + 1;
        return text.indexOf('\n', second) < 0 ? whole.length / 2 : text.indexOf('\n', second) + 1;
    }

    @ParameterizedTest(name = "{0}, streamed: {1}")
    @MethodSource("ways")
    void aConnectionThatIsResetIsAnOutage(Wired wired, boolean stream) {
        assertThat(failureOf(wired, stream, aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER))
                        .kind())
                .isEqualTo(Kind.UNAVAILABLE);
    }

    @ParameterizedTest(name = "{0}, streamed: {1}")
    @MethodSource("ways")
    void whatIsNoAnswerIsMalformed(Wired wired, boolean stream) {
        String type = stream ? wired.streamType() : "application/json";
        List<String> bodies = stream && !wired.provider().equals("ollama")
                ? List.of("", "data: {\"choices\": [\n\n", "<html>Welcome to the proxy</html>")
                : List.of("", "{\"choices\": [\n\n", "<html>Welcome to the proxy</html>");
        for (String body : bodies) {
            Failure failure = failureOf(
                    wired,
                    stream,
                    aResponse().withStatus(200).withHeader("Content-Type", type).withBody(body));
            assertThat(failure.kind()).as(body).isEqualTo(Kind.MALFORMED);
        }
    }

    @ParameterizedTest(name = "{0}, streamed: {1}")
    @MethodSource("ways")
    void aHostThatDoesNotListenIsAnOutage(Wired wired, boolean stream) throws Exception {
        int free;
        try (ServerSocket socket = new ServerSocket(0)) {
            free = socket.getLocalPort();
        }
        Throwable thrown = call(wired.settings(free, stream, Map.of()).build());

        assertThat(Failure.of(thrown).kind()).isEqualTo(Kind.UNAVAILABLE);
        assertThat(thrown).hasMessageContaining("no connection");
    }

    @ParameterizedTest(name = "{0}, streamed: {1}")
    @MethodSource("ways")
    void aHostThatThereIsNotIsAnOutage(Wired wired, boolean stream) {
        Throwable thrown = call(wired.settings(1, stream, Map.of())
                .baseUrl(URI.create("http://no-such-host.invalid" + wired.basePath()))
                .build());

        assertThat(Failure.of(thrown).kind()).isEqualTo(Kind.UNAVAILABLE);
        assertThat(thrown).hasMessageContaining("no such host");
    }

    @ParameterizedTest(name = "{0}, streamed: {1}")
    @MethodSource("ways")
    void aServerWithoutTlsIsAnOutage(Wired wired, boolean stream) {
        Throwable thrown = call(wired.settings(1, stream, Map.of())
                .baseUrl(URI.create("https://127.0.0.1:" + SERVER.getPort() + wired.basePath()))
                .build());

        assertThat(Failure.of(thrown).kind()).isEqualTo(Kind.UNAVAILABLE);
        assertThat(thrown).hasMessageContaining("TLS");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("filters")
    void whatAProviderWillNotAnswerIsRefused(Wired wired) {
        assertThat(failureOf(wired, false, wired.answer("filtered", false)).kind())
                .isEqualTo(Kind.REFUSED);
    }

    static Stream<Wired> filters() {
        return Stream.of("openai", "gemini", "azure-openai", "bedrock").map(Wired::of);
    }

    @ParameterizedTest(name = "{0}, streamed: {1}")
    @MethodSource("ways")
    void anInterruptEndsTheCall(Wired wired, boolean stream) throws Exception {
        SERVER.stubFor(post(urlMatching(wired.path(stream)))
                .willReturn(wired.answer(ANSWER, stream).withFixedDelay(15_000)));
        var settings = wired.settings(SERVER.getPort(), stream, Map.of()).build();
        var model = Wired.model(settings);
        var told = new boolean[1];
        var thrown = new AtomicReference<Throwable>();
        Thread caller = Thread.ofVirtual().start(() -> {
            thrown.set(catchThrowable(() -> model.chat("Hello")));
            told[0] = Thread.currentThread().isInterrupted();
        });
        Thread.sleep(250);
        caller.interrupt();

        assertThat(caller.join(Duration.ofSeconds(5))).isTrue();
        assertThat(told[0]).isTrue();
        assertThat(thrown.get()).isNotInstanceOf(ProviderException.class);
    }

    static List<Wired> wired() {
        return Wired.ALL;
    }

    private static Failure failureOf(Wired wired, boolean stream, ResponseDefinitionBuilder answer) {
        return Failure.of(thrown(wired, stream, answer, Duration.ofSeconds(20)));
    }

    private static Throwable thrown(Wired wired, boolean stream, ResponseDefinitionBuilder answer, Duration timeout) {
        SERVER.stubFor(post(urlMatching(wired.path(stream))).willReturn(answer));
        String test = UUID.randomUUID().toString();
        Throwable thrown = call(wired.settings(SERVER.getPort(), stream, Map.of("header.x-test", test))
                .timeout(timeout)
                .build());
        if (!timeout.equals(SHORT)) {
            // the server's journal has an answer once it was sent
            assertThat(SERVER.findAll(anyRequestedFor(anyUrl()).withHeader("x-test", equalTo(test))))
                    .hasSize(1);
        }
        return thrown;
    }

    private static Throwable call(ModelSettings settings) {
        var model = Wired.model(settings);
        Throwable thrown = catchThrowable(() -> model.chat("Hello"));
        assertThat(thrown).isInstanceOf(ProviderException.class);
        var trace = new StringWriter();
        thrown.printStackTrace(new PrintWriter(trace, true));
        assertThat(trace.toString() + model + settings).doesNotContain(Wired.KEY);
        return thrown;
    }
}
