package dev.cermin.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cermin.model.Model;
import dev.cermin.model.Price;
import dev.langchain4j.exception.AuthenticationException;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What endpoints repeat of a key. */
class SecretsTest {
    private static final String KEY = "sk-very-secret";

    @ParameterizedTest
    @ValueSource(ints = {280, 287, 290, 295, 299, 300, 2000})
    void aKeyAtTheEdgeOfWhatIsShownOfALongMessageIsHiddenWhole(int before) {
        RuntimeException telling = new AuthenticationException("x".repeat(before) + KEY + " is wrong");
        try (Dispatch models = Dispatch.builder()
                .model(
                        "small",
                        "openai",
                        Rules.builder().retries(0).build(),
                        Set.of(KEY),
                        Map.of("", () -> new Model("small", "openai", Fake.failing(telling), Price.FREE)))
                .build()) {
            Asked asked = new Asked();
            assertThatThrownBy(() -> asked.by(models, "small"))
                    .message()
                    .contains("***")
                    .doesNotContain("sk-");
            assertThat(asked.notes.toString() + models.health() + models.check("small", Duration.ofSeconds(5)))
                    .contains("xxxxx")
                    .doesNotContain("sk-");
        }
    }

    @Test
    void aKeyThatBeginsWithAnotherIsHiddenWhole() {
        assertThat(Secrets.of(Set.of("sk-very", KEY)).hidden(KEY + " and sk-very"))
                .isEqualTo("*** and ***");
    }

    @Test
    void aWaitWithoutEndIsToldAllTheSame() {
        assertThat(Words.time(Duration.ofSeconds(Long.MAX_VALUE))).endsWith(" s");
    }
}
