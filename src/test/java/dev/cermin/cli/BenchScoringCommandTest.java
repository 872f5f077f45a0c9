package dev.cermin.cli;

import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.jsonResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static com.github.tomakehurst.wiremock.stubbing.Scenario.STARTED;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class BenchScoringCommandTest {
    @RegisterExtension
    private final WireMockExtension llama = WireMockExtension.newInstance()
            .options(wireMockConfig().dynamicPort())
            .build();

    @Test
    void aServerThatFailsUnderManyCallsIsToldInALine() {
        llama.stubFor(get("/props")
                .willReturn(okJson("{\"total_slots\": 4, \"default_generation_settings\": {\"n_ctx\": 512}}")));
        llama.stubFor(post("/tokenize").willReturn(okJson("{\"tokens\": [1, 2]}")));
        llama.stubFor(post("/completion")
                .inScenario("out of memory")
                .whenScenarioStateIs(STARTED)
                .willReturn(okJson("""
                        {"tokens": [1, 2], "completion_probabilities": [{"id": 1, "logprob": -1}, {"id": 2, "logprob": -2}]}"""))
                .willSetStateTo("failing"));
        llama.stubFor(post("/completion")
                .inScenario("out of memory")
                .whenScenarioStateIs("failing")
                .willReturn(jsonResponse("{\"error\": {\"message\": \"no memory is left\"}}", 500)));

        Shell shell = Shell.run("bench", "scoring", "--rounds", "1", "--url", llama.baseUrl());

        assertThat(shell.code()).isEqualTo(1);
        assertThat(shell.err().strip())
                .isEqualTo("cermin: llama-server at %s answers 500 to /completion: no memory is left"
                        .formatted(llama.baseUrl()));
    }

    @Test
    void noRoundsAreAWrongCall() {
        Shell shell = Shell.run("bench", "scoring", "--rounds", "0");

        assertThat(shell.code()).isEqualTo(2);
        assertThat(shell.err()).startsWith("cermin: --rounds is 0; at least 1 is expected");
    }
}
