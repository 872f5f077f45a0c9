package dev.cermin.verify.ifeval;

import static dev.cermin.verify.ifeval.Relation.AT_LEAST;
import static dev.cermin.verify.ifeval.Relation.LESS_THAN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cermin.verify.Answer;
import dev.cermin.verify.Check;
import dev.cermin.verify.Verifier;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** What a model is told, to correct its response by. */
class MessagesTest {
    record Row(Verifier verifier, String response, String message) {}

    static final List<Row> ROWS = List.of(
            new Row(
                    Ifeval.keywordsExistence(List.of("story", "cat", "dog")),
                    "A dog.",
                    "Missing from the response: 'story', 'cat'"),
            new Row(
                    Ifeval.keywordsFrequency("war", AT_LEAST, 3),
                    "War.",
                    "'war': 1 occurrence found, at least 3 asked for"),
            new Row(
                    Ifeval.forbiddenWords(List.of("dog", "cat", "cow")),
                    "All day long the lazy dog\nslept under the apple tree. A CAT",
                    "Forbidden words found: 'dog' in '…l day long the lazy dog slept under the app…';"
                            + " 'cat' in '…r the apple tree. A CAT'"),
            new Row(Ifeval.letterFrequency("A", LESS_THAN, 2), "aA", "'a': 2 occurrences found, less than 2 asked for"),
            new Row(
                    Ifeval.responseLanguage("de"),
                    "the weather is lovely today and we are going to the market",
                    "The language looks like English (en), and is to be German (de)"),
            new Row(Ifeval.numberSentences(AT_LEAST, 3), "One. Two.", "2 sentences found, at least 3 asked for"),
            new Row(Ifeval.numberParagraphs(2), "One", "Apart by ***: 1 paragraph found, exactly 2 asked for"),
            new Row(Ifeval.numberParagraphs(2), "One\n***\n***\nTwo", "Nothing stands between two of the dividers ***"),
            new Row(Ifeval.numberWords(AT_LEAST, 300), "just three words", "3 words found, at least 300 asked for"),
            new Row(
                    Ifeval.nthParagraphFirstWord(2, 2, "weekend"),
                    "One\n\nThe weekend",
                    "Paragraph 2 starts with 'the', not with 'weekend'"),
            new Row(
                    Ifeval.nthParagraphFirstWord(2, 2, "weekend"),
                    "One",
                    "Apart by blank lines: 1 paragraph found, exactly 2 asked for"),
            new Row(
                    Ifeval.numberPlaceholders(3),
                    "[name]",
                    "In square brackets: 1 placeholder found, at least 3 asked for"),
            new Row(Ifeval.postscript("P.S."), "Bye", "No postscript found that starts with P.S."),
            new Row(
                    Ifeval.numberBulletLists(3),
                    "* one\n- two",
                    "Lines that start with * or -: 2 bullet points found, exactly 3 asked for"),
            new Row(
                    Ifeval.constrainedResponse(),
                    "Yes",
                    "None of these is in the response: My answer is yes. My answer is no. My answer is maybe."),
            new Row(
                    Ifeval.numberHighlightedSections(2),
                    "*one*",
                    "In *asterisks*: 1 highlighted section found, at least 2 asked for"),
            new Row(
                    Ifeval.multipleSections("SECTION", 3),
                    "SECTION 1",
                    "Marked 'SECTION 1' and so on: 1 section found, at least 3 asked for"),
            new Row(Ifeval.jsonFormat(), "``` ```", "Nothing stands between the fences"),
            new Row(Ifeval.title(), "Poem", "No title found on a line, in double angular brackets: <<title>>"),
            new Row(Ifeval.twoResponses(), "One", "Apart by ******: 1 response found, exactly 2 asked for"),
            new Row(Ifeval.twoResponses(), "One****** One", "The two responses are the same: 'One'"),
            new Row(
                    Ifeval.repeatPrompt("Write a poem about the sea and the moon"),
                    "Write a poem about the moon",
                    "The prompt is not repeated word for word at the start:"
                            + " '…te a poem about the sea and the moon' is expected, not '…te a poem about the moon'"),
            new Row(Ifeval.endChecker("Peace!"), "War.", "The response ends with 'War.', not with 'Peace!'"),
            new Row(Ifeval.quotation(), "All", "The response starts with no double quotation mark: 'All'"),
            new Row(Ifeval.quotation(), "\"All", "The response ends with no double quotation mark: '\"All'"),
            new Row(
                    Ifeval.capitalWordFrequency(LESS_THAN, 2),
                    "NASA, ESA",
                    "2 all-capital words found, less than 2 asked for"),
            new Row(Ifeval.englishCapital(), "ALL OF iT", "Not a capital letter: 'i' in 'ALL OF iT'"),
            new Row(Ifeval.englishLowercase(), "all of It", "Not in lower case: 'I' in 'all of It'"),
            new Row(Ifeval.englishLowercase(), "42", "No letter is there that has a case"),
            new Row(Ifeval.noComma(), "a, b, c", "2 commas found, none asked for; the first in 'a, b, c'"),
            new Row(Ifeval.noComma(), " ", "The response is empty"));

    @ParameterizedTest
    @FieldSource("ROWS")
    void aFailureSaysWhatIsWrong(Row row) {
        assertThat(row.verifier().verify(new Answer("", row.response())))
                .isEqualTo(Check.fail(row.verifier().name(), row.message()));
    }

    @Test
    void brokenJsonIsToldWithItsPlace() {
        assertThat(Ifeval.jsonFormat()
                        .verify(new Answer("", "{\n  \"a\": 1,\n}"))
                        .message())
                .startsWith("The response is not JSON: line 3, column 1: Unexpected character ('}'");
    }

    @Test
    void aLoosePassSaysWhatWasTakenAway() {
        assertThat(Ifeval.loose(Ifeval.noComma())
                        .verify(new Answer("", "Sure, here:\none"))
                        .message())
                .isEqualTo("No comma is there (loosely: without the first line)");
    }

    @Test
    void aLooseFailureIsAboutTheResponseAsItIs() {
        Answer answer = new Answer("", "a, b\nc, d\ne, f");

        assertThat(Ifeval.loose(Ifeval.noComma()).verify(answer))
                .isEqualTo(Ifeval.noComma().verify(answer));
    }

    @Test
    void aLongResponseIsNotToldInFullNorCutInACharacter() {
        String message = Ifeval.endChecker("Peace!")
                .verify(new Answer("", "x" + "😀".repeat(500)))
                .message();

        assertThat(message).hasSizeLessThan(120).contains("😀").doesNotMatch(".*[\\ud800-\\udfff].*");
    }
}
