package dev.cermin.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class VerifiersTest {
    @Test
    void anUnknownNameIsToldWithThoseThatAreKnown() {
        assertThatThrownBy(() -> Verifiers.standard().named("equations"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("There is no verifier 'equations'; known are [arithmetic, ")
                .hasMessageContaining(", equation")
                .hasMessageEndingWith("]; did you mean 'equation'?");
    }

    @Test
    void anUnknownSettingIsToldWithTheNearest() {
        VerifierProvider sized = () -> Map.of("sized", settings -> {
            settings.optionalText("unit");
            settings.noOthers();
            return Verifier.of("sized", answer -> Check.pass("sized", ""));
        });

        assertThatThrownBy(
                        () -> Verifiers.standard().with(sized).of(new VerifierSpec("sized", Map.of("unti", "words"))))
                .isInstanceOfSatisfying(
                        SettingException.class, e -> assertThat(e.key()).isEqualTo("unti"))
                .hasMessage("is not a setting here; known are [unit]; did you mean 'unit'?");
    }

    @Test
    void aMissingSettingIsToldWithWhatMayBeItMisspelt() {
        Settings settings = new Settings(Map.of("pattren", "x", "size", 1));

        assertThatThrownBy(() -> settings.text("pattern"))
                .hasMessage("is missing; a text is expected; is it meant by 'pattren'?");
        assertThatThrownBy(() -> settings.texts("words")).hasMessage("is missing; a list of texts is expected");
        assertThatThrownBy(() -> settings.whole("sise", 1))
                .hasMessage("is missing; a whole number from 1 is expected; is it meant by 'size'?");
        assertThatThrownBy(() -> settings.value("schema")).hasMessage("is missing");
    }

    @Test
    void oneOfTheApplicationsOwnStandsBesideThemOrReplacesOne() {
        Verifier own = Verifier.of("equation", answer -> Check.pass("equation", "ours"));
        Verifiers verifiers = Verifiers.standard().with(own);

        assertThat(verifiers.names()).isEqualTo(Verifiers.standard().names());
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
