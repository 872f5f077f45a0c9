package dev.cermin.model.llamacpp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.cermin.model.Limits;
import dev.cermin.model.LlamaServerProvider;
import dev.cermin.model.ModelSettings;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.exception.AuthenticationException;
import dev.langchain4j.exception.InvalidRequestException;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.chat.request.ResponseFormat;
import dev.langchain4j.model.chat.request.ResponseFormatType;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import dev.langchain4j.model.chat.request.json.JsonSchema;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.openai.OpenAiChatResponseMetadata;
import dev.langchain4j.model.openai.OpenAiTokenUsage;
import dev.langchain4j.model.output.FinishReason;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a real llama-server with the bundled model's predecessor answered, recorded; and what it is asked. */
class LlamaServerContractTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Queue<Exchange> asked = new ConcurrentLinkedQueue<>();
    private UnaryOperator<String> changed = UnaryOperator.identity();
    private String recording = "chat";
    private int status = 200;
    private HttpServer server;

    private record Exchange(String path, String key, JsonNode body) {}

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    @Test
    void whatEveryRequestAsksForIsWorkedOutOnce() {
        try (LlamaChatModel model = LlamaChatModel.builder()
                .url(URI.create("http://127.0.0.1:" + server.getAddress().getPort()))
                .build()) {
            assertThat(model.defaultRequestParameters()).isSameAs(model.defaultRequestParameters());
        }
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        asked.add(new Exchange(
                path,
                exchange.getRequestHeaders().getFirst("Authorization"),
                JSON.readTree(exchange.getRequestBody().readAllBytes())));
        String name = switch (path) {
            case "/props" -> "props";
            case "/tokenize" -> "tokenize";
            case "/completion" -> "forced";
            case "/lora-adapters" -> "lora-adapters";
            default -> recording;
        };
        byte[] bytes = changed.apply(new String(recorded(name), UTF_8)).getBytes(UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json; charset=utf-8");
        exchange.sendResponseHeaders(path.startsWith("/v1") ? status : 200, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private static byte[] recorded(String name) throws IOException {
        try (InputStream in = LlamaServerContractTest.class.getResourceAsStream(name + ".json")) {
            return in.readAllBytes();
        }
    }

    @Test
    void anAnswerHasItsTextUsageAndLogProbabilities() {
        ChatResponse response = ask(new LlamaRequest()
                .logProbabilities(2)
                .parameters(ChatRequestParameters.builder()
                        .temperature(0.0)
                        .maxOutputTokens(8)
                        .build()));

        assertThat(response.aiMessage().text()).isEqualTo("6^2=64,4");
        assertThat(response.finishReason()).isEqualTo(FinishReason.LENGTH);
        assertThat(response.tokenUsage().inputTokenCount()).isEqualTo(62);
        assertThat(response.tokenUsage().outputTokenCount()).isEqualTo(8);
        var metadata = (OpenAiChatResponseMetadata) response.metadata();
        assertThat(metadata.logProbs()).hasSize(8);
        assertThat(metadata.logProbs().getFirst().logprob()).isNegative();
        assertThat(asked.element().body().path("logprobs").asBoolean()).isTrue();
        assertThat(asked.element().body().path("top_logprobs").asInt()).isEqualTo(2);
        assertThat(asked.element().key()).isEqualTo("Bearer k");
        assertThat(LlamaChatModel.slotTime(response)).isEqualTo(Duration.ofNanos(68_372_000));
        assertThat(LlamaChatModel.cachedTokens(response)).isZero();
    }

    @Test
    void tokensFromTheCacheAreReported() {
        recording = "cached";
        ChatResponse response = ask(new LlamaRequest().cachePrompt(true).slot(2).parameters());

        assertThat(response.tokenUsage()).isInstanceOfSatisfying(OpenAiTokenUsage.class, usage -> {
            assertThat(usage.inputTokenCount()).isEqualTo(62);
            assertThat(usage.inputTokensDetails().cachedTokens()).isEqualTo(61);
        });
        assertThat(asked.element().body().path("cache_prompt").asBoolean()).isTrue();
        assertThat(asked.element().body().path("id_slot").asInt()).isEqualTo(2);
    }

    @Test
    void adaptersAndGrammarGoWithTheRequest() {
        recording = "grammar";
        String gbnf = "root ::= \"x=\" [0-9]";
        ChatResponse response =
                ask(new LlamaRequest().grammar(gbnf).lora("1=0.5, 0=0").parameters());

        assertThat(response.aiMessage().text()).isEqualTo("x=1");
        assertThat(asked.element().body().path("grammar").asText()).isEqualTo(gbnf);
        assertThat(asked.element().body().path("lora").toString())
                .isIn(
                        "[{\"id\":0,\"scale\":0.0},{\"id\":1,\"scale\":0.5}]",
                        "[{\"scale\":0.0,\"id\":0},{\"scale\":0.5,\"id\":1}]");
        assertThatThrownBy(() -> new LlamaRequest().lora("0:1"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'0:1'");
    }

    @Test
    void theModelsAdaptersGoWithEveryRequestAndMustBeThere() {
        recording = "grammar";
        LlamaChatModel model = builder().request(new LlamaRequest().lora(1, 1)).build();
        model.chat("1");
        model.chat(ChatRequest.builder()
                .messages(UserMessage.from("1"))
                .parameters(new LlamaRequest().grammar("root ::= [0-9]").parameters())
                .build());

        assertThat(asked.stream().filter(one -> one.path().startsWith("/v1")))
                .hasSize(2)
                .allSatisfy(one -> assertThat(
                                one.body().path("lora").path(0).path("id").asInt())
                        .isEqualTo(1));
        LlamaChatModel wrong = builder().request(new LlamaRequest().lora(2, 1)).build();
        assertThatThrownBy(() -> wrong.chat("1"))
                .isInstanceOf(LlamaServerException.class)
                .hasMessageContainingAll("adapters [2]", "has [0, 1]");
    }

    @Test
    void aJsonSchemaIsSentAsTheServerTakesIt() {
        recording = "schema";
        ResponseFormat format = ResponseFormat.builder()
                .type(ResponseFormatType.JSON)
                .jsonSchema(JsonSchema.builder()
                        .name("r")
                        .rootElement(JsonObjectSchema.builder()
                                .addIntegerProperty("x")
                                .required("x")
                                .build())
                        .build())
                .build();
        ChatResponse response =
                ask(ChatRequestParameters.builder().responseFormat(format).build());

        assertThat(response.aiMessage().text()).isEqualTo("{ \"x\":-10 }");
        JsonNode sent = asked.element().body().path("response_format");
        assertThat(sent.path("type").asText()).isEqualTo("json_schema");
        assertThat(sent.path("json_schema").path("schema").path("properties").has("x"))
                .isTrue();
    }

    @Test
    void theSlotsAreTheServers() {
        assertThat(builder().build().slots()).isEqualTo(4);
        assertThat(asked.element().path()).isEqualTo("/props");
    }

    @Test
    void aModelsConcurrencyIsTheServersSlotsUnlessItIsSet() {
        LlamaServerProvider provider = new LlamaServerProvider();
        ModelSettings.Builder running = ModelSettings.builder("llama-server").baseUrl(URI.create(url()));
        assertThat(provider.concurrency(running.build())).isEqualTo(4);
        assertThat(provider.concurrency(running.limits(new Limits(2, 0, 0)).build()))
                .isEqualTo(2);
        ModelSettings started = ModelSettings.builder("llama-server")
                .path(Path.of("llama-server"))
                .model("m.gguf")
                .parameters(Map.of("slots", "7"))
                .build();
        assertThat(provider.concurrency(started)).isEqualTo(7);
        server.stop(0);
        assertThat(provider.concurrency(running.limits(Limits.NONE).build())).isZero();
    }

    @Test
    void whatIsConfiguredWronglyIsNamed() {
        LlamaServerProvider provider = new LlamaServerProvider();
        assertThatThrownBy(() -> provider.make(
                        "big", ModelSettings.builder("llama-server").build(), Path.of("cache")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll(
                        "cermin.models.big.base-url", "cermin.models.big.path", "cermin.models.big.model");
        assertThatThrownBy(() -> provider.make(
                        "big",
                        ModelSettings.builder("llama-server")
                                .baseUrl(URI.create(url()))
                                .parameters(Map.of("gpu-layers", "all"))
                                .build(),
                        Path.of("cache")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("gpu-layers", "cermin.models.big.path");
        assertThatThrownBy(() -> provider.make(
                        "big",
                        ModelSettings.builder("llama-server")
                                .path(Path.of("p"))
                                .model("m.gguf")
                                .parameters(Map.of("start-timeout", "soon"))
                                .build(),
                        Path.of("cache")))
                .hasMessageContainingAll("start-timeout is 'soon'", "90s");
    }

    @Test
    void theUrlMayEndInV1OrNot() {
        URI url = URI.create(url() + "/v1/");
        assertThat(LlamaChatModel.builder().url(url).build().slots()).isEqualTo(4);
        builder().url(url).build().chat("1");

        assertThat(asked.stream().map(Exchange::path)).containsExactly("/props", "/v1/chat/completions");
    }

    @Test
    void aTextsLogProbabilitiesAreThoseOfItsOwnTokens() {
        LlamaLogProbabilities exact = builder().build().logProbabilities();
        int[] tokens = exact.encode("The");

        assertThat(tokens).containsExactly(256, 84, 104, 101);
        assertThat(exact.of(tokens)).hasSize(3);
        assertThat(exact.negativeLogLikelihood("The")).isCloseTo(26.7, within(0.2));
        JsonNode request = asked.stream()
                .filter(one -> one.path().equals("/completion"))
                .findFirst()
                .orElseThrow()
                .body();
        assertThat(request.path("prompt").toString()).isEqualTo("[256]");
        assertThat(request.path("grammar").asText()).isEqualTo("root ::= <[84]> <[104]> <[101]>");
        assertThat(request.path("n_predict").asInt()).isEqualTo(3);
        assertThat(request.path("ignore_eos").asBoolean()).isTrue();
        assertThat(request.path("cache_prompt").asBoolean(true)).isFalse();
    }

    @Test
    void aPromptBeforeTheTextIsReadFromTheCache() {
        LlamaLogProbabilities exact = builder().build().logProbabilities();

        assertThat(exact.of(new int[] {256, 81, 58, 84, 104, 101}, 3))
                .containsExactly(exact.of(new int[] {256, 84, 104, 101}));
        JsonNode request = asked.stream()
                .filter(one -> one.path().equals("/completion"))
                .findFirst()
                .orElseThrow()
                .body();
        assertThat(request.path("prompt").toString()).isEqualTo("[256,81,58]");
        assertThat(request.path("grammar").asText()).isEqualTo("root ::= <[84]> <[104]> <[101]>");
        assertThat(request.path("cache_prompt").asBoolean()).isTrue();
    }

    @Test
    void theLowestFloatStandsForAProbabilityOfZero() {
        changed = answer -> answer.replace("-25.399383544921875", "-3.4028234663852886e+38");
        LlamaLogProbabilities exact = builder().build().logProbabilities();

        assertThat(exact.of(exact.encode("The")))
                .containsExactly(-28.521316528320312, Double.NEGATIVE_INFINITY, -26.199058532714844);
    }

    @Test
    void otherTokensThanThoseGivenAreAnError() {
        LlamaLogProbabilities exact = builder().build().logProbabilities();

        assertThatThrownBy(() -> exact.of(new int[] {256, 84, 104, 102}))
                .isInstanceOf(LlamaServerException.class)
                .hasMessageContaining("[84,104,101]");
        assertThatThrownBy(() -> exact.of(new int[] {256, 84, 104, 101, 33}))
                .isInstanceOf(LlamaServerException.class)
                .hasMessageContaining("4 were given");
        assertThatThrownBy(() -> exact.of(new int[] {256})).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void errorsAreLangChainsOwn() {
        recording = "unauthorised";
        status = 401;
        assertThatThrownBy(() -> builder().build().chat("1"))
                .isInstanceOf(AuthenticationException.class)
                .hasMessageContaining("Invalid API Key");
        recording = "badgrammar";
        status = 400;
        assertThatThrownBy(() -> builder().build().chat("1"))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("failed to parse grammar");
        recording = "toolong";
        assertThatThrownBy(() -> builder().build().chat("1"))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("exceeds the available context size");
    }

    @Test
    void whatIsNoServerSaysSo() {
        server.stop(0);
        assertThatThrownBy(() -> builder().build().slots())
                .isInstanceOf(LlamaServerException.class)
                .hasMessageContaining(url());
    }

    private ChatResponse ask(ChatRequestParameters parameters) {
        return builder()
                .build()
                .chat(ChatRequest.builder()
                        .messages(UserMessage.from("x^2-5x+6=0<thinking>"))
                        .parameters(parameters)
                        .build());
    }

    private LlamaChatModel.Builder builder() {
        return LlamaChatModel.builder()
                .name("mirror")
                .url(URI.create(url()))
                .apiKey("k")
                .maxRetries(0);
    }

    private String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }
}
