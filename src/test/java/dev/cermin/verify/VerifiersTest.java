package dev.cermin.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class VerifiersTest {
    @Test
    void anUnknownNameIsToldWithThoseThatAreKnown() {
        assertThatThrownBy(() -> Verifiers.standard().named("equations"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("There is no verifier 'equations'; known are "
                        + Verifiers.standard().names());
        assertThat(Verifiers.standard().names())
                .contains("arithmetic", "citation", "equation", "equivalent", "json-schema", "length", "regex", "sql");
    }

    @Test
    void oneOfTheApplicationsOwnStandsBesideThemOrReplacesOne() {
        Verifier own = Verifier.of("equation", answer -> Check.pass("equation", "ours"));
        Verifiers verifiers = Verifiers.standard().with(own);

        assertThat(verifiers.names()).isEqualTo(Verifiers.standard().names());
        assertThat(verifiers
                        .with(Verifier.of("own", answer -> Check.pass("own", "")))
                        .names())
                .containsAll(verifiers.names())
                .contains("own");
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
