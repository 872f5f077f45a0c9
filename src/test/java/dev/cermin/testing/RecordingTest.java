package dev.cermin.testing;

import static dev.cermin.testing.CerminAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cermin.Agent;
import dev.cermin.loop.Outcome;
import dev.cermin.model.jlama.BundledModel;
import dev.cermin.model.jlama.JlamaChatModel;
import dev.cermin.tool.Tools;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.ModelProvider;
import dev.langchain4j.model.chat.Capability;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.chat.request.ResponseFormat;
import dev.langchain4j.model.chat.request.ResponseFormatType;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import dev.langchain4j.model.chat.request.json.JsonSchema;
import dev.langchain4j.model.chat.response.ChatResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordingTest {
    @TempDir
    Path folder;

    @Test
    void theBundledModelsLoopsGoTheSameWayWithoutIt() {
        Path file = folder.resolve("some/where/equations.jsonl");
        List<String> tasks = List.of("9x-15=21", "3x+4=19", "9x-15=21");
        List<Outcome> real;
        try (var model = JlamaChatModel.builder()
                .folder(BundledModel.unpack(Path.of("target/models")))
                .build()) {
            Agent agent = Agent.named("equations", RecordingChatModel.of(model, file));
            real = tasks.stream().map(agent::run).toList();
        }

        var replaying = ReplayingChatModel.of(file);
        Agent agent = Agent.named("equations", replaying);
        for (int i = 0; i < tasks.size(); i++) {
            assertThat(agent.run(tasks.get(i)))
                    .wentAs(real.get(i))
                    .failsFirst("equation")
                    .takesAtMostTokens(real.get(i).usage().tokens());
        }
        replaying.assertExhausted();
    }

    @Test
    void toolsThinkingAndUsageComeBack() {
        Path file = folder.resolve("tools.jsonl");
        var add = ToolSpecification.builder()
                .name("add")
                .description("Adds")
                .parameters(JsonObjectSchema.builder().addIntegerProperty("a").build())
                .build();
        Tools tools = Tools.of(add, arguments -> "4");
        var script = ScriptedChatModel.saying()
                .thenCalling("add", "{\"a\":2}")
                .thenThinking("it said 4 \u00e9\ud83d\ude00", "4");

        Outcome recorded = Agent.builder("sums")
                .model(RecordingChatModel.of(script, file))
                .tools(tools)
                .build()
                .run("2+2");
        Outcome replayed = Agent.builder("sums")
                .model(ReplayingChatModel.of(file))
                .tools(tools)
                .build()
                .run("2+2");

        assertThat(replayed).wentAs(recorded).hasAnswer("4");
        assertThat(replayed.usage().tokens()).isEqualTo(recorded.usage().tokens());
        assertThat(replayed.usage().calls()).isEqualTo(2);
    }

    @Test
    void equalRequestsAreAnsweredInTheirOrderAndOnlyAsOften() {
        Path file = folder.resolve("equal.jsonl");
        record(file, ScriptedChatModel.saying("one", "two"), ask("same"), ask("same"));
        var replaying = ReplayingChatModel.of(file);

        assertThat(replaying.chat("same")).isEqualTo("one");
        assertThatThrownBy(replaying::assertExhausted)
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("in lines [3]");
        assertThat(replaying.chat("same")).isEqualTo("two");
        assertThatCode(replaying::assertExhausted).doesNotThrowAnyException();
        assertThatThrownBy(() -> replaying.chat("same"))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("has this request 2 times, and it was made once more");
    }

    @Test
    void anUnknownRequestIsToldFromTheNearest() {
        Path file = folder.resolve("nearest.jsonl");
        record(
                file,
                ScriptedChatModel.saying("a", "b"),
                ChatRequest.builder()
                        .messages(UserMessage.from("Translate: good morning"))
                        .build(),
                ChatRequest.builder()
                        .messages(SystemMessage.from("Solve."), UserMessage.from("Step by step:\n9x-15=21"))
                        .temperature(0.0)
                        .build());

        ChatRequest other = ChatRequest.builder()
                .messages(SystemMessage.from("Solve."), UserMessage.from("Step by step:\n9x-15=22"))
                .temperature(0.5)
                .build();
        assertThatThrownBy(() -> ReplayingChatModel.of(file).chat(other))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("nearest.jsonl has no such request. The nearest stands in line 3")
                .hasMessageContaining("message 2 (user), line 2, column 8")
                .hasMessageContaining("recorded: 9x-15=21")
                .hasMessageContaining("given:    9x-15=22")
                .hasMessageContaining("temperature: recorded 0.0, given 0.5");
    }

    @Test
    void whatAnAnswerDependsOnTellsRequestsApart() {
        Path file = folder.resolve("parameters.jsonl");
        JsonSchema schema = JsonSchema.builder()
                .name("critique")
                .rootElement(
                        JsonObjectSchema.builder().addNumberProperty("score").build())
                .build();
        ChatRequestParameters all = ChatRequestParameters.builder()
                .modelName("small")
                .temperature(0.5)
                .topP(0.9)
                .topK(40)
                .frequencyPenalty(0.1)
                .presencePenalty(0.2)
                .maxOutputTokens(100)
                .stopSequences("END")
                .toolSpecifications(ToolSpecification.builder().name("add").build())
                .responseFormat(ResponseFormat.builder()
                        .type(ResponseFormatType.JSON)
                        .jsonSchema(schema)
                        .build())
                .build();
        ChatRequest full = ChatRequest.builder()
                .messages(UserMessage.from("same"))
                .parameters(all)
                .build();
        record(file, ScriptedChatModel.saying("plain", "full"), ask("same"), full);

        assertThat(ReplayingChatModel.of(file).chat(full).aiMessage().text()).isEqualTo("full");
        assertThat(ReplayingChatModel.of(file).chat("same")).isEqualTo("plain");
        assertThat(read(file))
                .contains(
                        "\"maxTokens\":100",
                        "\"model\":\"small\"",
                        "\"stop\":[\"END\"]",
                        "\"score\":{\"type\":\"number\"}",
                        "\"name\":\"add\"");
    }

    @Test
    void onlyWhatTheCallerSaysIsWrittenAndNothingOfTheModelsOwn() {
        Path file = folder.resolve("secrets.jsonl");
        var real = new ChatModel() {
            @Override
            public ChatResponse doChat(ChatRequest request) {
                assertThat(request.modelName()).isEqualTo("the-secret-deployment");
                return ChatResponse.builder().aiMessage(AiMessage.from("hello")).build();
            }

            @Override
            public ChatRequestParameters defaultRequestParameters() {
                return ChatRequestParameters.builder()
                        .modelName("the-secret-deployment")
                        .build();
            }

            @Override
            public ModelProvider provider() {
                return ModelProvider.OPEN_AI;
            }

            @Override
            public Set<Capability> supportedCapabilities() {
                return Set.of(Capability.RESPONSE_FORMAT_JSON_SCHEMA);
            }
        };

        RecordingChatModel.of(real, file).chat("hi");

        assertThat(read(file)).isEqualTo("""
                        {"capabilities":["RESPONSE_FORMAT_JSON_SCHEMA"],"provider":"OPEN_AI","recording":"cermin/1"}
                        {"request":{"messages":[{"contents":[{"text":"hi","type":"TEXT"}],"type":"USER"}],"parameters":{}},\
                        "response":{"message":{"attributes":{},"text":"hello","toolExecutionRequests":[],"type":"AI"}}}
                        """);
        assertThat(ReplayingChatModel.of(file).provider()).isEqualTo(ModelProvider.OPEN_AI);
        assertThat(ReplayingChatModel.of(file).supportedCapabilities())
                .containsExactly(Capability.RESPONSE_FORMAT_JSON_SCHEMA);
        assertThat(ReplayingChatModel.of(file).chat("hi")).isEqualTo("hello");
    }

    @Test
    void theOldFileStaysUntilTheFirstExchange() {
        Path file = folder.resolve("kept.jsonl");
        record(file, ScriptedChatModel.saying("old"), ask("a"));

        var failing = RecordingChatModel.of(
                ScriptedChatModel.saying()
                        .thenThrow(new IllegalStateException("no key"))
                        .then("new"),
                file);
        assertThatThrownBy(() -> failing.chat("a")).hasMessageContaining("no key");
        assertThat(ReplayingChatModel.of(file).chat("a")).isEqualTo("old");
        failing.chat("a");
        assertThat(ReplayingChatModel.of(file).chat("a")).isEqualTo("new");
    }

    @Test
    void whatIsNoRecordingIsRefusedWithFileAndLine() throws IOException {
        Path file = folder.resolve("bad.jsonl");
        String head = "{\"capabilities\":[],\"provider\":\"NEWER_THAN_THIS\",\"recording\":\"cermin/1\"}\n";

        assertThatThrownBy(() -> ReplayingChatModel.of(file))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("bad.jsonl can't be read");
        Files.writeString(file, "");
        assertThatThrownBy(() -> ReplayingChatModel.of(file)).hasMessageContaining("is empty; record it anew");
        Files.writeString(file, head.replace("cermin/1", "cermin/2"));
        assertThatThrownBy(() -> ReplayingChatModel.of(file))
                .hasMessageContaining("line 1: a recording of the form cermin/1 is expected, not cermin/2");
        Files.writeString(file, head + "{\"request\":");
        assertThatThrownBy(() -> ReplayingChatModel.of(file)).hasMessageContaining("bad.jsonl, line 2: ");
        Files.writeString(file, head + "{\"request\":{\"messages\":[],\"parameters\":{}}}");
        assertThatThrownBy(() -> ReplayingChatModel.of(file)).hasMessageContaining("bad.jsonl, line 2: ");
        Files.writeString(file, head);
        assertThatThrownBy(() -> ReplayingChatModel.of(file).chat("hi"))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("has no exchanges");
    }

    private static ChatRequest ask(String text) {
        return ChatRequest.builder().messages(UserMessage.from(text)).build();
    }

    private static void record(Path file, ChatModel model, ChatRequest... requests) {
        var recording = RecordingChatModel.of(model, file);
        for (ChatRequest request : requests) {
            recording.chat(request);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
