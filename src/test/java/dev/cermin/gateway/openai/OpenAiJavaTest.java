package dev.cermin.gateway.openai;

import static dev.cermin.fixture.Services.finished;
import static dev.cermin.fixture.Services.trace;
import static dev.cermin.fixture.Services.within;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.JsonValue;
import com.openai.core.http.StreamResponse;
import com.openai.errors.BadRequestException;
import com.openai.errors.InternalServerException;
import com.openai.errors.NotFoundException;
import com.openai.errors.OpenAIServiceException;
import com.openai.errors.SseException;
import com.openai.helpers.ChatCompletionAccumulator;
import com.openai.models.FunctionDefinition;
import com.openai.models.FunctionParameters;
import com.openai.models.ResponseFormatJsonSchema;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.chat.completions.ChatCompletionFunctionTool;
import com.openai.models.chat.completions.ChatCompletionMessage;
import com.openai.models.chat.completions.ChatCompletionStreamOptions;
import com.openai.models.chat.completions.ChatCompletionToolMessageParam;
import com.openai.models.models.Model;
import dev.cermin.fixture.KafkaProbe;
import dev.cermin.fixture.ScriptedModels;
import dev.cermin.fixture.Services;
import dev.cermin.fixture.StoresResource;
import dev.cermin.flow.Topics;
import dev.cermin.trace.Chain;
import dev.cermin.trace.StepKind;
import dev.cermin.trace.TraceStep;
import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.URI;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** OpenAI's own Java client, as it is, calls agents. */
@QuarkusTest
@QuarkusTestResource(StoresResource.class)
@SuppressWarnings("deprecation") // the client marks its access to fields that OpenAI doesn't have, and "user", as such
class OpenAiJavaTest {
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
    void agentsAreListedAsModels() {
        assertThat(client.models().list().data()).extracting(Model::id).contains("equations", "scripted");
        assertThat(client.models().retrieve("scripted").ownedBy()).isEqualTo("cermin");
        assertThatThrownBy(() -> client.models().retrieve("nobody"))
                .isInstanceOfSatisfying(NotFoundException.class, e -> {
                    assertThat(e.code()).contains("model_not_found");
                    assertThat(e.getMessage()).contains("nobody").contains("equations");
                });
    }

    @Test
    void anEquationIsSolvedAndItsTraceIsStoredAsAnyOther() {
        ChatCompletion completion = ask(params("equations").addUserMessage("9x-15=21"));
        ChatCompletion.Choice choice = completion.choices().getFirst();
        assertThat(choice.message().content()).contains("x=4");
        assertThat(choice.finishReason()).isEqualTo(ChatCompletion.Choice.FinishReason.STOP);
        assertThat(completion.model()).isEqualTo("equations");

        UUID task = taskOf(completion);
        assertThat(finished(task).getString("summary.stopReason")).isEqualTo("accepted");
        List<TraceStep> trace = trace(task);
        assertThat(Chain.verify(trace).complete()).isTrue();
        assertThat(completion.usage().orElseThrow().completionTokens()).isEqualTo(tokensOut(trace));
        String reasoning = text(choice.message()._additionalProperties().get("reasoning_content"));
        assertThat(reasoning).contains("Draft: x=3").contains("x=3 gives 12 on the left and 21 on the right");
    }

    @Test
    void aStreamTellsTheLoopAsReasoningThenTheAnswerThenWhatItTook() {
        models.script(
                "scripted-reflect",
                prompt -> prompt.contains("better")
                        ? "<output>accept</output>"
                        : "<reflection>too short</reflection><output>revise 0.5</output>");
        models.script("scripted-correct", prompt -> "better ".repeat(40).strip());
        ChatCompletionAccumulator all = ChatCompletionAccumulator.create();
        StringBuilder reasoning = new StringBuilder();
        List<String> pieces = new ArrayList<>();
        try (StreamResponse<ChatCompletionChunk> stream = client.chat()
                .completions()
                .createStreaming(params("scripted")
                        .addUserMessage("streamed")
                        .streamOptions(ChatCompletionStreamOptions.builder()
                                .includeUsage(true)
                                .build())
                        .build())) {
            stream.stream()
                    .peek(all::accumulate)
                    .flatMap(chunk -> chunk.choices().stream())
                    .forEach(choice -> {
                        JsonValue words = choice.delta()._additionalProperties().get("reasoning_content");
                        if (words != null) {
                            assertThat(pieces)
                                    .as("the answer comes after the reasoning")
                                    .isEmpty();
                            reasoning.append(text(words));
                        }
                        choice.delta().content().filter(text -> !text.isEmpty()).ifPresent(pieces::add);
                    });
        }
        assertThat(reasoning).contains("Draft: answer").contains("too short").contains("Correction 1: better");
        assertThat(pieces).hasSizeGreaterThan(1);
        ChatCompletion completion = all.chatCompletion();
        assertThat(completion.choices().getFirst().message().content())
                .contains("better ".repeat(40).strip());
        assertThat(completion.usage().orElseThrow().totalTokens()).isPositive();
    }

