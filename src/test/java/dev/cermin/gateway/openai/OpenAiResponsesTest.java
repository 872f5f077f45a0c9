package dev.cermin.gateway.openai;

import static dev.cermin.fixture.Services.finished;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.JsonValue;
import com.openai.core.http.StreamResponse;
import com.openai.errors.BadRequestException;
import com.openai.errors.InternalServerException;
import com.openai.helpers.ResponseAccumulator;
import com.openai.models.responses.EasyInputMessage;
import com.openai.models.responses.FunctionTool;
import com.openai.models.responses.Response;
import com.openai.models.responses.ResponseCreateParams;
import com.openai.models.responses.ResponseFormatTextJsonSchemaConfig;
import com.openai.models.responses.ResponseFunctionToolCall;
import com.openai.models.responses.ResponseInputItem;
import com.openai.models.responses.ResponseOutputItem;
import com.openai.models.responses.ResponseStatus;
import com.openai.models.responses.ResponseStreamEvent;
import com.openai.models.responses.ResponseTextConfig;
import dev.cermin.fixture.ScriptedModels;
import dev.cermin.fixture.StoresResource;
import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** OpenAI's own Java client, as it is, calls agents by the Responses API. */
@QuarkusTest
@QuarkusTestResource(StoresResource.class)
class OpenAiResponsesTest {
    @Inject
    ScriptedModels models;

    @TestHTTPResource
    URI base;

    private OpenAIClient client;

    @BeforeEach
    void open() {
        models.reset();
        client = OpenAIOkHttpClient.builder()
                .baseUrl(base.resolve("/v1").toString())
                .apiKey("any")
                .build();
    }

    @AfterEach
    void close() {
        client.close();
    }

    @Test
    void anEquationIsSolvedWithTheLoopAsReasoning() {
        Response response = client.responses().create(params("equations", "9x-15=21"));
        assertThat(response.status()).contains(ResponseStatus.COMPLETED);
        assertThat(answer(response)).isEqualTo("x=4");
        assertThat(reasoning(response)).contains("Draft: x=3").contains("x=3 gives 12 on the left");
        assertThat(response.usage().orElseThrow().totalTokens()).isPositive();
        UUID task = UUID.fromString(response.id().substring("resp_".length()));
        assertThat(finished(task).getString("summary.stopReason")).isEqualTo("accepted");
    }

    @Test
    void aStreamComesToTheSameResponse() {
        ResponseAccumulator all = ResponseAccumulator.create();
        StringBuilder text = new StringBuilder();
        List<String> reasons = new ArrayList<>();
        try (StreamResponse<ResponseStreamEvent> stream =
                client.responses().createStreaming(params("equations", "9x-15=21"))) {
            stream.stream().peek(all::accumulate).forEach(event -> {
                event.reasoningSummaryTextDelta().ifPresent(delta -> reasons.add(delta.delta()));
                event.outputTextDelta().ifPresent(delta -> text.append(delta.delta()));
            });
        }
        assertThat(text).hasToString("x=4");
        assertThat(reasons).hasSizeGreaterThan(3);
        assertThat(answer(all.response())).isEqualTo("x=4");
        assertThat(reasoning(all.response())).isEqualTo(String.join("", reasons));
    }

