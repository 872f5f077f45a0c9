package dev.cermin.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CitationVerifierTest {
    private static final String SOURCE = """
            To be, or not to be: that is the question:
            Whether ’tis nobler in the mind to suffer
            The slings and arrows of outrageous fortune — or to take
            arms against a sea of troubles. He said “good night, sweet prince” twice.
            """;
    private static final String[] WORDS = SOURCE.strip().split("\\s+");

    private final CitationVerifier verifier = CitationVerifier.from(SOURCE);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "He asks “that is the question”.",
                "He asks \"Whether 'tis nobler in the mind\", and waits.",
                "Er fragt: „that is the question“",
                "Il demande : « that is the question »",
                "> The slings and arrows\n> of outrageous fortune - or to take arms\n> — Hamlet",
                "> “that is the question”",
                "“To be … the question”",
                "“To be [...] The slings and arrows” or ends “sea of troubles.”",
                "“Good” and “that is the question”",
                "“good night, sweet prince,” he said",
                "“He said “good night, sweet prince” twice.”",
            })
    void whatStandsInTheSourcePasses(String answer) {
        Check check = check(verifier, answer);

        assertThat(check.passed()).as(check.message()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '@', textBlock = """
            “to be or not to bee”         | “to be or not to bee” does not stand in the source; the closest wording there is “To be, or not to be:”
            “The Question: Whether tis”   | “The Question: Whether tis” does not stand in the source; the closest wording there is “the question: Whether 'tis”
            “a passage wholly invented”   | “a passage wholly invented” does not stand in the source
            “lings and arrows of out”     | “lings and arrows of out” does not stand in the source; the closest wording there is “slings and arrows of outrageous”
            “the question … To be, or”    | “To be, or” stands in the source, but not after what is quoted before it
            "that is the question         | a quotation is not closed: "that is the question; the answer quotes no passage of 3 words or more; one is asked for, in quotation marks
            that is the question          | the answer quotes no passage of 3 words or more; one is asked for, in quotation marks
            “To be”                       | the answer quotes no passage of 3 words or more; one is asked for, in quotation marks
            “one two three”, “four five six” | “one two three” does not stand in the source; “four five six” does not stand in the source
            """)
    void whatDoesNotStandThereIsNamedWithTheClosestWording(String answer, String message) {
        assertThat(check(verifier, answer)).isEqualTo(Check.fail("citation", message));
    }

    @Test
    void theSourceIsInTheTasksMetadata() {
        var fromMetadata = CitationVerifier.fromMetadata("document");
        String answer = "“that is the question”";

        assertThat(fromMetadata
                        .verify(new Answer("", answer, Map.of("document", SOURCE)))
                        .passed())
                .isTrue();
        assertThat(fromMetadata
                        .verify(new Answer("", answer, Map.of("source", SOURCE)))
                        .message())
                .isEqualTo("The task has no source to quote from: its metadata has nothing under 'document'");
    }

    @Test
    void shortQuotationsCountFromAsManyWordsAsIsSaid() {
        assertThat(check(verifier.minWords(1), "“Hello”").message()).startsWith("“Hello” does not stand");
        assertThat(check(verifier.minWords(1), "“To be”").passed()).isTrue();
        assertThat(check(verifier.optional(), "nothing is quoted").passed()).isTrue();
        assertThat(check(verifier.optional(), "“one two three”").passed()).isFalse();
        assertThatThrownBy(() -> verifier.minWords(0)).isInstanceOf(IllegalArgumentException.class);
    }

    @Property(tries = 200)
    void everyRunOfItsWordsStandsInTheSourceAndNoneWithAnotherWord(
            @ForAll @IntRange(max = 35) int from,
            @ForAll @IntRange(min = 3, max = 12) int count,
            @ForAll @IntRange(max = 11) int changed) {
        Assume.that(from + count <= WORDS.length && changed < count);
        List<String> words = new ArrayList<>(List.of(WORDS).subList(from, from + count));
        Assume.that(words.stream().noneMatch(word -> word.matches(".*[“”].*")));

        assertThat(check(verifier.minWords(1), "“" + String.join("\n", words) + "”")
                        .passed())
                .isTrue();
        words.set(changed, "zebra");
        Check check = check(verifier.minWords(1), "“" + String.join(" ", words) + "”");
        assertThat(check.passed()).isFalse();
        assertThat(check.message()).contains("zebra").contains("the closest wording");
    }

    @Property(tries = 300)
    void noTextIsTooOddToCheck(@ForAll String source, @ForAll String answer) {
        assertThat(check(CitationVerifier.from(source).minWords(1), answer + "“" + answer + "”")
                        .message())
                .isNotBlank();
    }

    @Test
    void longTextsDoNotTakeForEver() {
        String source = "word ".repeat(100_000);

        Assertions.assertTimeoutPreemptively(Duration.ofSeconds(10), () -> {
            assertThat(check(CitationVerifier.from(source), "“word other more”\n".repeat(2000))
                            .message())
                    .endsWith("; the answer has 2000 quotations, and up to 200 are checked");
            check(CitationVerifier.from(source), "“" + "word other ".repeat(5000) + "”");
            check(verifier, "\n".repeat(100_000) + "“ " + " ".repeat(100_000) + "a b c”");
            check(verifier, "“".repeat(20_000));
        });
    }

    private static Check check(Verifier verifier, String answer) {
        return verifier.verify(new Answer("", answer));
    }
}
