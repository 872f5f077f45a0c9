package dev.cermin.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cermin.testing.ScriptedChatModel;
import java.math.BigDecimal;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ModelsTest {
    @Test
    void anUnknownNameIsToldWithThoseThatAreConfigured() {
        Models models = Models.of(Map.of("small", Model.of("small", ScriptedChatModel.saying())));

        assertThat(models.named("small").provider()).isEqualTo("other");
        assertThatThrownBy(() -> models.named("large"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("There is no model 'large'; configured are [small]");
    }

    @Test
    void oneModelMayServeEveryName() {
        assertThat(Models.always(ScriptedChatModel.saying()).named("any").name())
                .isEqualTo("any");
    }

    @Test
    void aPriceIsForAMillionTokens() {
        Price price = new Price(new BigDecimal("2.50"), new BigDecimal("10"));

        assertThat(price.of(1_000_000, 0)).isEqualByComparingTo("2.5");
        assertThat(price.of(1000, 100)).isEqualByComparingTo("0.0035");
        assertThat(Price.FREE.of(Long.MAX_VALUE, Long.MAX_VALUE)).isZero();
        assertThatThrownBy(() -> new Price(new BigDecimal("-1"), BigDecimal.ONE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("0 or more");
    }
}
