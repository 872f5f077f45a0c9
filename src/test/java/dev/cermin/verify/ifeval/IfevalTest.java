package dev.cermin.verify.ifeval;

import static dev.cermin.verify.ifeval.Relation.AT_LEAST;
import static dev.cermin.verify.ifeval.Relation.LESS_THAN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cermin.verify.Answer;
import dev.cermin.verify.Verifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** Each of the 25 checks: what passes, what passes only loosely, and what fails both ways. */
class IfevalTest {
    private static final String ENGLISH = "the weather is lovely today and we are going to the market to buy bread";
    private static final String GERMAN = "heute ist das wetter schön und wir gehen auf den markt um brot zu kaufen";

    enum Way {
        STRICTLY,
        LOOSELY,
        NOT
    }

    record Row(Verifier verifier, Way passes, String response) {
        @Override
        public String toString() {
            return verifier.name() + " " + passes + ": " + response.replace("\n", "\\n");
        }
    }

    static final List<Row> ROWS = new ArrayList<>();

    private static void check(Verifier verifier, List<String> strictly, List<String> loosely, List<String> not) {
        strictly.forEach(response -> ROWS.add(new Row(verifier, Way.STRICTLY, response)));
        loosely.forEach(response -> ROWS.add(new Row(verifier, Way.LOOSELY, response)));
        not.forEach(response -> ROWS.add(new Row(verifier, Way.NOT, response)));
    }

