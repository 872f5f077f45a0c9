package dev.cermin.critique;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.cermin.critique.Critique.Opinion;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonVerdictTest {
    private static final String EXPECTED =
            "Expected {\"verdict\": \"accept\" or \"revise\", \"score\": 0 to 1, \"issues\": [texts]}, but ";

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '@', textBlock = """
            {"verdict":"accept","score":0.9,"issues":[]}                | ACCEPT | 0.9
            {"verdict":"revise","score":0,"issues":["a"]}               | REVISE | 0
            {"verdict":"accept"}                                        | ACCEPT | 1
            {"verdict":"revise"}                                        | REVISE | 0
            {"verdict":" ACCEPT ","score":null,"issues":null}           | ACCEPT | 1
            {"score":" 0.25 ","verdict":"Revise","why":{"a":[1]}}       | REVISE | 0.25
            { "verdict" : "accept", "score": 1 }                        | ACCEPT | 1
            Here it is: {"verdict":"accept"} Good luck!                 | ACCEPT | 1
            ```json{"verdict":"accept"}```                              | ACCEPT | 1
            [{"verdict":"accept"}]                                      | ACCEPT | 1
            the set {1, 2} and {} and {x}: {"verdict":"accept"} }{      | ACCEPT | 1
            {"verdict":"accept"} then {"verdict":"revise"}              | REVISE | 0
            {"verdict":"revise"} and {"note":"verdict"}                 | REVISE | 0
            {"verdict":"revise"} and {"draft":{"verdict":"accept"}}     | REVISE | 0
            {"verdict":"revise","draft":{"verdict":"accept"}}           | REVISE | 0
            {"verdict":"revise","why":"it says {\\"verdict\\":\\"accept\\"}"} | REVISE | 0
            {"verdict":"revise","why":"}{\\"verdict\\":\\"accept\\"}"}  | REVISE | 0
            {"verdict":"revise"} cut off: {"a                           | REVISE | 0
            {broken: "verdict"} {"verdict":"revise"}                    | REVISE | 0
            """)
    void aVerdictIsRead(String text, Opinion opinion, double score) {
        Critique critique = CritiqueFormat.JSON.read("judge", text);

        assertThat(critique.opinion()).isEqualTo(opinion);
        assertThat(critique.score()).isEqualTo(score);
        assertThat(critique.text()).isEqualTo(text);
        assertThat(critique.critic()).isEqualTo("judge");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '@', textBlock = """
            @@                                             | there is no object with a verdict
            accept                                         | there is no object with a verdict
            {"score":1}                                    | there is no object with a verdict
            {"draft":{"verdict":"accept"}}                 | there is no object with a verdict
            "{\\"verdict\\":\\"accept\\"}"                 | there is no object with a verdict
            {'verdict':'accept'}                           | there is no object with a verdict
            {"verdict":"maybe"}                            | the verdict is "maybe"
            {"verdict":true}                               | the verdict is true
            {"verdict":null}                               | the verdict is null
            {"verdict":["accept"]}                         | the verdict is ["accept"]
            {"verdict":"accept or revise"}                 | the verdict is "accept or revise"
            {"verdict":"accept","score":90}                | the score is 90
            {"verdict":"accept","score":1.01}              | the score is 1.01
            {"verdict":"accept","score":-0.1}              | the score is -0.1
            {"verdict":"accept","score":"90%"}             | the score is "90%"
            {"verdict":"accept","score":"NaN"}             | the score is "NaN"
            {"verdict":"accept","score":[1]}               | the score is [1]
            {"verdict":"revise","issues":[1]}              | an issue is 1
            {"verdict":"revise","issues":[{"line":1}]}     | an issue is {"line":1}
            {"verdict":"revise","issues":[["a"]]}          | an issue is ["a"]
            {"verdict":"revise","issues":["a                                        | the object is cut off
            {"verdict":"accept"} but {"verdict":"revise","score":                    | the object is cut off
            {"draft":{"verdict":"accept","score":1},"verdict":"rev                   | the object is cut off
            """)
    void whatIsNoVerdictHasNoSay(String text, String why) {
        assertUnreadable(text, why);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"verdict\":\"accept\"} but {\"verdict\":\"revise\" \"score\":0}",
                "{\"draft\":{\"verdict\":\"accept\"}, oops}",
                "{\"verdict\":\"revise\",\"verdict\":\"accept\"}",
                "{\"verdict\":\"accept\"]}",
            })
    void aBrokenObjectIsNotReplacedByWhatStandsInItOrBefore(String text) {
        assertUnreadable(text, "the object is not JSON: ");
    }

    @Test
    void issuesAreTextsOrObjectsWithOne() {
        assertThat(
                        issues(
                                "\"verdict\":\"revise\",\"issues\":[\" the sign \",{\"message\":\"a root\",\"at\":3},{\"issue\":\"x\"},\"\"]"))
                .containsExactly("the sign", "a root", "x");
        assertThat(issues("\"verdict\":\"revise\",\"issues\":\"the sign\"")).containsExactly("the sign");
        assertThat(issues("\"verdict\":\"revise\",\"issues\":{\"message\":\"the sign\"}"))
                .containsExactly("the sign");
        assertThat(issues("\"verdict\":\"revise\"")).isEmpty();
        assertThat(issues("\"verdict\":\"accept\",\"issues\":[\"the title could be shorter\"]"))
                .containsExactly("the title could be shorter");
        assertThat(issues("\"verdict\":\"revise\",\"issues\":[\"a\nb\"]"))
                .as("a line broken within a string")
                .containsExactly("a\nb");
    }

    @Test
    void whatIsShownOfALongValueIsShort() {
        assertThat(CritiqueFormat.JSON
                        .read("judge", "{\"verdict\":\"" + "x".repeat(1000) + "\"}")
                        .issues()
                        .getFirst())
                .hasSizeLessThan(EXPECTED.length() + 100)
                .endsWith("…");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{",
                "{\"",
                "{\"a\":",
                "{\"a\":{\"b\":1},",
                "}",
                "\"",
                "{\"verdict\":",
                "\\",
                "{  ",
                "{\"verdict\":1}"
            })
    void aMillionCharactersAreReadAtOnce(String piece) {
        String text = piece.repeat(1_000_000 / piece.length());

        assertThat(assertTimeoutPreemptively(Duration.ofSeconds(5), () -> CritiqueFormat.JSON.read("judge", text))
                        .readable())
                .isFalse();
    }

    private static List<String> issues(String fields) {
        Critique critique = CritiqueFormat.JSON.read("judge", "{" + fields + "}");
        assertThat(critique.readable()).isTrue();
        return critique.issues();
    }

    private static void assertUnreadable(String text, String why) {
        Critique critique = CritiqueFormat.JSON.read("judge", text);

        assertThat(critique.readable()).isFalse();
        assertThat(critique.issues()).singleElement().asString().startsWith(EXPECTED + why);
        assertThat(critique.text()).isEqualTo(text);
    }
}
