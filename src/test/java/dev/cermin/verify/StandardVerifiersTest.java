package dev.cermin.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.FieldSource;

/** The settings as agent files have them. */
class StandardVerifiersTest {
    /** Name, settings, an answer that passes, an answer that fails. */
    static final List<Arguments> GOOD = List.of(
            Arguments.of("equivalent", Map.of("expected", "(x+1)^2"), "x^2+2x+1", "x^2"),
            Arguments.of("equivalent", Map.of("expected", 12), "24/2", "13"),
            Arguments.of("json-schema", Map.of("schema", "{\"type\": \"array\"}"), "[]", "{}"),
            Arguments.of("json-schema", Map.of("schema", Map.of("type", List.of("array", "null"))), "null", "{}"),
            Arguments.of("regex", Map.of("pattern", "[A-D]"), "B", "B."),
            Arguments.of("regex", Map.of("pattern", "[A-D]", "must", "contain"), "It is B.", "It is none."),
            Arguments.of("regex", Map.of("pattern", "!", "must", "not-contain", "message", "No!"), "Hi", "Hi!"),
            Arguments.of("length", Map.of("unit", "words", "max", 2), "one two", "one two three"),
            Arguments.of("length", Map.of("unit", "sentences", "min", "2"), "Yes. No.", "Yes."),
            Arguments.of("sql", Map.of(), "drop table t", "dropp table t"),
            Arguments.of("sql", Map.of("statements", List.of("select", "insert")), "select 1", "drop table t"),
            Arguments.of("sql", Map.of("statements", "select", "single", false), "select 1; select 2", "drop table t"),
            Arguments.of("citation", Map.of("source", "one two three four"), "“two three four”", "“two three five”"),
            Arguments.of("citation", Map.of("source-key", "text"), "“one two three”", "“two three five”"),
            Arguments.of("citation", Map.of("source-key", "text", "min-words", 1, "required", false), "none", "“six”"));

    @ParameterizedTest
    @FieldSource("GOOD")
    void aVerifierIsMadeFromItsSettings(String name, Map<String, Object> settings, String right, String wrong) {
        Verifier verifier = Verifiers.standard().of(new VerifierSpec(name, settings));

        assertThat(verifier.name()).isEqualTo(name);
        assertThat(verifier.verify(answer(right)))
                .extracting(Check::verifier, Check::passed)
                .containsExactly(name, true);
        assertThat(verifier.verify(answer(wrong)))
                .extracting(Check::verifier, Check::passed)
                .containsExactly(name, false);
    }

    /** Name, settings, the key that is wrong, how the message begins. */
    static final List<Arguments> BAD = List.of(
            Arguments.of("arithmetic", Map.of("digits", 3), "digits", "is not a setting here; there are none"),
            Arguments.of("equivalent", Map.of(), "expected", "is missing; a text is expected"),
            Arguments.of("equivalent", Map.of("expected", "x+"), "expected", "'x+' can't be compared with: "),
            Arguments.of("json-schema", Map.of(), "schema", "is missing"),
            Arguments.of("json-schema", Map.of("schema", "{"), "schema", "line 1, column "),
            Arguments.of("json-schema", Map.of("schema", Map.of("type", "strong")), "schema", "/type: "),
            Arguments.of("regex", Map.of("pattern", "("), "pattern", "'(' is not a pattern: "),
            Arguments.of(
                    "regex",
                    Map.of("pattern", "a", "must", "be"),
                    "must",
                    "one of [match, contain, not-contain] is expected, not 'be'"),
            Arguments.of("length", Map.of("max", 3), "unit", "is missing; a text is expected"),
            Arguments.of(
                    "length",
                    Map.of("unit", "pages", "max", 3),
                    "unit",
                    "one of [characters, words, lines, sentences, paragraphs] is expected, not 'pages'"),
            Arguments.of("length", Map.of("unit", "words"), "min", "is missing, and so is max"),
            Arguments.of("length", Map.of("unit", "words", "max", -1), "max", "a whole number from 0 is expected"),
            Arguments.of(
                    "length", Map.of("unit", "words", "min", 3, "max", 2), "max", "A length from 0 to a larger one"),
            Arguments.of("sql", Map.of("statements", List.of("selct")), "statements", "'selct' is no kind"),
            Arguments.of("sql", Map.of("single", "yes"), "single", "true or false is expected"),
            Arguments.of("citation", Map.of("source", "a", "source-key", "b"), "source-key", "stands beside source"),
            Arguments.of(
                    "citation",
                    Map.of("minwords", 3),
                    "minwords",
                    "is not a setting here; known are [min-words, required, source, source-key]"));

    @ParameterizedTest
    @FieldSource("BAD")
    void aSettingThatCanNotBeUsedIsNamed(String name, Map<String, Object> settings, String key, String message) {
        assertThatThrownBy(() -> Verifiers.standard().of(new VerifierSpec(name, settings)))
                .isInstanceOfSatisfying(SettingException.class, e -> {
                    assertThat(e.key()).isEqualTo(key);
                    assertThat(e).hasMessageStartingWith(message);
                });
    }

    private static Answer answer(String output) {
        return new Answer("", output, Map.of("text", "one two three four"));
    }
}