    @Test
    void theLoopIsToldWhileItRuns() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        models.script("scripted-reflect", prompt -> {
            waitFor(release);
            return "<output>accept</output>";
        });
        try (StreamResponse<ChatCompletionChunk> stream = client.chat()
                .completions()
                .createStreaming(params("scripted").addUserMessage("watched").build())) {
            Iterator<ChatCompletionChunk> chunks = stream.stream().iterator();
            String reasoning = "";
            while (!reasoning.contains("Draft: answer")) {
                JsonValue words = chunks.next()
                        .choices()
                        .getFirst()
                        .delta()
                        ._additionalProperties()
                        .get("reasoning_content");
                reasoning += words == null ? "" : text(words);
            }
            release.countDown();
        }
    }

    @Test
    void aClientThatGoesAwayEndsTheLoop() {
        CountDownLatch release = new CountDownLatch(1);
        models.script("scripted-reflect", prompt -> {
            waitFor(release);
            return "<output>revise 0.1</output>";
        });
        UUID task;
        try (StreamResponse<ChatCompletionChunk> stream = client.chat()
                .completions()
                .createStreaming(params("scripted").addUserMessage("left alone").build())) {
            task = UUID.fromString(stream.stream().iterator().next().id().substring("chatcmpl-".length()));
        }
        try (KafkaProbe kafka = Services.kafka()) {
            within().until(() -> kafka.read(Topics.CONTROL, task.toString()).size() == 1);
        }
        // the call under way ends by itself; the next one is not begun
        release.countDown();
        assertThat(finished(task).getString("summary.stopReason")).isEqualTo("cancelled");
    }

    @Test
    void theClientsToolsAreHandedBackAndAskedAnew() {
        models.scriptMessages("scripted-generate", request -> {
            if (request.messages().getLast() instanceof ToolExecutionResultMessage result) {
                return AiMessage.from("It is " + result.text() + ", says " + result.toolName());
            }
            assertThat(request.toolSpecifications()).hasSize(1);
            assertThat(request.toolSpecifications().getFirst().parameters().properties())
                    .containsKey("city");
            return AiMessage.from(ToolExecutionRequest.builder()
                    .id("call_7")
                    .name("weather")
                    .arguments("{\"city\":\"Ipoh\"}")
                    .build());
        });
        ChatCompletionCreateParams.Builder params = params("scripted")
                .addUserMessage("What is the weather in Ipoh?")
                .addTool(ChatCompletionFunctionTool.builder()
                        .function(FunctionDefinition.builder()
                                .name("weather")
                                .description("The weather of a city")
                                .parameters(FunctionParameters.builder()
                                        .putAdditionalProperty("type", JsonValue.from("object"))
                                        .putAdditionalProperty(
                                                "properties", JsonValue.from(Map.of("city", Map.of("type", "string"))))
                                        .putAdditionalProperty("required", JsonValue.from(List.of("city")))
                                        .build())
                                .build())
                        .build());
        ChatCompletion first = ask(params);
        ChatCompletion.Choice asks = first.choices().getFirst();
        assertThat(asks.finishReason()).isEqualTo(ChatCompletion.Choice.FinishReason.TOOL_CALLS);
        assertThat(asks.message().content()).isEmpty();
        var call = asks.message().toolCalls().orElseThrow().getFirst().asFunction();
        assertThat(call.id()).isEqualTo("call_7");
        assertThat(call.function().arguments()).isEqualTo("{\"city\":\"Ipoh\"}");
        UUID task = taskOf(first);
        assertThat(finished(task).getString("summary.stopReason")).isEqualTo("handed_back");
        assertThat(Chain.verify(trace(task)).complete()).isTrue();
        assertThat(first.usage().orElseThrow().totalTokens()).isEqualTo(10);

        ChatCompletion second = ask(params.addMessage(asks.message())
                .addMessage(ChatCompletionToolMessageParam.builder()
                        .toolCallId(call.id())
                        .content("33 degrees")
                        .build()));
        assertThat(second.choices().getFirst().message().content()).contains("It is 33 degrees, says weather");
        TraceStep draft = trace(taskOf(second)).get(1);
        assertThat(draft.texts().prompt())
                .as("the trace has what the model read")
                .contains("33 degrees");
    }

    @Test
    void anAnswerIsCorrectedUntilItHasTheFormThatIsAskedFor() {
        models.script("scripted-generate", prompt -> "forty-two");
        models.script("scripted-correct", prompt -> "```json\n{\"answer\": 42}\n```");
        ChatCompletion completion = ask(form().addUserMessage("in JSON"));
        ChatCompletionMessage message = completion.choices().getFirst().message();
        assertThat(message.content()).contains("{\"answer\": 42}");
        assertThat(trace(taskOf(completion)))
                .extracting(TraceStep::kind)
                .contains(StepKind.VERIFY, StepKind.CORRECT, StepKind.REFLECT);

        models.script("scripted-correct", prompt -> "{\"answer\": \"many\"}");
        ChatCompletionMessage never =
                ask(form().addUserMessage("in vain")).choices().getFirst().message();
        assertThat(never.content()).isEmpty();
        assertThat(never.refusal().orElseThrow()).contains("answer");
    }

    private ChatCompletionCreateParams.Builder form() {
        return params("scripted")
                .responseFormat(ResponseFormatJsonSchema.builder()
                        .jsonSchema(ResponseFormatJsonSchema.JsonSchema.builder()
                                .name("answer")
                                .strict(true)
                                .schema(ResponseFormatJsonSchema.JsonSchema.Schema.builder()
                                        .putAdditionalProperty("type", JsonValue.from("object"))
                                        .putAdditionalProperty(
                                                "properties",
                                                JsonValue.from(Map.of("answer", Map.of("type", "integer"))))
                                        .putAdditionalProperty("required", JsonValue.from(List.of("answer")))
                                        .build())
                                .build())
                        .build());
    }

    @Test
    void theConversationIsWhatTheModelReadsAndItsSamplingGoesBeforeTheAgents() {
        models.scriptMessages("scripted-generate", request -> {
            assertThat(request.messages()).hasSizeGreaterThanOrEqualTo(4);
            assertThat(request.temperature()).isEqualTo(0.25);
            assertThat(request.maxOutputTokens()).isEqualTo(77);
            return AiMessage.from("Ipoh, as you said");
        });
        ChatCompletion completion = ask(params("scripted")
                .addSystemMessage("Be short")
                .addUserMessage("I live in Ipoh")
                .addAssistantMessage("Noted")
                .addUserMessage("Where do I live?")
                .temperature(0.25)
                .maxCompletionTokens(77)
                .user("u-1"));
        assertThat(completion.choices().getFirst().message().content()).contains("Ipoh, as you said");
        assertThat(finished(taskOf(completion)).getString("summary.agent")).isEqualTo("scripted");
        assertThat(trace(taskOf(completion)).getFirst().texts().output()).isEqualTo("Where do I live?");
    }

    @Test
    void whatAgentsDoNotGiveIsRefused() {
        assertThatThrownBy(() -> ask(params("nobody").addUserMessage("x"))).isInstanceOf(NotFoundException.class);
        assertThatThrownBy(() -> ask(params("scripted").addUserMessage("x").n(2)))
                .isInstanceOfSatisfying(BadRequestException.class, e -> {
                    assertThat(e.param()).contains("n");
                    assertThat(e.code()).contains("unsupported_parameter");
                    assertThat(e.type()).contains("invalid_request_error");
                });
        assertThatThrownBy(() -> ask(params("scripted").addUserMessage("x").logprobs(true)))
                .isInstanceOf(BadRequestException.class)
                .hasMessageContaining("logprobs");
        assertThatThrownBy(() -> ask(params("scripted").addUserMessage("x").temperature(3.0)))
                .isInstanceOf(BadRequestException.class)
                .hasMessageContaining("0 to 2");
    }

    @Test
    void aLoopWithoutAnyDraftIsAnErrorThatIsNotAskedForAgain() {
        models.script("scripted-generate", prompt -> {
            throw new IllegalStateException("no tokens left");
        });
        assertThatThrownBy(() -> ask(params("scripted").addUserMessage("fails")))
                .isInstanceOfSatisfying(InternalServerException.class, e -> {
                    assertThat(e.statusCode()).isEqualTo(502);
                    assertThat(e.code()).contains("agent_failed");
                    assertThat(e.getMessage()).contains("no tokens left");
                });
        assertThat(models.asked("fails")).as("the client did not repeat it").isEqualTo(1);
        try (StreamResponse<ChatCompletionChunk> stream = client.chat()
                .completions()
                .createStreaming(params("scripted").addUserMessage("fails too").build())) {
            assertThatThrownBy(() -> stream.stream().forEach(chunk -> {}))
                    .isInstanceOf(SseException.class)
                    .isInstanceOf(OpenAIServiceException.class);
        }
    }

    private static ChatCompletionCreateParams.Builder params(String agent) {
        return ChatCompletionCreateParams.builder().model(agent);
    }

    private ChatCompletion ask(ChatCompletionCreateParams.Builder params) {
        return client.chat().completions().create(params.build());
    }

    private static UUID taskOf(ChatCompletion completion) {
        UUID task = UUID.fromString(completion.id().substring("chatcmpl-".length()));
        finished(task);
        return task;
    }

    private static long tokensOut(List<TraceStep> trace) {
        return trace.stream()
                .filter(step -> step.tokensOut() != null)
                .mapToLong(TraceStep::tokensOut)
                .sum();
    }

    private static String text(JsonValue value) {
        return value.convert(String.class);
    }

    private static void waitFor(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