    @Test
    void theClientsToolsAreHandedBack() {
        models.scriptMessages("scripted-generate", request -> {
            assertThat(request.messages().getFirst()).isInstanceOf(SystemMessage.class);
            return request.messages().getLast() instanceof ToolExecutionResultMessage result
                    ? AiMessage.from("It is " + result.text())
                    : AiMessage.from(ToolExecutionRequest.builder()
                            .id("call_7")
                            .name("weather")
                            .arguments("{\"city\":\"Ipoh\"}")
                            .build());
        });
        FunctionTool tool = FunctionTool.builder()
                .name("weather")
                .strict(false)
                .parameters(FunctionTool.Parameters.builder()
                        .putAdditionalProperty("type", JsonValue.from("object"))
                        .putAdditionalProperty("properties", JsonValue.from(Map.of("city", Map.of("type", "string"))))
                        .build())
                .build();
        Response first = client.responses()
                .create(ResponseCreateParams.builder()
                        .model("scripted")
                        .instructions("Be short")
                        .input("What is the weather in Ipoh?")
                        .addTool(tool)
                        .build());
        ResponseFunctionToolCall call = first.output().stream()
                .filter(ResponseOutputItem::isFunctionCall)
                .findFirst()
                .orElseThrow()
                .asFunctionCall();
        assertThat(call.callId()).isEqualTo("call_7");
        assertThat(call.arguments()).isEqualTo("{\"city\":\"Ipoh\"}");
        assertThat(first.output()).noneMatch(ResponseOutputItem::isMessage);

        Response second = client.responses()
                .create(ResponseCreateParams.builder()
                        .model("scripted")
                        .instructions("Be short")
                        .addTool(tool)
                        .inputOfResponse(List.of(
                                ResponseInputItem.ofEasyInputMessage(EasyInputMessage.builder()
                                        .role(EasyInputMessage.Role.USER)
                                        .content("What is the weather in Ipoh?")
                                        .build()),
                                ResponseInputItem.ofFunctionCall(call),
                                ResponseInputItem.ofFunctionCallOutput(ResponseInputItem.FunctionCallOutput.builder()
                                        .callId(call.callId())
                                        .output("33 degrees")
                                        .build())))
                        .build());
        assertThat(answer(second)).isEqualTo("It is 33 degrees");
    }

    @Test
    void anAnswerHasTheFormThatIsAskedFor() {
        models.script("scripted-correct", prompt -> "{\"answer\": 42}");
        Response response = client.responses()
                .create(ResponseCreateParams.builder()
                        .model("scripted")
                        .input("in JSON")
                        .text(ResponseTextConfig.builder()
                                .format(ResponseFormatTextJsonSchemaConfig.builder()
                                        .name("answer")
                                        .schema(ResponseFormatTextJsonSchemaConfig.Schema.builder()
                                                .putAdditionalProperty("type", JsonValue.from("object"))
                                                .putAdditionalProperty("required", JsonValue.from(List.of("answer")))
                                                .build())
                                        .build())
                                .build())
                        .build());
        assertThat(answer(response)).isEqualTo("{\"answer\": 42}");
    }

    @Test
    void whatCannotBeDoneIsToldInWords() {
        assertThatThrownBy(() -> client.responses()
                        .create(ResponseCreateParams.builder()
                                .model("scripted")
                                .input("x")
                                .previousResponseId("resp_1")
                                .build()))
                .isInstanceOf(BadRequestException.class)
                .hasMessageContaining("whole conversation");
        assertThat(given().contentType("application/json")
                        .body("{\"model\":\"scripted\",\"input\":[{\"type\":\"item_reference\",\"id\":\"1\"}]}")
                        .post("/v1/responses")
                        .<String>path("error.param"))
                .isEqualTo("input[0].type");
        models.script("scripted-generate", prompt -> {
            throw new IllegalStateException("no tokens left");
        });
        assertThatThrownBy(() -> client.responses().create(params("scripted", "fails")))
                .isInstanceOf(InternalServerException.class)
                .hasMessageContaining("no tokens left");
        try (StreamResponse<ResponseStreamEvent> stream =
                client.responses().createStreaming(params("scripted", "fails"))) {
            assertThat(stream.stream()
                            .toList()
                            .getLast()
                            .asFailed()
                            .response()
                            .error()
                            .orElseThrow()
                            .message())
                    .contains("no tokens left");
        }
    }

    private static ResponseCreateParams params(String agent, String input) {
        return ResponseCreateParams.builder().model(agent).input(input).build();
    }

    private static String answer(Response response) {
        return response.output().stream()
                .filter(ResponseOutputItem::isMessage)
                .findFirst()
                .orElseThrow()
                .asMessage()
                .content()
                .getFirst()
                .asOutputText()
                .text();
    }

    private static String reasoning(Response response) {
        StringBuilder all = new StringBuilder();
        response.output().getFirst().asReasoning().summary().forEach(part -> all.append(part.text()));
        return all.toString();
    }
}