    static {
        check(
                Ifeval.keywordsExistence(List.of("story", "co.t")),
                List.of("A STORY of a coat", "Storybook; cost"),
                List.of("A **sto**ry of a coat"),
                List.of("A story", "a coat", "a story of a cot"));
        check(Ifeval.keywordsExistence(List.of("été")), List.of("L'ÉTÉ"), List.of("*é*té"), List.of("ete"));
        check(
                Ifeval.keywordsFrequency("war", AT_LEAST, 2),
                List.of("War and warfare", "war war war"),
                List.of("w*ar war"),
                List.of("war and peace", "no"));
        check(
                Ifeval.keywordsFrequency(" war ", LESS_THAN, 2),
                List.of("war and peace", "peace"),
                List.of("No war here:\nwar and peace"),
                List.of("war\nwar and warfare\nwar"));
        check(
                Ifeval.forbiddenWords(List.of("bad", "ugly")),
                List.of("The good", "badly uglier"),
                List.of("Nothing bad:\nthe good", "the good\nnot the UGLY", "not bad\nthe good\nnot ugly"),
                List.of("a BAD day", "bad-tempered", "The good,\nthe bad,\nand more"));
        check(
                Ifeval.letterFrequency("E", AT_LEAST, 3),
                List.of("Eee", "elephant tree"),
                List.of(),
                List.of("tree", "éée"));
        check(
                Ifeval.letterFrequency("e", LESS_THAN, 1),
                List.of("a list of words", "É"),
                List.of("Here:\na list of words"),
                List.of("tree", "E"));
        check(
                Ifeval.responseLanguage("de"),
                List.of(GERMAN, "12345", "!?!", GERMAN.toUpperCase(Locale.ROOT)),
                List.of("Here is my answer, which is in German as you asked me for, and which says what follows:\n"
                        + "Brot wird gekauft.\nI hope that this answer is what you wanted to have from me today."),
                List.of(ENGLISH, ENGLISH + "\n" + ENGLISH));
        check(
                Ifeval.numberSentences(AT_LEAST, 3),
                List.of("One. Two! Three?", "one. two. three.", "He said \"Go.\" She went. End"),
                List.of("**One.** **Two.** Three."),
                List.of("One. Two.", "Mr. Smith met Dr. J. Jones. That was all.", "a\nb\nc", "It is 3.5 km. Far."));
        check(
                Ifeval.numberSentences(LESS_THAN, 3),
                List.of("One. Two.", "e.g. this and i.e. that. Then the U.S. and more."),
                List.of("Sure! Here you are.\nOne. Two."),
                List.of("One. Two. Three.", "One. Two. Three.\nFour. Five. Six.\nSeven. Eight. Nine."));
        check(
                Ifeval.numberParagraphs(2),
                List.of("One\n***\nTwo", "***One***Two***", "One ***\n\nTwo\n\n*** "),
                List.of("One\n***\nTwo\n***\nP.S. Bye"),
                List.of("One", "One***Two***Three", "One\n***\n***\nTwo", "One\n\nTwo"));
        check(
                Ifeval.numberWords(AT_LEAST, 4),
                List.of("it's two_words: été 42", "a b c d e"),
                List.of(),
                List.of("one two-three", "... !!! ??? ..."));
        check(
                Ifeval.numberWords(LESS_THAN, 4),
                List.of("one two three"),
                List.of("Here is my answer:\none two three", "o*n*e two three"),
                List.of("one two three four"));
        check(
                Ifeval.nthParagraphFirstWord(2, 2, "Weekend"),
                List.of("One\n\nWeekend plans", "One\n\n  ''\"WEEKEND's end", "One\n\nweekend, that"),
                List.of("One\n\n*Weekend* plans", "Sure:\n\nOne\n\nweekend"),
                List.of(
                        "One\n\nThe weekend",
                        "Weekend\n\nOne",
                        "One\nWeekend",
                        "One\n\nweekend\n\nTwo\n\nThree\n\nFour"));
        // the reference finds the paragraph among the empty ones too
        check(
                Ifeval.nthParagraphFirstWord(2, 2, "b"),
                List.of("a\n\nb", "a\n\nb\n\n\n\n"),
                List.of(),
                List.of("a\n\n\n\nb"));
        check(
                Ifeval.numberPlaceholders(2),
                List.of("[name], [address]", "[] []", "[a [b] and c] d]".repeat(2)),
                List.of(),
                List.of("[name]", "[name\n] [address]", "[[name]]"));
        check(Ifeval.numberPlaceholders(0), List.of("none"), List.of(), List.of());
        check(
                Ifeval.postscript("P.S."),
                List.of("Bye\nP.S. More", "Bye p. s. more", "p.p.s. more"),
                List.of("*P*.*S*. More"),
                List.of("PS more", "P.P.S more", "P.S more"));
        check(
                Ifeval.postscript("P.P.S"),
                List.of("Bye\nP.P.S. More", "p. p. s more"),
                List.of("P.*P*.S"),
                List.of("P.S. more", "PPS"));
        check(Ifeval.postscript("(PS)"), List.of("Bye (ps) more"), List.of("(**PS**)"), List.of("PS more"));
        check(
                Ifeval.numberBulletLists(2),
                List.of("* one\n* two", "- one\n\n  - two\ntext", "* one\n-two", "-\n- "),
                List.of("* Points:\n* one\n* two", "- one\n- two\n- P.S."),
                List.of("* one", "* one\n* two\n* three\n* four\n* five", "** one\n** two", "• one\n• two"));
        check(
                Ifeval.constrainedResponse(),
                List.of("My answer is yes.", "Well. My answer is no. Sorry", "My answer is maybe."),
                List.of("My answer is **maybe**."),
                List.of("My answer is yes", "my answer is no.", "Yes."));
        check(
                Ifeval.numberHighlightedSections(2),
                List.of("*one* and *two*", "**one** *two*", "**one** **two**"),
                List.of(),
                List.of("*one*", "** **", "*one\n* *", "****", "one two"));
        check(
                Ifeval.multipleSections("SECTION", 2),
                List.of("SECTION 1\nA\nSECTION 2\nB", "SECTION1 SECTION\n22", "SECTION 1 SECTION 2 SECTION 3"),
                List.of("SECTION *1* A SECTION *2*"),
                List.of("SECTION 1", "Section 1 Section 2", "SECTION I SECTION II"));
        check(
                Ifeval.jsonFormat(),
                List.of("{\"a\": [1, 2]}", " ```json\n{}\n``` ", "```JSON\n[]```", "```\n\"text\"\n```", "null"),
                List.of("Here it is:\n{\"a\": 1}", "*{}*", "{}\nBye!"),
                List.of("{\"a\": 1,}", "{a: 1}", "{} {}", "``` ```", "{\"a\": NaN}", "Here: {}"));
        check(
                Ifeval.title(),
                List.of("<<Poem of joy>>\ntext", "text << a >> text", "<<<a>>>"),
                List.of("<*<Poem>*>"),
                List.of("<Poem>", "<< >>", "<<Poem\nof joy>>", "<<>>"));
        check(
                Ifeval.twoResponses(),
                List.of("One\n******\nTwo", "******One******Two******"),
                List.of("******\n******\nOne******Two", "One\n******\nTwo\n******\nP.S. Bye"),
                List.of(
                        "One",
                        "One******One",
                        "One\n******\n One ",
                        "One***Two",
                        "One******Two******Three",
                        "A************B"));
        check(
                Ifeval.repeatPrompt(" Write a Poem. "),
                List.of("Write a poem. Roses are red", "\nWRITE A POEM."),
                List.of("Sure!\nWrite a poem. Roses", "**Write a poem.** Roses"),
                List.of("Write a  poem.", "Roses. Write a poem.", "Write a poem"));
        check(
                Ifeval.endChecker("Peace!"),
                List.of("War and peace!", "\"War and PEACE!\"\n", "Peace!"),
                List.of("War and **peace!**", "Peace!\nBye"),
                List.of("Peace", "Peace! Bye", "Peace!'"));
        check(
                Ifeval.quotation(),
                List.of("\"All of it\"", " \"\" ", "\"one\" and \"two\""),
                List.of("Sure:\n\"All of it\"", "**\"All of it\"**"),
                List.of("\"", "\"open", "closed\"", "“curly”", "'single'"));
        check(
                Ifeval.capitalWordFrequency(AT_LEAST, 2),
                List.of(
                        "NASA and ESA",
                        "I saw A",
                        "CO-OP AND/OR",
                        "DON'T",
                        "IT'S",
                        "(USA)UK",
                        "COVID-19, ÉTÉ",
                        "NASA's ID"),
                List.of(),
                List.of("NASA", "Nasa Esa", "42 7", "CO-OP", "AND/OR", "iPhone TVs", "don't IT"));
        check(
                Ifeval.capitalWordFrequency(LESS_THAN, 2),
                List.of("NASA flies", "none"),
                List.of("HERE YOU ARE:\nNASA flies"),
                List.of("NASA and ESA"));
        check(
                Ifeval.englishCapital(),
                List.of(ENGLISH.toUpperCase(Locale.ROOT) + "! 42"),
                List.of("Sure:\n" + ENGLISH.toUpperCase(Locale.ROOT)),
                List.of(ENGLISH, "42!", GERMAN.toUpperCase(Locale.ROOT), "ǅ " + ENGLISH.toUpperCase(Locale.ROOT)));
        check(
                Ifeval.englishLowercase(),
                List.of(ENGLISH + "! 42"),
                List.of("Sure:\n" + ENGLISH),
                List.of(ENGLISH + " I", "42!", GERMAN, "ǅ " + ENGLISH));
        check(
                Ifeval.noComma(),
                List.of("One two", "one; two، three"),
                List.of("Sure, here:\none two", "one\ntwo, three"),
                List.of("one, two", ","));
    }

