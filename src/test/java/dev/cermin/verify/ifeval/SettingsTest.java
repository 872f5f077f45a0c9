package dev.cermin.verify.ifeval;

import static dev.cermin.verify.ifeval.Relation.AT_LEAST;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cermin.verify.Answer;
import dev.cermin.verify.SettingException;
import dev.cermin.verify.Verifier;
import dev.cermin.verify.VerifierSpec;
import dev.cermin.verify.Verifiers;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The checks as agent files and IFEval's items name them. */
class SettingsTest {
    @Test
    void anAgentFileNamesACheckWithItsSettings() {
        Verifier words = Verifiers.standard()
                .of(new VerifierSpec(
                        "length-constraints-number-words", Map.of("num-words", 3, "relation", "at least")));

        assertThat(words.name()).isEqualTo("length-constraints-number-words");
        assertThat(words.verify(new Answer("", "one two three")).passed()).isTrue();
        assertThat(words.verify(new Answer("", "one two")).passed()).isFalse();
    }

    @Test
    void everyNameIsThatOfItsVerifierAndInKebabCase() {
        assertThat(Verifiers.standard().names())
                .containsAll(new IfevalVerifiers().verifiers().keySet());
        assertThat(new IfevalVerifiers().verifiers().keySet()).allMatch(name -> name.matches("[a-z]+(-[a-z]+)+"));
        assertThat(Verifiers.standard().named("punctuation-no-comma").name())
                .isEqualTo(Ifeval.noComma().name())
                .isEqualTo("punctuation-no-comma");
    }

    @Test
    void looseIsASetting() {
        Answer answer = new Answer("", "Sure, here:\none");

        assertThat(noComma(Map.of("loose", true)).verify(answer).passed()).isTrue();
        assertThat(noComma(Map.of("loose", false)).verify(answer).passed()).isFalse();
        assertThat(noComma(Map.of()).verify(answer).passed()).isFalse();
    }

    @Test
    void aSettingThatCanNotBeUsedIsToldWithItsKey() {
        assertSetting(
                () -> noComma(Map.of("lose", true)),
                "lose",
                "is not a setting here; known are [loose]; did you mean 'loose'?");
        assertSetting(
                () -> Verifiers.standard()
                        .of(new VerifierSpec(
                                "length-constraints-number-words", Map.of("num-words", 3, "relation", "at most"))),
                "relation",
                "'less than' or 'at least' is expected, not 'at most'");
        assertSetting(
                () -> Ifeval.keywordsExistence(List.of("*c")),
                "keywords",
                "'*c' is not a regular expression (a \\ before a special character makes it plain):"
                        + " Dangling meta character '*'");
        assertSetting(
                () -> Ifeval.keywordsExistence(List.of()), "keywords", "a list of texts is expected, not an empty one");
        assertSetting(
                () -> Ifeval.forbiddenWords(List.of(" ")),
                "forbidden-words",
                "a word or regular expression is expected, not a blank text");
        assertSetting(() -> Ifeval.numberWords(AT_LEAST, -1), "num-words", "a whole number from 0 is expected, not -1");
        assertSetting(() -> Ifeval.letterFrequency("ab", AT_LEAST, 1), "letter", "one character is expected, not 'ab'");
        assertSetting(
                () -> Ifeval.nthParagraphFirstWord(2, 3, "a"),
                "nth-paragraph",
                "a paragraph from 1 to 2 is expected, not 3");
        assertSetting(
                () -> Ifeval.nthParagraphFirstWord(2, 1, "two words"),
                "first-word",
                "one word without any of .,?!'\" is expected, not 'two words'");
        assertThatThrownBy(() -> Ifeval.responseLanguage("xx"))
                .isInstanceOf(SettingException.class)
                .hasMessageStartingWith("'xx' is no language that is told apart here; known are [af, ar, ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"at least", "At Least", "at-least", "AT_LEAST", " at least "})
    void aRelationIsReadAsItIsWritten(String text) {
        assertThat(Relation.of(text)).isEqualTo(AT_LEAST);
    }

    @Test
    void anItemsKwargsMakeItsCheck() {
        Map<String, Object> kwargs = new HashMap<>();
        kwargs.put("num_words", 3);
        kwargs.put("relation", "at least");
        kwargs.put("keywords", null);

        assertThat(Ifeval.of("length_constraints:number_words", kwargs)
                        .verify(new Answer("", "one two"))
                        .message())
                .isEqualTo("2 words found, at least 3 asked for");
    }

    @Test
    void anItemThatCanNotBeUsedIsToldWithItsIdAndKwarg() {
        assertThatThrownBy(() -> Ifeval.of("length_constraints:number_word", Map.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(
                        "IFEval has no check 'length_constraints:number_word'; known are [change_case:capital_word_frequency, ");
        assertThatThrownBy(() -> Ifeval.of("length_constraints:number_words", Map.of("relation", "at least")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "length_constraints:number_words: num_words: is missing; a whole number from 0 is expected");
        assertThatThrownBy(() -> Ifeval.of("punctuation:no_comma", Map.of("num_words", 3)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("punctuation:no_comma: num_words: is not a setting here; there are none");
    }

    @Test
    void aKwargThatIsNullIsNotThere() {
        Map<String, Object> kwargs = new HashMap<>();
        kwargs.put("num_words", null);

        assertThatCode(() -> Ifeval.of("punctuation:no_comma", kwargs)).doesNotThrowAnyException();
        assertThatThrownBy(() -> Ifeval.of("length_constraints:number_words", kwargs))
                .hasMessageContaining("relation: is missing");
    }

    private static Verifier noComma(Map<String, Object> settings) {
        return Verifiers.standard().of(new VerifierSpec("punctuation-no-comma", settings));
    }

    private static void assertSetting(ThrowingCallable making, String key, String message) {
        assertThatThrownBy(making)
                .isInstanceOf(SettingException.class)
                .hasMessage(message)
                .extracting(e -> ((SettingException) e).key())
                .isEqualTo(key);
    }
}
