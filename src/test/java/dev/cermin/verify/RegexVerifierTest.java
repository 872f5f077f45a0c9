package dev.cermin.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RegexVerifierTest {
    @Test
    void theWholeAnswerMustMatch() {
        var verifier = RegexVerifier.matching("\\d{4}-\\d{2}-\\d{2}");

        assertThat(check(verifier, "2024-01-31").passed()).isTrue();
        assertThat(check(verifier, "2024-1-31"))
                .isEqualTo(fail("The answer does not match the pattern \\d{4}-\\d{2}-\\d{2}:"
                        + " it was read up to line 1, column 7, '-31'"));
        assertThat(check(verifier, "2024-01-3").message())
                .endsWith("it was read to its end, where more or something else should stand");
        assertThat(check(verifier, "").message()).endsWith("it is empty");
    }

    @Test
    void somethingInTheAnswerMustMatch() {
        var verifier = RegexVerifier.containing("(?m)^Total: \\d+$");

        assertThat(check(verifier, "Bread 2\nTotal: 12\n").passed()).isTrue();
        assertThat(check(verifier, "Total: twelve"))
                .isEqualTo(fail("The answer contains nothing that matches the pattern (?m)^Total: \\d+$"));
    }

    @Test
    void everyPlaceOfWhatMustNotBeThereIsNamed() {
        var verifier = RegexVerifier.notContaining("(?i)sorry");

        assertThat(check(verifier, "Fine.").passed()).isTrue();
        assertThat(check(verifier, "So sorry.\nAgain: SORRY"))
                .isEqualTo(fail("The answer contains what the pattern (?i)sorry forbids:"
                        + " 'sorry' at line 1, column 4, 'SORRY' at line 2, column 8"));
        assertThat(check(verifier, "sorry ".repeat(12)).message()).endsWith(", 2 more");
    }

    @Test
    void aMessageOfItsOwnStandsBeforeThePlaces() {
        assertThat(check(RegexVerifier.notContaining("TODO").saying("Finish it"), "a TODO"))
                .isEqualTo(fail("Finish it: 'TODO' at line 1, column 3"));
    }

    @ParameterizedTest
    @CsvSource({"(.*)(.*)(.*)(.*)(.*)(.*)[xy]z, takes more than 10000000 steps", "(?:x|y)*z, nests too deeply"})
    void aPatternThatBacktracksWithoutEndIsStopped(String pattern, String why) {
        String answer = pattern.startsWith("(.") ? "x".repeat(300) : "x".repeat(1_000_000);

        Assertions.assertTimeoutPreemptively(Duration.ofSeconds(10), () -> {
            for (var verifier : new RegexVerifier[] {
                RegexVerifier.matching(pattern), RegexVerifier.containing(pattern), RegexVerifier.notContaining(pattern)
            }) {
                assertThat(check(verifier, answer).passed()).isFalse();
                assertThat(check(verifier, answer).message())
                        .startsWith("The answer can't be checked: the pattern " + pattern)
                        .contains(why);
            }
        });
    }

    @Test
    void aLongAnswerIsReadWhereThePatternIsSimple() {
        assertThat(check(RegexVerifier.matching("[a-z ]+"), "a word ".repeat(500_000))
                        .passed())
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"(", "[a", "a{2,1}", "*"})
    void whatIsNoPatternIsRefused(String pattern) {
        assertThatThrownBy(() -> RegexVerifier.matching(pattern))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'" + pattern + "' is not a pattern: ");
    }

    private static Check check(Verifier verifier, String answer) {
        return verifier.verify(new Answer("", answer));
    }

    private static Check fail(String message) {
        return Check.fail("regex", message);
    }
}
