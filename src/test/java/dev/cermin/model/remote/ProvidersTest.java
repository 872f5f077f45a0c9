package dev.cermin.model.remote;

import static com.github.tomakehurst.wiremock.client.WireMock.anyRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.urlMatching;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import com.github.tomakehurst.wiremock.stubbing.Scenario;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.Capability;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ResponseFormat;
import dev.langchain4j.model.chat.request.ResponseFormatType;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import dev.langchain4j.model.chat.request.json.JsonSchema;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.output.FinishReason;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What every provider does, at once and streamed, on exchanges written after its API's documentation. */
class ProvidersTest {
    private static final JsonObjectSchema CITY = JsonObjectSchema.builder()
            .addStringProperty("city")
            .required("city")
            .build();

    @RegisterExtension
    static final WireMockExtension SERVER = WireMockExtension.newInstance()
            .options(wireMockConfig().dynamicPort())
            .build();

    static Stream<Arguments> ways() {
        return Wired.ALL.stream().flatMap(wired -> Stream.of(false, true).map(stream -> Arguments.of(wired, stream)));
    }

    private static ChatModel model(Wired wired, boolean stream) {
        return Wired.model(wired.settings(SERVER.getPort(), stream, Map.of()).build());
    }

    @ParameterizedTest(name = "{0}, streamed: {1}")
    @MethodSource("ways")
    void answersAndTellsItsUsage(Wired wired, boolean stream) {
        SERVER.stubFor(post(urlMatching(wired.path(stream))).willReturn(wired.answer("answer", stream)));

        ChatResponse response = model(wired, stream)
                .chat(ChatRequest.builder()
                        .messages(UserMessage.from("The capital of France?"))
                        .temperature(0.25)
                        .maxOutputTokens(77)
                        .build());

        assertThat(response.aiMessage().text()).isEqualTo("Paris");
        assertThat(response.finishReason()).isEqualTo(FinishReason.STOP);
        assertThat(response.tokenUsage().inputTokenCount()).isEqualTo(19);
        assertThat(response.tokenUsage().outputTokenCount()).isEqualTo(5);
        LoggedRequest sent = sent().getFirst();
        assertThat(sent.getHeader(wired.keyHeader())).contains(Wired.KEY);
        assertThat(sent.getBodyAsString()).contains("The capital of France?", "0.25", "77");
    }

    @ParameterizedTest(name = "{0}, streamed: {1}")
    @MethodSource("ways")
    void callsAToolAndGoesOnWithItsResult(Wired wired, boolean stream) {
        SERVER.stubFor(post(urlMatching(wired.path(stream)))
                .inScenario("tool")
                .whenScenarioStateIs(Scenario.STARTED)
                .willReturn(wired.answer("tool", stream))
                .willSetStateTo("called"));
        SERVER.stubFor(post(urlMatching(wired.path(stream)))
                .inScenario("tool")
                .whenScenarioStateIs("called")
                .willReturn(wired.answer("answer", stream)));
        ChatModel model = model(wired, stream);
        var weather = ToolSpecification.builder()
                .name("weather")
                .description("How warm it is in a city")
                .parameters(CITY)
                .build();
        UserMessage question = UserMessage.from("Is it warm in Paris?");

        ChatResponse first = model.chat(ChatRequest.builder()
                .messages(question)
                .toolSpecifications(weather)
                .build());
        assertThat(first.finishReason()).isEqualTo(FinishReason.TOOL_EXECUTION);
        ToolExecutionRequest call = first.aiMessage().toolExecutionRequests().getFirst();
        assertThat(call.name()).isEqualTo("weather");
        assertThat(call.arguments()).isEqualToIgnoringWhitespace("{\"city\":\"Paris\"}");

        ChatResponse second = model.chat(ChatRequest.builder()
                .messages(question, first.aiMessage(), ToolExecutionResultMessage.from(call, "31 degrees"))
                .toolSpecifications(weather)
                .build());

        assertThat(second.aiMessage().text()).isEqualTo("Paris");
        List<LoggedRequest> sent = sent();
        assertThat(sent.getFirst().getBodyAsString()).contains("How warm it is in a city", "city");
        assertThat(sent.getLast().getBodyAsString()).contains("31 degrees", "weather");
    }

    @ParameterizedTest(name = "{0}, streamed: {1}")
    @MethodSource("ways")
    void asksForAnswersByASchema(Wired wired, boolean stream) {
        SERVER.stubFor(post(urlMatching(wired.path(stream))).willReturn(wired.answer("schema", stream)));
        var schema = JsonSchema.builder()
                .name("verdict")
                .rootElement(JsonObjectSchema.builder()
                        .addEnumProperty("verdict", List.of("accept", "revise"))
                        .addNumberProperty("score")
                        .required("verdict", "score")
                        .build())
                .build();
        ChatModel model = model(wired, stream);

        assertThat(model.supportedCapabilities()).contains(Capability.RESPONSE_FORMAT_JSON_SCHEMA);
        ChatResponse response = model.chat(ChatRequest.builder()
                .messages(UserMessage.from("Judge."))
                .responseFormat(ResponseFormat.builder()
                        .type(ResponseFormatType.JSON)
                        .jsonSchema(schema)
                        .build())
                .build());

        assertThat(response.aiMessage().text()).isEqualTo("{\"verdict\": \"accept\", \"score\": 0.9}");
        // somewhere in the request, whatever it is called there; Bedrock takes it as a string
        assertThat(sent().getFirst().getBodyAsString().replace("\\", ""))
                .contains("\"verdict\"", "\"revise\"", "\"required\"");
    }

    @ParameterizedTest(name = "{0}, streamed: {1}")
    @MethodSource("ways")
    void sendsHeadersOfTheApplicationsOwn(Wired wired, boolean stream) {
        SERVER.stubFor(post(urlMatching(wired.path(stream))).willReturn(wired.answer("answer", stream)));

        Wired.model(wired.settings(SERVER.getPort(), stream, Map.of("header.X-Team", "mirrors"))
                        .build())
                .chat("Hello");

        assertThat(sent().getFirst().getHeader("x-team")).isEqualTo("mirrors");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("wired")
    void aStreamMayTakeLongerThanItsTimeoutWhileSomethingComes(Wired wired) {
        SERVER.stubFor(post(urlMatching(wired.path(true)))
                .willReturn(wired.answer("answer", true).withChunkedDribbleDelay(12, 1_500)));

        long begun = System.nanoTime();
        String text = Wired.model(wired.settings(SERVER.getPort(), true, Map.of())
                        .timeout(Duration.ofMillis(1_200))
                        .build())
                .chat("Hello");

        assertThat(text).isEqualTo("Paris");
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isGreaterThan(Duration.ofMillis(1_250));
    }

    static List<Wired> wired() {
        return Wired.ALL;
    }

    private static List<LoggedRequest> sent() {
        return SERVER.findAll(anyRequestedFor(anyUrl()));
    }
}
