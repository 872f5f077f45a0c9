package dev.cermin.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Collections;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.NotEmpty;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LengthVerifierTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            characters | ""                                  | 0
            characters | 𝄞é\u0301a                           | 4
            words      | ""                                  | 0
            words      | A well-known word — and 2 more, yes | 7
            words      | "a\u00a0b\u2003c"                   | 3
            lines      | ""                                  | 0
            lines      | "a\n\nb\n"                          | 3
            lines      | "a\r\nb"                            | 2
            sentences  | ""                                  | 0
            sentences  | Yes. No! Why? Pi is 3.14 or so      | 4
            sentences  | Wait... what? "Never," he said.     | 2
            paragraphs | ""                                  | 0
            paragraphs | "a\nb\n\nc\n \n\n\nd\n"             | 3
            """)
    void eachUnitIsCounted(String unit, String text, long count) {
        assertThat(LengthVerifier.Unit.valueOf(unit.toUpperCase(java.util.Locale.ROOT))
                        .count(text))
                .isEqualTo(count);
    }

    @Test
    void aFailureSaysTheCountAndTheLimit() {
        var verifier = LengthVerifier.words(2, 3);

        assertThat(check(verifier, "one two")).isEqualTo(Check.pass("length", "The answer has 2 words"));
        assertThat(check(verifier, "one"))
                .isEqualTo(Check.fail("length", "The answer has 1 word, and at least 2 are asked for: 1 too few"));
        assertThat(check(verifier, "one two three four five"))
                .isEqualTo(Check.fail("length", "The answer has 5 words, and at most 3 are asked for: 2 too many"));
    }

    @Test
    void aLimitCanBeLeftOut() {
        assertThat(check(LengthVerifier.lines(1, LengthVerifier.UNLIMITED), "a\n".repeat(1000))
                        .passed())
                .isTrue();
        assertThat(check(LengthVerifier.characters(0, 5), "").passed()).isTrue();
    }

    @Test
    void limitsThatNothingCanMeetAreRefused() {
        assertThatThrownBy(() -> LengthVerifier.sentences(3, 2))
                .hasMessage("A length from 0 to a larger one is expected, not 3 to 2");
        assertThatThrownBy(() -> LengthVerifier.paragraphs(-1, 2)).isInstanceOf(IllegalArgumentException.class);
    }

    @Property(tries = 200)
    void soManyWordsAreSoManyInWhateverLines(
            @ForAll @Size(max = 50) List<@AlphaChars @NotEmpty String> words,
            @ForAll @IntRange(min = 1, max = 5) int each) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < words.size(); i++) {
            text.append(words.get(i)).append(i % each == 0 ? "\n" : "  ");
        }

        assertThat(LengthVerifier.Unit.WORDS.count(text.toString())).isEqualTo(words.size());
    }

    @Property(tries = 100)
    void paragraphsAddUp(@ForAll @IntRange(max = 30) int count) {
        String text = String.join("\n\n", Collections.nCopies(count, "Some words.\nAnd more."));

        assertThat(LengthVerifier.Unit.PARAGRAPHS.count(text)).isEqualTo(count);
        assertThat(LengthVerifier.Unit.SENTENCES.count(text)).isEqualTo(2L * count);
        assertThat(LengthVerifier.Unit.CHARACTERS.count(text)).isEqualTo(text.length());
    }

    @Property(tries = 200)
    void noTextIsTooOddToCount(@ForAll String text) {
        for (LengthVerifier.Unit unit : LengthVerifier.Unit.values()) {
            assertThat(unit.count(text)).isBetween(0L, (long) text.length() + 1);
        }
    }

    private static Check check(Verifier verifier, String answer) {
        return verifier.verify(new Answer("", answer));
    }
}
