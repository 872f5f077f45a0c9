package dev.cermin.tune.score;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.equalToJson;
import static com.github.tomakehurst.wiremock.client.WireMock.jsonResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.matchingJsonPath;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import dev.cermin.model.ConfiguredModels;
import dev.cermin.model.Failure;
import dev.cermin.model.ModelSettings;
import dev.cermin.model.ProviderException;
import dev.cermin.tune.Likelihood.Scored;
import dev.cermin.tune.Likelihood.Unscored;
import dev.cermin.tune.Student;
import java.net.URI;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** An endpoint that answers as vLLM's documentation and source say it does. */
class CompletionsStudentTest {
    private static final String KEY = "sentinel-key-4711";

    @RegisterExtension
    private final WireMockExtension vllm = WireMockExtension.newInstance()
            .options(wireMockConfig().dynamicPort())
            .build();

    @TempDir
    Path temp;

    private Student student() {
        ModelSettings settings = ModelSettings.builder("openai")
                .baseUrl(URI.create(vllm.baseUrl() + "/v1"))
                .model("org/base-7b")
                .apiKey(KEY)
                .build();
        try (ConfiguredModels models = new ConfiguredModels(Map.of("base", settings), temp)) {
            return Students.of(models, "base");
        }
    }

    private void tokens(String text, boolean special, int... ids) {
        vllm.stubFor(post("/tokenize")
                .withRequestBody(equalToJson("""
                        {"model": "org/base-7b", "prompt": "%s", "add_special_tokens": %s}""".formatted(text, special)))
                .willReturn(okJson("""
                        {"count": %d, "max_model_len": 9, "tokens": %s, "token_strs": null}""".formatted(ids.length, Arrays.toString(ids)))));
    }

    /** The less likely, the greater its id. */
    private void completion(int... ids) {
        String positions = Arrays.stream(ids)
                .skip(1)
                .mapToObj("{\"%1$d\": {\"logprob\": -%1$d.5, \"rank\": 3, \"decoded_token\": \"?\"}}"::formatted)
                .collect(Collectors.joining(", ", "[null, ", "]"));
        vllm.stubFor(post("/v1/completions")
                .withRequestBody(equalToJson("""
                        {"model": "org/base-7b", "prompt": %s, "max_tokens": 1, "temperature": 0, "prompt_logprobs": 0}""".formatted(Arrays.toString(ids))))
                .willReturn(okJson("""
                        {"id": "cmpl-1", "object": "text_completion", "created": 1, "model": "org/base-7b",
                         "choices": [{"index": 0, "text": "!", "logprobs": null, "finish_reason": "length",
                                      "stop_reason": null, "prompt_logprobs": %s}],
                         "usage": {"prompt_tokens": %d, "total_tokens": %d, "completion_tokens": 1}}""".formatted(positions, ids.length, ids.length + 1))));
    }

    private void isVllm(int... start) {
        tokens("a", true, Arrays.copyOf(start, start.length + 1));
        tokens("a", false, 0);
        completion(start.length == 0 ? new int[] {0, 0} : new int[] {start[0], start[0]});
    }

    @Test
    void tokensAreSentAsIdsAndTheTextsAreScored() {
        isVllm(1);
        tokens("Q:", false, 8, 5);
        tokens("ok", false, 4, 2);
        completion(1, 8, 5, 4, 2);
        completion(1, 4, 2);
        Student student = student();

        assertThat(student.likelihood("Q:", "ok")).isEqualTo(new Scored(3.5, 2));
        assertThat(student.likelihood("", "ok")).isEqualTo(new Scored(3.5, 2));
        vllm.verify(postRequestedFor(urlEqualTo("/v1/completions"))
                .withHeader("Authorization", equalTo("Bearer " + KEY))
                .withRequestBody(equalToJson(
                        "{\"model\": \"org/base-7b\", \"prompt\": [1, 8, 5, 4, 2], \"max_tokens\": 1, \"temperature\": 0,"
                                + " \"prompt_logprobs\": 0}")));
    }

    @Test
    void withoutAStartTokenTheFirstIsNotScored() {
        isVllm();
        tokens("ok", false, 4, 2);
        completion(4, 2);

        assertThat(student().likelihood("", "ok")).isEqualTo(new Scored(2.5, 1));
    }

