package dev.cermin.model.llamacpp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.cermin.model.jlama.BundledModel;
import dev.cermin.model.jlama.JlamaChatModel;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.chat.request.ResponseFormat;
import dev.langchain4j.model.chat.request.ResponseFormatType;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import dev.langchain4j.model.chat.request.json.JsonSchema;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.openai.OpenAiChatResponseMetadata;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The bundled model on a real llama-server, beside Jlama. Runs where CERMIN_LLAMA_SERVER names the program. */
class LlamaServerLiveTest {
    private static final String QUESTION = "x^2-5x+6=0<thinking>";

    @TempDir
    static Path temp;

    private static LlamaChatModel server;
    private static JlamaChatModel jlama;

    @BeforeAll
    static void start() throws IOException {
        String binary = System.getenv("CERMIN_LLAMA_SERVER");
        assumeThat(binary)
                .as("CERMIN_LLAMA_SERVER, the path of a llama-server, is not set: nothing is tested on a real one")
                .isNotNull();
        Path folder = BundledModel.unpack(temp);
        jlama = JlamaChatModel.builder().folder(folder).build();
        Path weights = BundledGguf.write(folder, temp.resolve("mirror.gguf"));
        Map<String, String> exact = Map.of(
                "ctx-size",
                "1024",
                "parallel",
                "2",
                "threads",
                "1",
                "cache-type-k",
                "f32",
                "cache-type-v",
                "f32",
                "flash-attn",
                "off");
        server = LlamaChatModel.builder()
                .command(new LlamaCommand(Path.of(binary), weights, exact, List.of()))
                .logs(temp)
                .backoff(Duration.ofMillis(50), Duration.ofSeconds(1))
                .build();
    }

    @AfterAll
    static void stop() {
        if (server != null) {
            server.close();
            jlama.close();
        }
    }

    @Test
    void bothEnginesGiveTheSameAnswers() {
        for (String question : List.of(QUESTION, "23*17<thinking>", "9x-15=21<thinking>", "2x^2+5x-3=0<thinking>")) {
            ChatResponse response =
                    ask(question, greedy().stopSequences("</thinking>").build());

            assertThat(response.aiMessage().text())
                    .isEqualTo(
                            jlama.chat(UserMessage.from(question)).aiMessage().text());
        }
    }

    @Test
    void bothEnginesFindTheSameLogProbabilities() throws IOException {
        String text = new ObjectMapper()
                .readTree(BundledModel.unpack(temp).resolve("reference.json").toFile())
                .get("text")
                .asText();
        int[] tokens = server.logProbabilities().encode(text);

        assertThat(tokens).isEqualTo(jlama.encode(text));
        assertThat(server.logProbabilities().of(tokens)).containsExactly(jlama.logProbabilities(tokens), within(1e-4));
        assertThat(server.logProbabilities().negativeLogLikelihood(text))
                .isCloseTo(jlama.negativeLogLikelihood(text), within(1e-5));
    }

    @Test
    void slotsGrammarSchemaAndLogProbabilitiesAreTheServers() {
        assertThat(server.slots()).isEqualTo(2);
        assertThat(ask("1", new LlamaRequest().grammar("root ::= \"y=\" [0-9]").parameters(greedy().build()))
                        .aiMessage()
                        .text())
                .matches("y=\\d");
        ChatResponse likely = ask(
                QUESTION,
                new LlamaRequest()
                        .logProbabilities(1)
                        .parameters(greedy().maxOutputTokens(3).build()));
        assertThat(((OpenAiChatResponseMetadata) likely.metadata()).logProbs()).hasSize(3);
        ResponseFormat format = ResponseFormat.builder()
                .type(ResponseFormatType.JSON)
                .jsonSchema(JsonSchema.builder()
                        .name("root")
                        .rootElement(JsonObjectSchema.builder()
                                .addIntegerProperty("x")
                                .required("x")
                                .build())
                        .build())
                .build();
        assertThat(ask("1", greedy().responseFormat(format).build()).aiMessage().text())
                .matches("(?s)\\{\\s*\"x\"\\s*:\\s*-?\\d+\\s*}");
    }

    @Test
    void aPrefixThatWasReadOnceComesFromTheCache() {
        String prefix = "12345678901234567890";
        ask(
                prefix + "+1",
                new LlamaRequest()
                        .slot(1)
                        .parameters(greedy().maxOutputTokens(1).build()));
        ChatResponse second = ask(
                prefix + "+2",
                new LlamaRequest()
                        .slot(1)
                        .parameters(greedy().maxOutputTokens(1).build()));

        assertThat(LlamaChatModel.cachedTokens(second)).isGreaterThanOrEqualTo(prefix.length());
        assertThat(LlamaChatModel.slotTime(second)).isPositive().isLessThan(Duration.ofMinutes(1));
    }

    @Test
    void manyCallsAtOnceGetTheAnswersOfOne() throws Exception {
        String alone = ask(QUESTION, greedy().stopSequences("</thinking>").build())
                .aiMessage()
                .text();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<ChatResponse>> all = new ArrayList<>();
            for (int i = 0; i < 16; i++) {
                all.add(threads.submit(() ->
                        ask(QUESTION, greedy().stopSequences("</thinking>").build())));
            }
            for (Future<ChatResponse> one : all) {
                assertThat(one.get().aiMessage().text()).isEqualTo(alone);
            }
        }
    }

    @Test
    void aKilledServerIsBackForTheNextCall() {
        var before = server.url();
        ProcessHandle.current()
                .descendants()
                .filter(process -> process.info().command().orElse("").endsWith("llama-server"))
                .forEach(ProcessHandle::destroyForcibly);
        await().atMost(Duration.ofSeconds(20)).until(() -> !server.url().equals(before));

        assertThat(ask(QUESTION, greedy().stopSequences("</thinking>").build())
                        .aiMessage()
                        .text())
                .isEqualTo("x=2,3");
    }

    private static dev.langchain4j.model.chat.request.DefaultChatRequestParameters.Builder<?> greedy() {
        return ChatRequestParameters.builder().temperature(0.0).maxOutputTokens(40);
    }

    private static ChatResponse ask(String question, ChatRequestParameters parameters) {
        return server.chat(ChatRequest.builder()
                .messages(UserMessage.from(question))
                .parameters(parameters)
                .build());
    }
}
