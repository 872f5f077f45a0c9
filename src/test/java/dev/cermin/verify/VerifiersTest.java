package dev.cermin.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class VerifiersTest {
    @Test
    void anUnknownNameIsToldWithThoseThatAreKnown() {
        assertThatThrownBy(() -> Verifiers.standard().named("equations"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageMatching("There is no verifier 'equations'; known are \\[.*\\bequation\\b.*]");
    }

    @Test
    void oneOfTheApplicationsOwnStandsBesideThemOrReplacesOne() {
        Verifier own = Verifier.of("equation", answer -> Check.pass("equation", "ours"));
        Verifiers verifiers = Verifiers.standard().with(own);

        assertThat(verifiers.names()).isEqualTo(Verifiers.standard().names()).contains("arithmetic", "equation");
        assertThat(verifiers.named("equation").verify(new Answer("", "")).message())
                .isEqualTo("ours");
        assertThat(Verifiers.standard()
                        .named("equation")
                        .verify(new Answer("", ""))
                        .message())
                .isNotEqualTo("ours");
    }

    @Test
    void theNamesCanNotBeChangedFromOutside() {
        Verifiers verifiers = Verifiers.standard();

        assertThatThrownBy(() -> verifiers.names().remove("equation"))
                .isInstanceOf(UnsupportedOperationException.class);
    }
}