    @Test
    void whatVllmWritesForNoLikelihoodIsNoScore() {
        isVllm(1);
        tokens("Q:", false, 8, 5);
        tokens("ok", false, 4, 2);
        vllm.stubFor(post("/v1/completions")
                .withRequestBody(matchingJsonPath("$.prompt", equalToJson("[1, 8, 5, 4, 2]")))
                .willReturn(okJson("""
                        {"choices": [{"index": 0, "text": "!", "prompt_logprobs": [
                            null, {"8": {"logprob": -1.5}}, {"5": {"logprob": -1.5}}, {"4": {"logprob": -0.5}},
                            {"2": {"logprob": -9999.0, "rank": 32000, "decoded_token": "k"}}]}]}""")));

        assertThat(student().likelihood("Q:", "ok"))
                .isEqualTo(new Unscored("a token of the text has no likelihood at all"));
    }

    @Test
    void oneTokenOfTheWindowIsForWhatIsGenerated() {
        isVllm(1);
        tokens("long", false, 1, 2, 3, 4, 5, 6, 7, 8);
        tokens("ok", false, 4, 2);

        assertThat(student().likelihood("long", "ok"))
                .isEqualTo(new Unscored("the prompt, of 8 tokens, fills the window of 8"));
    }

    @Test
    void theOwnFormatIsTheServersChatTemplate() {
        isVllm(1);
        vllm.stubFor(post("/tokenize")
                .withRequestBody(equalToJson("""
                        {"model": "org/base-7b", "messages": [{"role": "user", "content": "Sort it.\\nb a"}],
                         "add_special_tokens": false}"""))
                .willReturn(okJson("{\"count\": 3, \"max_model_len\": 9, \"tokens\": [1, 3, 6]}")));
        vllm.stubFor(post("/detokenize")
                .withRequestBody(equalToJson("{\"model\": \"org/base-7b\", \"tokens\": [1, 3, 6]}"))
                .willReturn(okJson("{\"prompt\": \"<s>[INST] Sort it. [/INST]\"}")));

        assertThat(ChatFormat.named("own", student()).prompt("Sort it.", "b a"))
                .isEqualTo("<s>[INST] Sort it. [/INST]");
    }

    @Test
    void anEndpointWithoutPromptLogProbabilitiesIsRefused() {
        isVllm(1);
        vllm.stubFor(post("/v1/completions")
                .willReturn(okJson("{\"choices\": [{\"index\": 0, \"text\": \"!\", \"finish_reason\": \"length\"}]}")));

        assertThatThrownBy(this::student)
                .isInstanceOf(CannotScoreException.class)
                .hasMessageContaining("it gave 0 prompt_logprobs for 2 tokens")
                .hasMessageContaining("Take one on Jlama, on llama-server")
                .hasMessageNotContaining(KEY);
    }

    @Test
    void anEndpointWithoutTokenizeIsRefused() {
        vllm.stubFor(post("/tokenize").willReturn(jsonResponse("{\"detail\": \"Not Found\"}", 404)));

        assertThatThrownBy(this::student)
                .isInstanceOf(CannotScoreException.class)
                .hasMessageContaining("HTTP 404")
                .hasMessageContaining("or no /tokenize")
                .hasMessageContaining(vllm.baseUrl());
    }

    @Test
    void aModelThatTheEndpointHasNotIsNamed() {
        vllm.stubFor(post("/tokenize")
                .willReturn(jsonResponse(
                        "{\"error\": {\"message\": \"The model does not exist.\", \"type\": \"NotFoundError\"}}",
                        404)));

        assertThatThrownBy(this::student)
                .isInstanceOf(CannotScoreException.class)
                .hasMessageContaining("has no model 'org/base-7b'")
                .hasMessageContaining("Check that its /v1/models lists that model")
                .hasMessageNotContaining("Take one on Jlama");
    }

    @Test
    void aWrongKeyIsAFailureOfTheKey() {
        vllm.stubFor(post("/tokenize").willReturn(jsonResponse("{\"error\": \"Unauthorized\"}", 401)));

        assertThatThrownBy(this::student).isInstanceOfSatisfying(ProviderException.class, e -> {
            assertThat(e.failure().kind()).isEqualTo(Failure.Kind.AUTHENTICATION);
            assertThat(e).hasMessageContaining("HTTP 401").hasMessageNotContaining(KEY);
        });
    }

    @Test
    void aLlamaServerIsSentToItsOwnProvider() {
        vllm.stubFor(post("/tokenize").willReturn(okJson("{\"tokens\": []}")));

        assertThatThrownBy(this::student)
                .isInstanceOf(CannotScoreException.class)
                .hasMessageContaining("set the provider to llama-server");
    }

    @Test
    void anOutageIsAFailureThatPasses() {
        vllm.stubFor(post("/tokenize").willReturn(aResponse().withStatus(503)));

        assertThatThrownBy(this::student)
                .isInstanceOfSatisfying(
                        ProviderException.class,
                        e -> assertThat(e.failure().kind()).isEqualTo(Failure.Kind.UNAVAILABLE));
    }
}