    @ParameterizedTest
    @FieldSource("ROWS")
    void aCheckPassesAsIfevalHasIt(Row row) {
        Answer answer = new Answer("", row.response());

        assertThat(row.verifier().verify(answer))
                .as("strictly")
                .satisfies(
                        check -> assertThat(check.passed()).as(check.message()).isEqualTo(row.passes() == Way.STRICTLY))
                .satisfies(check ->
                        assertThat(check.verifier()).isEqualTo(row.verifier().name()));
        assertThat(Ifeval.loose(row.verifier()).verify(answer))
                .as("loosely")
                .satisfies(
                        check -> assertThat(check.passed()).as(check.message()).isEqualTo(row.passes() != Way.NOT))
                .satisfies(check ->
                        assertThat(check.verifier()).isEqualTo(row.verifier().name()));
    }

    @Test
    void everyCheckIsSeenToPassAndToFail() {
        Set<String> all = new IfevalVerifiers().verifiers().keySet();

        assertThat(all).hasSize(25);
        assertThat(names(Way.STRICTLY)).isEqualTo(all);
        assertThat(names(Way.NOT)).isEqualTo(all);
        // what is taken away can only take placeholders and highlights with it
        assertThat(names(Way.LOOSELY))
                .containsAll(all.stream()
                        .filter(name -> !name.matches("detectable-.*-number-(placeholders|highlighted-sections)"))
                        .toList());
    }

    private static Set<String> names(Way way) {
        return ROWS.stream()
                .filter(row -> row.passes() == way)
                .map(row -> row.verifier().name())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @ParameterizedTest
    @FieldSource("ROWS")
    void anEmptyResponseFails(Row row) {
        for (String empty : List.of("", " \n\t ", "\u00a0\u2003")) {
            assertThat(row.verifier().verify(new Answer("", empty)).message()).isEqualTo("The response is empty");
            assertThat(row.verifier().verify(new Answer("", empty)).passed()).isFalse();
            assertThat(Ifeval.loose(row.verifier())
                            .verify(new Answer("", empty))
                            .passed())
                    .isFalse();
        }
    }
}
