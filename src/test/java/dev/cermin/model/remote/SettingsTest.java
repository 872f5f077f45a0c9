package dev.cermin.model.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cermin.model.ModelSettings;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is configured wrong is told when the model is asked for, by its key. */
class SettingsTest {
    static List<Wired> wired() {
        return Wired.ALL;
    }

    @ParameterizedTest
    @MethodSource("wired")
    void aParameterThatTheProviderDoesNotKnowIsRefused(Wired wired) {
        assertThatThrownBy(() -> Wired.model(
                        wired.settings(1, false, Map.of("strean", "true")).build()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("cermin.models.chat.parameters.strean")
                .hasMessageContaining("provider '" + wired.provider() + "', which knows [")
                .hasMessageContaining("did you mean 'stream'?");
    }

    @ParameterizedTest
    @MethodSource("wired")
    void aModelWithoutANameIsRefused(Wired wired) {
        assertThatThrownBy(() -> Wired.model(
                        wired.settings(1, false, Map.of()).model(null).build()))
                .hasMessageContaining("needs cermin.models.chat.model");
    }

    static Stream<Wired> keyed() {
        return Stream.of("anthropic", "gemini", "mistral", "azure-openai").map(Wired::of);
    }

    @ParameterizedTest
    @MethodSource("keyed")
    void aKeyThatIsMissingIsNamed(Wired wired) {
        for (boolean stream : new boolean[] {false, true}) {
            assertThatThrownBy(() -> Wired.model(
                            wired.settings(1, stream, Map.of()).apiKey(" ").build()))
                    .hasMessageContaining("needs cermin.models.chat.api-key");
        }
    }

    @Test
    void openAisOwnEndpointNeedsAKeyAndACompatibleOneDoesNot() {
        var settings = ModelSettings.builder("openai").model("gpt-4.1-mini");
        assertThatThrownBy(() -> Wired.model(settings.build())).hasMessageContaining("cermin.models.chat.api-key");

        assertThat(Wired.model(Wired.of("openai")
                        .settings(1, false, Map.of())
                        .apiKey(null)
                        .build()))
                .isNotNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"openai", "anthropic", "gemini", "mistral", "ollama"})
    void theProvidersOwnEndpointIsTheDefault(String provider) {
        assertThat(Wired.model(ModelSettings.builder(provider)
                        .model("a-model")
                        .apiKey(Wired.KEY)
                        .build()))
                .isNotNull();
    }

    @Test
    void anAzureResourceHasToBeNamed() {
        assertThatThrownBy(() -> Wired.model(ModelSettings.builder("azure-openai")
                        .model("mini")
                        .apiKey(Wired.KEY)
                        .build()))
                .hasMessageContaining("needs cermin.models.chat.base-url: such as https://");
    }

    @Test
    void halfAnAwsAccessKeyIsRefused() {
        assertThatThrownBy(() -> Wired.model(Wired.of("bedrock")
                        .settings(1, false, Map.of("access-key-id", "AKIDEXAMPLE"))
                        .apiKey(null)
                        .build()))
                .hasMessageContaining("needs cermin.models.chat.parameters.secret-access-key");
    }

    @Test
    void valuesOfTheWrongKindAreRefused() {
        assertThatThrownBy(() -> Wired.model(Wired.of("ollama")
                        .settings(1, false, Map.of("num-ctx", "8k"))
                        .build()))
                .hasMessageContaining("cermin.models.chat.parameters.num-ctx is '8k'; a whole number is expected");
        assertThatThrownBy(() -> Wired.model(Wired.of("ollama")
                        .settings(1, false, Map.of("stream", "yes"))
                        .build()))
                .hasMessageContaining("cermin.models.chat.parameters.stream is 'yes'; true or false is expected");
    }

    @ParameterizedTest
    @ValueSource(strings = {"num_ctx", "num-ctx", "num.ctx", "NUM_CTX"})
    void namesMayBeWrittenAsTheProviderDoes(String name) {
        assertThat(Wired.model(Wired.of("ollama")
                        .settings(1, false, Map.of(name, "8192"))
                        .build()))
                .isNotNull();
    }
}
