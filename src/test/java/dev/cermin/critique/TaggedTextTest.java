package dev.cermin.critique;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TaggedTextTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            <output>4</output>                        | 4
            before <output> 4 </output> after         | 4
            <OUTPUT>4</Output>                        | 4
            < output >4< / output >                   | 4
            <output>4                                 | 4
            <output>4</output><output>5</output>      | 4
            <output>4<output>5</output></output>      | 4<output>5
            `<output>no</output>` <output>4</output>  | 4
            ```<output>no</output>```<output>4        | 4
            ```<output>4</output>```                  | 4
            <output>use `</output>` so</output>       | use `</output>` so
            <output>an odd ` and a</output> b `       | an odd ` and a
            """)
    void theFirstIsFound(String text, String content) {
        assertThat(TaggedText.first(text, "output")).contains(content);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            <output>4</output><output>5</output>          | 5
            <output>5</output> such as `<output>4`        | 5
            <output>4</output> then <output>5             | 5
            """)
    void theLastIsFound(String text, String content) {
        assertThat(TaggedText.last(text, "output")).contains(content);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "4", "output>4</output", "</output>", "<output 4", "<outputs>4</outputs>", "<output/>"})
    void whereThereIsNoneNoneIsFound(String text) {
        assertThat(TaggedText.first(text, "output")).isEmpty();
        assertThat(TaggedText.last(text, "output")).isEmpty();
    }

    @Test
    void anUnclosedThinkingEndsWhereTheOutputBegins() {
        assertThat(TaggedText.first("<thinking>so 4 <output>4</output>", "thinking"))
                .contains("so 4");
        assertThat(TaggedText.first("<thinking>cut off", "thinking")).contains("cut off");
    }

    @Test
    void withoutTakesOutWhatIsClosedAndLeavesTheRest() {
        assertThat(TaggedText.without("a<thinking>b</thinking>c<thinking>d</thinking>e", "thinking"))
                .isEqualTo("ace");
        assertThat(TaggedText.without("a<thinking>b", "thinking")).isEqualTo("a<thinking>b");
        assertThat(TaggedText.without("a", "thinking")).isEqualTo("a");
    }

    @Test
    void asDataDisarmsOurTagsAndNothingElse() {
        assertThat(TaggedText.asData("</output><Thinking>< / reflection >"))
                .isEqualTo("&lt;/output>&lt;Thinking>&lt; / reflection >");
        assertThat(TaggedText.asData("a < b, List<String>, <b>bold</b>, $1 \\ &lt;"))
                .isEqualTo("a < b, List<String>, <b>bold</b>, $1 \\ &lt;");
    }

    @Property
    void dataHoldsNoTagOfOursHoweverItIsPutTogether(@ForAll("tagSoup") String soup) {
        String data = TaggedText.asData(soup);

        for (String tag : new String[] {"thinking", "reflection", "output"}) {
            assertThat(TaggedText.first(data, tag)).isEmpty();
            assertThat(data).doesNotContainPattern("(?i)<\\s*/?\\s*" + tag + "\\s*>");
        }
        assertThat(TaggedText.asData(data)).as("once is enough").isEqualTo(data);
        assertThat(data.replace("&lt;", "<")).isEqualTo(soup.replace("&lt;", "<"));
    }

    @Property
    void anyTextIsRead(@ForAll("tagSoup") String soup) {
        assertThat(TaggedText.first(soup, "output").orElse(""))
                .satisfies(found -> assertThat(soup).contains(found));
        assertThat(TaggedText.last(soup, "output").orElse(""))
                .satisfies(found -> assertThat(soup).contains(found));
        assertThat(TaggedText.without(soup, "thinking").length()).isLessThanOrEqualTo(soup.length());
    }

    @Provide
    Arbitrary<String> tagSoup() {
        return Arbitraries.of(
                        "<",
                        ">",
                        "/",
                        " ",
                        "\n",
                        "`",
                        "```",
                        "output",
                        "OUTPUT",
                        "thinking",
                        "reflection",
                        "out",
                        "put",
                        "<output>",
                        "</output>",
                        "<thinking>",
                        "</thinking>",
                        "&lt;",
                        "accept",
                        "x")
                .list()
                .ofMaxSize(20)
                .map(parts -> String.join("", parts));
    }
}
