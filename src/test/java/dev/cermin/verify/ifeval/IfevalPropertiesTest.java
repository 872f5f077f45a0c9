package dev.cermin.verify.ifeval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.cermin.verify.Answer;
import dev.cermin.verify.Check;
import dev.cermin.verify.Verifier;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

class IfevalPropertiesTest {
    /** One of each; those of language last. */
    private static final List<Verifier> ALL = List.of(
            Ifeval.keywordsExistence(List.of("one", "two")),
            Ifeval.keywordsFrequency("one", Relation.AT_LEAST, 2),
            Ifeval.forbiddenWords(List.of("one")),
            Ifeval.letterFrequency("o", Relation.LESS_THAN, 2),
            Ifeval.numberSentences(Relation.AT_LEAST, 2),
            Ifeval.numberParagraphs(2),
            Ifeval.numberWords(Relation.LESS_THAN, 4),
            Ifeval.nthParagraphFirstWord(2, 2, "one"),
            Ifeval.numberPlaceholders(1),
            Ifeval.postscript("P.S."),
            Ifeval.numberBulletLists(1),
            Ifeval.constrainedResponse(),
            Ifeval.numberHighlightedSections(1),
            Ifeval.multipleSections("Section", 1),
            Ifeval.jsonFormat(),
            Ifeval.title(),
            Ifeval.twoResponses(),
            Ifeval.repeatPrompt("one"),
            Ifeval.endChecker("two"),
            Ifeval.quotation(),
            Ifeval.capitalWordFrequency(Relation.AT_LEAST, 1),
            Ifeval.noComma(),
            Ifeval.englishCapital(),
            Ifeval.englishLowercase(),
            Ifeval.responseLanguage("en"));

    private static final List<Verifier> ALL_BUT_LANGUAGE = ALL.subList(0, 22);

    @Provide
    Arbitrary<String> responses() {
        return Arbitraries.of(
                        "one",
                        "TWO",
                        "o",
                        " ",
                        "\n",
                        "\n\n",
                        "***",
                        "******",
                        "*",
                        "- ",
                        "[x]",
                        "[",
                        "]",
                        "<<",
                        ">>",
                        "P.S.",
                        "Section 1",
                        "{}",
                        "```",
                        "\"",
                        ",",
                        ".",
                        "! ",
                        "My answer is no.",
                        "\u00a0",
                        "é",
                        "\ud800")
                .list()
                .ofMaxSize(12)
                .map(parts -> String.join("", parts));
    }

    @Property(tries = 500)
    void whatPassesStrictlyPassesLoosely(@ForAll @From("responses") String response) {
        Answer answer = new Answer("", response);

        for (Verifier verifier : ALL_BUT_LANGUAGE) {
            Check strict = verifier.verify(answer);
            Check loose = Ifeval.loose(verifier).verify(answer);
            assertThat(loose.passed() || !strict.passed()).as(verifier.name()).isTrue();
            assertThat(strict.message()).isNotBlank();
            assertThat(verifier.verify(answer)).isEqualTo(strict);
        }
    }

    @Property(tries = 200)
    void noTextIsTooOddToCheck(@ForAll String response) {
        for (Verifier verifier : ALL) {
            assertThat(verifier.verify(new Answer("", response)).message()).isNotBlank();
        }
    }

    @Property(tries = 200)
    void atLeastAndLessThanPartEveryResponse(
            @ForAll @From("responses") String response, @ForAll @IntRange(max = 8) int limit) {
        Answer answer = new Answer("", response);
        boolean blank = Texts.isBlank(response);

        assertThat(Ifeval.numberWords(Relation.AT_LEAST, limit).verify(answer).passed())
                .isEqualTo(!blank
                        && !Ifeval.numberWords(Relation.LESS_THAN, limit)
                                .verify(answer)
                                .passed());
        assertThat(Ifeval.numberSentences(Relation.AT_LEAST, limit)
                        .verify(answer)
                        .passed())
                .isEqualTo(!blank
                        && !Ifeval.numberSentences(Relation.LESS_THAN, limit)
                                .verify(answer)
                                .passed());
    }

    @Property(tries = 100)
    void whatIsMadeToACountIsCountedSo(@ForAll @IntRange(min = 1, max = 40) int n) {
        passes(Ifeval.numberWords(Relation.LESS_THAN, n + 1), times(n, "word", " "));
        passes(Ifeval.numberWords(Relation.AT_LEAST, n), times(n, "word", " "));
        passes(Ifeval.numberSentences(Relation.LESS_THAN, n + 1), times(n, "A dog ran.", " "));
        passes(Ifeval.numberSentences(Relation.AT_LEAST, n), times(n, "a dog ran.", "\n"));
        passes(Ifeval.numberParagraphs(n), times(n, "text", "\n***\n"));
        passes(Ifeval.nthParagraphFirstWord(n, n, "text"), times(n, "Text.", "\n\n"));
        passes(Ifeval.numberBulletLists(n), times(n, "* text", "\n"));
        passes(Ifeval.numberPlaceholders(n), times(n, "[text]", ""));
        passes(Ifeval.numberHighlightedSections(n), times(n, "*text*", " "));
        passes(Ifeval.multipleSections("Part", n), times(n, "Part 7", "\n"));
        passes(Ifeval.capitalWordFrequency(Relation.AT_LEAST, n), times(n, "TEXT", " "));
        passes(Ifeval.keywordsFrequency("tex", Relation.LESS_THAN, n + 1), times(n, "Text", ""));
    }

    /** What a model writes that has lost its way. */
    @Example
    void noResponseTakesForEver() {
        for (String bit : List.of(
                "[", "<<", "\n", " ", "*", "\n*", "\n- ", "p.", "```", "{", "a", "A. ", "'", "Section ", "\"")) {
            String response = bit.repeat(20_000 / bit.length());
            assertTimeoutPreemptively(
                    Duration.ofSeconds(20),
                    () -> ALL_BUT_LANGUAGE.forEach(
                            verifier -> Ifeval.loose(verifier).verify(new Answer("", "x" + response + "x"))),
                    bit);
        }
    }

    private static String times(int n, String part, String apart) {
        return String.join(apart, Collections.nCopies(n, part));
    }

    private static void passes(Verifier verifier, String response) {
        Check check = verifier.verify(new Answer("", response));
        assertThat(check.passed()).as(check.message()).isTrue();
    }
}
