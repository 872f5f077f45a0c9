package dev.cermin.model.remote;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.anyRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.urlMatching;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import dev.cermin.model.Failure;
import dev.cermin.model.Failure.Kind;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What single providers do on the wire, beyond what all of them do. */
class WireTest {
    @RegisterExtension
    static final WireMockExtension SERVER = WireMockExtension.newInstance()
            .options(wireMockConfig().dynamicPort())
            .build();

    private static Throwable failure(Wired wired, boolean stream) {
        var model =
                Wired.model(wired.settings(SERVER.getPort(), stream, Map.of()).build());
        return catchThrowable(() -> model.chat("Hello"));
    }

    @Test
    void anErrorInTheMidstOfAStreamIsToldByItsType() {
        Wired anthropic = Wired.of("anthropic");
        SERVER.stubFor(post(urlMatching(anthropic.streamPath())).willReturn(anthropic.answer("overloaded", true)));
        assertThat(failure(anthropic, true)).hasMessage("anthropic: Overloaded");
        assertThat(Failure.of(failure(anthropic, true)).kind()).isEqualTo(Kind.UNAVAILABLE);
    }

    @ParameterizedTest
    @CsvSource({
        "rate_limit_exceeded, RATE_LIMIT",
        "server_error, UNAVAILABLE",
        "503, UNAVAILABLE",
        "invalid_request_error, INVALID",
        "something_else, MALFORMED"
    })
    void anErrorInsteadOfAChunkIsToldByItsCode(String code, Kind kind) {
        Wired openAi = Wired.of("openai");
        SERVER.stubFor(post(urlMatching(openAi.streamPath()))
                .willReturn(aResponse()
                        .withHeader("Content-Type", "text/event-stream")
                        .withBody("data: {\"error\":{\"message\":\"No luck\",\"code\":\"%s\"}}\n\ndata: [DONE]\n\n"
                                .formatted(code))));

        assertThat(failure(openAi, true)).hasMessage("openai: No luck");
        assertThat(Failure.of(failure(openAi, true)).kind()).isEqualTo(kind);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aQuotaThatIsUsedUpIsNothingToWaitFor(boolean stream) {
        Wired openAi = Wired.of("openai");
        SERVER.stubFor(post(urlMatching(openAi.path()))
                .willReturn(aResponse()
                        .withStatus(429)
                        .withBody("{\"error\":{\"message\":\"You exceeded your current quota\","
                                + "\"type\":\"insufficient_quota\",\"code\":\"insufficient_quota\"}}")));

        assertThat(Failure.of(failure(openAi, stream)).kind()).isEqualTo(Kind.AUTHENTICATION);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aPromptThatAzuresFilterStopsIsRefused(boolean stream) {
        Wired azure = Wired.of("azure-openai");
        SERVER.stubFor(post(urlMatching(azure.path())).willReturn(azure.error("400-filter")));

        assertThat(Failure.of(failure(azure, stream)).kind()).isEqualTo(Kind.REFUSED);
    }

    @Test
    void aProxysPageIsShownAsItBegins() {
        Wired openAi = Wired.of("openai");
        SERVER.stubFor(post(urlMatching(openAi.path()))
                .willReturn(
                        aResponse().withStatus(502).withBody("<html>\n <h1>Bad   Gateway</h1>" + "x".repeat(5_000))));

        assertThat(failure(openAi, false).getMessage())
                .startsWith("openai: HTTP 502: <html> <h1>Bad Gateway</h1>xxx")
                .hasSizeLessThan(600);
    }

    @Test
    void aServerThatClosesWithoutAWordIsAnOutage() {
        Wired openAi = Wired.of("openai");
        SERVER.stubFor(post(urlMatching(openAi.path())).willReturn(aResponse().withFault(Fault.EMPTY_RESPONSE)));

        assertThat(Failure.of(failure(openAi, false)).kind()).isEqualTo(Kind.UNAVAILABLE);
    }

    @Test
    void tokensAreLimitedByTheNameThatTheEndpointTakes() {
        Wired openAi = Wired.of("openai");
        SERVER.stubFor(post(urlMatching(openAi.path())).willReturn(openAi.answer("answer", false)));
        var request = ChatRequest.builder()
                .messages(UserMessage.from("Hello"))
                .maxOutputTokens(77)
                .build();

        Wired.model(openAi.settings(SERVER.getPort(), false, Map.of()).build()).chat(request);
        Wired.model(openAi.settings(SERVER.getPort(), false, Map.of("max-completion-tokens", "true"))
                        .build())
                .chat(request);

        var sent = SERVER.findAll(anyRequestedFor(anyUrl()));
        assertThat(sent.getFirst().getBodyAsString()).contains("\"max_tokens\"").doesNotContain("completion_tokens");
        assertThat(sent.getLast().getBodyAsString())
                .contains("\"max_completion_tokens\"")
                .doesNotContain("\"max_tokens\"");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void bedrockSignsWithAnAccessKey(boolean stream) {
        Wired bedrock = Wired.of("bedrock");
        SERVER.stubFor(post(urlMatching(bedrock.path(stream))).willReturn(bedrock.answer("answer", stream)));

        Wired.model(bedrock.settings(
                                SERVER.getPort(),
                                stream,
                                Map.of(
                                        "access-key-id", "AKIDEXAMPLE",
                                        "secret-access-key", Wired.KEY,
                                        "session-token", "a-session"))
                        .apiKey(null)
                        .build())
                .chat("Hello");

        var sent = SERVER.findAll(anyRequestedFor(anyUrl())).getFirst();
        assertThat(sent.getHeader("Authorization"))
                .startsWith("AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/")
                .contains("/eu-central-1/bedrock/aws4_request");
        assertThat(sent.getHeader("X-Amz-Security-Token")).isEqualTo("a-session");
        assertThat(sent.getHeaders().toString()).doesNotContain(Wired.KEY);
    }

    @Test
    void aHeaderThatCannotBeSentIsAFaultThatDoesNotShowIt() {
        var settings = Wired.of("openai")
                .settings(SERVER.getPort(), false, Map.of())
                .apiKey("key\nwith " + Wired.KEY)
                .build();

        assertThatThrownBy(() -> Wired.model(settings).chat("Hello"))
                .hasMessageNotContaining(Wired.KEY)
                .satisfies(thrown -> assertThat(Failure.of(thrown).kind()).isEqualTo(Kind.INVALID))
                .satisfies(
                        thrown -> assertThat(String.valueOf(thrown.getCause())).doesNotContain(Wired.KEY));
    }
}
