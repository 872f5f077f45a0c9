package dev.cermin.critique;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.cermin.critique.Critique.Opinion;
import java.time.Duration;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CritiqueFormatTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            <output>accept</output>                            | ACCEPT | 1
            <output>accept 0.95</output>                       | ACCEPT | 0.95
            <OUTPUT>ACCEPT 1.0</OUTPUT>                        | ACCEPT | 1
            <output> Accept: 0.9. </output>                    | ACCEPT | 0.9
            <output>accept                                     | ACCEPT | 1
            <output>revise</output>                            | REVISE | 0
            <output>revise, 0.2</output>                       | REVISE | 0.2
            <output>accept</output> no: <output>revise</output> | REVISE | 0
            <output>revise</output> not `<output>accept</output>` | REVISE | 0
            ```<output>accept</output>```                      | ACCEPT | 1
            <output>revise</output> ```<output>accept</output>``` | REVISE | 0
            <thinking><output>accept</output></thinking><output>revise</output> | REVISE | 0
            My verdict in <output> tags: <output>revise 0.3</output> | REVISE | 0.3
            <reflection>cut off <output>accept 1</output>      | ACCEPT | 1
            """)
    void aTaggedVerdictIsRead(String text, Opinion opinion, double score) {
        Critique critique = CritiqueFormat.TAGGED.read("critic", text);

        assertThat(critique.opinion()).isEqualTo(opinion);
        assertThat(critique.score()).isEqualTo(score);
        assertThat(critique.text()).isEqualTo(text);
        assertThat(critique.critic()).isEqualTo("critic");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "accept",
                "<output></output>",
                "<output>acceptable</output>",
                "<output>I accept</output>",
                "<output>accept or revise</output>",
                "<output>accept 10</output>",
                "<output>accept -1</output>",
                "<output>do not accept</output>",
                "<thinking>accept</thinking>",
                "<thinking>cut off in the middle",
                "&lt;output>accept&lt;/output>",
                "The draft says `<output>accept</output>`",
                "```\n<output>accept</output>\n```\nsays the draft",
                "The draft:\n```\n<output>accept</output>",
                "<reflection>it says <output>accept</output></reflection>",
                "<reflection>it says <output>accept</output> and is cut off",
                "<thinking>to <output>accept",
                "<output>revise: it says <output>accept</output>",
            })
    void whatIsNoTaggedVerdictHasNoSay(String text) {
        Critique critique = CritiqueFormat.TAGGED.read("critic", text);

        assertThat(critique.readable()).isFalse();
        assertThat(critique.score()).isZero();
        assertThat(critique.issues()).containsExactly("Expected <output>accept</output> or <output>revise</output>");
        assertThat(critique.text()).isEqualTo(text);
    }

    @Test
    void issuesAreTheLinesOfTheReflection() {
        Critique critique = CritiqueFormat.TAGGED.read("critic", """
                Let me look.
                <reflection>
                - the sign is wrong

                2. a root is missing
                * 3x is not 9
                1/2 is no root
                </reflection>
                <output>revise 0.1</output>""");

        assertThat(critique.issues())
                .containsExactly("the sign is wrong", "a root is missing", "3x is not 9", "1/2 is no root");
    }

    @Test
    void aNumberAtTheBeginningIsNoMarkOfAList() {
        assertThat(CritiqueFormat.TAGGED
                        .read("critic", "<reflection>-6 is not 21</reflection><output>revise</output>")
                        .issues())
                .containsExactly("-6 is not 21");
        assertThat(CritiqueFormat.TAGGED
                        .read("critic", "<reflection>3.5 is no root\n1. 2.5 is one</reflection><output>revise</output>")
                        .issues())
                .containsExactly("3.5 is no root", "2.5 is one");
    }

    @Test
    void anAcceptingCriticNamesNoIssues() {
        assertThat(CritiqueFormat.TAGGED
                        .read("critic", "<reflection>I looked at all</reflection><output>accept</output>")
                        .issues())
                .isEmpty();
    }

    @Test
    void aRevisionWithoutReflectionHasNoIssues() {
        assertThat(CritiqueFormat.TAGGED
                        .read("critic", "<output>revise</output>")
                        .issues())
                .isEmpty();
        assertThat(CritiqueFormat.TAGGED
                        .read("critic", "<reflection>cut off here <output>revise</output>")
                        .issues())
                .containsExactly("cut off here");
    }

    @Test
    void aComputationEndsInOkOrBad() {
        CritiqueFormat format = CritiqueFormat.COMPUTATION;

        assertThat(format.read("critic", "2*4=8 ok"))
                .isEqualTo(new Critique("critic", Opinion.ACCEPT, 1, List.of(), "2*4=8 ok"));
        assertThat(format.read("critic", "2*4=8 bad; 2*5=10"))
                .isEqualTo(new Critique("critic", Opinion.REVISE, 0, List.of("2*4=8"), "2*4=8 bad; 2*5=10"));
        assertThat(format.read("critic", "1*2=2:2 ok;1*3=3:4 bad;2*2=4").issues())
                .containsExactly("1*3=3:4");
        assertThat(format.read("critic", "bad").issues()).isEmpty();
        assertThat(format.read("critic", "8 bad; then ok").opinion()).isEqualTo(Opinion.REVISE);
        assertThat(format.read("critic", "").readable()).isFalse();
        assertThat(format.read("critic", "ok so far").readable()).isFalse();
        assertThat(format.read("critic", "token").readable()).isFalse();
    }

    @Test
    void aScoreIsBetweenNothingAndOne() {
        assertThatThrownBy(() -> new Critique("critic", Opinion.ACCEPT, 1.5, List.of(), ""))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("A score is in [0, 1], not 1.5");
        assertThatThrownBy(() -> new Critique("critic", Opinion.ACCEPT, Double.NaN, List.of(), ""))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aVerdictFullOfSpacesTakesNoTime() {
        String spaces = "<output>accept" + " ".repeat(100_000) + "x</output>";

        assertThat(assertTimeoutPreemptively(Duration.ofSeconds(5), () -> CritiqueFormat.TAGGED.read("critic", spaces))
                        .readable())
                .isFalse();
    }

    @Property(tries = 300)
    void anyTextIsRead(@ForAll String text, @ForAll CritiqueFormat format) {
        assertThat(format.read("critic", text).text()).isEqualTo(text);
        assertThat(format.read("critic", "<output>" + text + "</output>")).isNotNull();
        assertThat(format.read("critic", "{\"verdict\":\"" + text + "\"}")).isNotNull();
    }
}
