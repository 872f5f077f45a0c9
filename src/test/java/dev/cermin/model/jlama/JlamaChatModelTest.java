package dev.cermin.model.jlama;

import static dev.cermin.model.jlama.ChatRequests.ask;
import static dev.cermin.model.jlama.ChatRequests.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ImageContent;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.exception.UnsupportedFeatureException;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.chat.request.ResponseFormat;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.output.FinishReason;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JlamaChatModelTest {
    private static final String QUESTION = "x^2-5x+6=0<thinking>";

    @TempDir
    static Path temp;

    private static JlamaChatModel bundled;
    private static JlamaChatModel random;

    @BeforeAll
    static void load() throws IOException {
        bundled = JlamaChatModel.builder()
                .folder(BundledModel.unpack(temp))
                .name("mirror")
                .build();
        random = JlamaChatModel.builder()
                .folder(RandomModel.small(3).write(temp.resolve("random")))
                .build();
    }

    @AfterAll
    static void close() {
        bundled.close();
        random.close();
    }

    @Test
    void answersWithTextUsageReasonNameAndId() {
        ChatResponse response = ask(bundled, QUESTION);

        assertThat(response.aiMessage().text()).isEqualTo("x=2,3");
        assertThat(response.finishReason()).isEqualTo(FinishReason.STOP);
        assertThat(response.tokenUsage().inputTokenCount()).isEqualTo(1 + "x^2-5x+6=0".length() + 1);
        assertThat(response.tokenUsage().outputTokenCount()).isEqualTo("x=2,3".length());
        assertThat(response.modelName()).isEqualTo("mirror");
        assertThat(response.id()).isNotEqualTo(ask(bundled, QUESTION).id());
    }

    @Test
    void nameDefaultsToTheFolders() {
        assertThat(ask(random, "hello", p -> p.maxOutputTokens(1)).modelName()).isEqualTo("random");
    }

    @Test
    void stopsAtTheRequestsLimit() {
        ChatResponse response = ask(bundled, QUESTION, p -> p.maxOutputTokens(3));

        assertThat(response.aiMessage().text()).isEqualTo("x=2");
        assertThat(response.finishReason()).isEqualTo(FinishReason.LENGTH);
        assertThat(response.tokenUsage().outputTokenCount()).isEqualTo(3);
    }

    @Test
    void stopsBeforeAStopSequence() {
        ChatResponse response = ask(bundled, QUESTION, p -> p.stopSequences("nowhere", "2,"));

        assertThat(response.aiMessage().text()).isEqualTo("x=");
        assertThat(response.finishReason()).isEqualTo(FinishReason.STOP);
        assertThat(ask(bundled, QUESTION, p -> p.stopSequences("x")).aiMessage().text())
                .isEmpty();
    }

    @Test
    void stopsWhereTheContextIsFull() {
        String prompt = "9".repeat(random.contextLength() - "<bos>user:\n".length() - 1);
        ChatResponse response = ask(random, prompt, p -> p.maxOutputTokens(400));

        assertThat(response.tokenUsage().totalTokenCount()).isLessThanOrEqualTo(random.contextLength());
    }

    @Test
    void temperatureVariesTheAnswerAndTheSeedRepeatsIt() throws IOException {
        Path folder = RandomModel.small(3).write(temp.resolve("seeds"));
        try (JlamaChatModel one = hot(folder, 1);
                JlamaChatModel two = hot(folder, 2)) {
            assertThat(text(one, "hello")).isEqualTo(text(one, "hello")).isNotEqualTo(text(two, "hello"));
            assertThat(ask(one, "hello", p -> p.temperature(0.0)).aiMessage().text())
                    .isEqualTo(ask(two, "hello", p -> p.temperature(0.0))
                            .aiMessage()
                            .text());
            assertThat(ask(one, "hello", p -> p.topP(1e-9)).aiMessage().text())
                    .isEqualTo(ask(two, "hello", p -> p.topP(1e-9)).aiMessage().text());
        }
    }

    @Test
    void aRequestMayBringItsOwnSeed() throws IOException {
        Path folder = RandomModel.small(3).write(temp.resolve("own-seed"));
        try (JlamaChatModel one = hot(folder, 1);
                JlamaChatModel two = hot(folder, 2)) {
            assertThat(seeded(one, 2)).isEqualTo(text(two, "hello")).isNotEqualTo(text(one, "hello"));
        }
    }

    private static String seeded(JlamaChatModel model, long seed) {
        ChatRequest request = ChatRequest.builder()
                .messages(UserMessage.from("hello"))
                .parameters(JlamaRequestParameters.of(
                        ChatRequestParameters.builder().build(), seed))
                .build();
        return model.chat(request).aiMessage().text();
    }

    private static JlamaChatModel hot(Path folder, long seed) {
        return JlamaChatModel.builder()
                .folder(folder)
                .temperature(5)
                .seed(seed)
                .maxOutputTokens(20)
                .build();
    }

    @Test
    void refusesWhatItCannotDo() {
        ToolSpecification tool = ToolSpecification.builder().name("clock").build();

        assertThatThrownBy(() -> ask(bundled, QUESTION, p -> p.toolSpecifications(tool)))
                .isInstanceOf(UnsupportedFeatureException.class)
                .hasMessageContaining("tools");
        assertThatThrownBy(() -> ask(bundled, QUESTION, p -> p.responseFormat(ResponseFormat.JSON)))
                .isInstanceOf(UnsupportedFeatureException.class)
                .hasMessageContaining("JSON");
        assertThatThrownBy(() -> ask(bundled, QUESTION, p -> p.topK(3)))
                .isInstanceOf(UnsupportedFeatureException.class);
        assertThatThrownBy(() -> ask(bundled, QUESTION, p -> p.presencePenalty(1.0)))
                .isInstanceOf(UnsupportedFeatureException.class);
        assertThatThrownBy(() -> ask(bundled, QUESTION, p -> p.modelName("other")))
                .isInstanceOf(UnsupportedFeatureException.class)
                .hasMessageContaining("mirror");
        assertThatThrownBy(() -> bundled.chat(UserMessage.from(ImageContent.from("http://localhost/a.png"))))
                .isInstanceOf(UnsupportedFeatureException.class);
        assertThat(text(bundled, QUESTION)).isEqualTo("x=2,3");
    }

    @Test
    void refusesSettingsOutOfRange() {
        assertThatThrownBy(() -> ask(bundled, QUESTION, p -> p.temperature(-0.1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("-0.1");
        assertThatThrownBy(() -> ask(bundled, QUESTION, p -> p.topP(0.0)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("topP");
        assertThatThrownBy(() -> ask(bundled, QUESTION, p -> p.maxOutputTokens(0)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("maxOutputTokens");
        assertThatThrownBy(() -> bundled.logProbabilities(new int[] {1, 512})).hasMessageContaining("512");
    }

    @Test
    void rendersTheFoldersChatTemplate() {
        ChatResponse response = random.chat(ChatRequest.builder()
                .messages(SystemMessage.from("be brief"), UserMessage.from("hello"), AiMessage.from("hi"))
                .maxOutputTokens(1)
                .build());

        assertThat(response.tokenUsage().inputTokenCount())
                .isEqualTo(1 + "system:be brief\nuser:hello\nassistant:hi\n".length());
    }

    @Test
    void aMessageIsNeverRunAsATemplate() {
        String message = "{{ 1+1 }}{% for i in [1] %}{# note #}\\frac{{a}}";
        ChatResponse response = ask(random, message, p -> p.maxOutputTokens(1));

        assertThat(response.tokenUsage().inputTokenCount()).isEqualTo(1 + ("user:" + message + "\n").length());
    }

    @Test
    void tagsInThePromptAreSingleTokensAndAreKeptWhenDecoded() {
        int[] tokens = bundled.encode("1<thinking>2</thinking><output>");

        assertThat(tokens).containsExactly(256, '1', 259, '2', 260, 263);
        assertThat(bundled.encode("<bos>1")).containsExactly(256, '1');
        assertThat(bundled.decode(new int[] {259, '2', 260})).isEqualTo("<thinking>2</thinking>");
    }

    @Test
    void keepsGeneratedTagsThatDoNotEndTheAnswer() throws IOException {
        Path folder = new TagModel().write(temp.resolve("tags"));
        try (JlamaChatModel model =
                JlamaChatModel.builder().folder(folder).maxOutputTokens(4).build()) {
            assertThat(text(model, "go")).isEqualTo("<think>".repeat(4));
        }
    }

    @Test
    void aPromptThatDoesNotFitSaysWhatDoes() {
        String prompt = "1".repeat(bundled.contextLength());

        assertThatThrownBy(() -> ask(bundled, prompt))
                .isInstanceOf(PromptTooLongException.class)
                .hasMessageContaining("505 tokens")
                .hasMessageContaining("at most 503")
                .hasMessageContaining("Shorten");
        assertThat(ask(bundled, prompt.substring(2)).tokenUsage().inputTokenCount())
                .isEqualTo(503);
    }

    @Test
    void aClosedModelSaysSo() throws IOException {
        JlamaChatModel model = JlamaChatModel.builder()
                .folder(RandomModel.small(1).write(temp.resolve("closed")))
                .build();
        model.close();
        model.close();

        assertThatThrownBy(() -> text(model, "hello"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("closed");
    }

    @Test
    void greedyAnswersAreThoseOfTheReference() throws IOException {
        int[] prompt = random.encode("user:a quick brown fox\n");
        int[] expected = new ReferenceForward(temp.resolve("random")).greedy(prompt, 40);
        int end = IntStream.range(0, 40)
                .filter(i -> expected[i] == RandomModel.EOS)
                .findFirst()
                .orElse(40);

        assertThat(ask(random, "a quick brown fox", p -> p.maxOutputTokens(40))
                        .aiMessage()
                        .text())
                .isEqualTo(random.decode(Arrays.copyOf(expected, end)));
    }
}
