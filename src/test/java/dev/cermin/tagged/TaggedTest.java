package dev.cermin.tagged;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.cermin.tagged.Problem.Sort;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TaggedTest {
    @Test
    void aResponseThatKeepsToTheFormatHasNoProblems() {
        Tagged read = Tagged.parse("""
                <thinking>
                2+2 is 5
                <reflection>it is not</reflection>
                so 4 <reflection>yes</reflection>
                </thinking>

                <output>
                4
                </output>
                """);

        assertThat(read.thinking())
                .isEqualTo("2+2 is 5\n<reflection>it is not</reflection>\nso 4 <reflection>yes</reflection>");
        assertThat(read.reflections()).containsExactly("it is not", "yes");
        assertThat(read.output()).isEqualTo("4");
        assertThat(read.outputs()).containsExactly("4");
        assertThat(read.problems()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            <output>4</output>                                        | 4 | none
            before <output> 4 </output> after                         | 4 | OUTSIDE
            <OUTPUT>4</Output>                                        | 4 | ODD_FORM
            < output >4< / output >                                   | 4 | ODD_FORM
            <output>4                                                 | 4 | UNCLOSED
            <output>4</output><output>5</output>                      | 4 | REPEATED
            <output>4<output>5</output></output>                      | 4<output>5 | NESTED STRAY
            <output>a <thinking> tag</output>                         | a <thinking> tag | NESTED
            <output>a </thinking> tag</output>                        | a </thinking> tag | STRAY
            <output></output>                                         | "" | none
            <output></output><output>4</output>                       | "" | REPEATED
            </output>4                                                | </output>4 | STRAY OUTSIDE NO_OUTPUT
            <output>4</output></output></thinking>                    | 4 | STRAY
            `<output>no</output>` <output>4</output>                  | 4 | QUOTED OUTSIDE
            ``<output>`no`</output>`` <output>4</output>              | 4 | QUOTED OUTSIDE
            ```<output>no</output>```<output>4                        | 4 | QUOTED OUTSIDE UNCLOSED
            ```<output>4</output>```                                  | 4 | WRAPPED
            `<output>4</output>`                                      | 4 | WRAPPED
            use `<output>` for it                                     | use `<output>` for it | QUOTED NO_TAG
            <output>use `</output>` so</output>                       | use `</output>` so | QUOTED
            <output>an odd ` and a</output>                           | an odd ` and a | none
            <output>a `` b ` c</output> d `` e                        | a `` b ` c</output> d `` e | QUOTED UNCLOSED
            <thinking>2+2</thinking>4                                 | <thinking>2+2</thinking>4 | OUTSIDE NO_OUTPUT
            <thinking>2+2 is                                          | <thinking>2+2 is | UNCLOSED NO_OUTPUT
            4                                                         | 4 | NO_TAG
            ""                                                        | "" | NO_TAG
            """)
    void theOutputIsFoundAndWhatIsAmissIsTold(String response, String output, String problems) {
        TagParser parser = new TagParser(part -> {});
        parser.accept(response);
        Tagged read = parser.end();

        assertThat(read.output()).isEqualTo(output);
        assertSorts(parser, problems);
        assertThat(read.problems())
                .isEqualTo(parser.problems().stream().map(Problem::sentence).toList());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "4",
                "a < b and b > c",
                "output>4</output",
                "<output 4",
                "<outputs>4</outputs>",
                "<output/>",
                "<out put>4</out put>",
                "<thin\u212aing>",
                "<\u043eutput>4",
                "&lt;output>4",
                "{output}4{/output}",
                "<output lang=\"en\">4",
                "<\u200boutput>4"
            })
    void whatIsNoTagIsText(String response) {
        Tagged read = Tagged.parse(response);

        assertThat(read.output()).isEqualTo(response.strip());
        assertThat(read.outputs()).isEmpty();
        assertThat(read.problems()).hasSize(1);
    }

    // --- an output that the thinking mentions

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            <thinking>put it in <output> tags</thinking><output>4</output>     | put it in <output> tags | 4
            <thinking>as <output>3</output>?</thinking><output>4</output>      | as <output>3</output>? | 4
            <thinking>it is <output>4</output></thinking>                      | it is <output>4</output> | 4
            <thinking>it is <output>4</thinking>                               | it is <output>4 | 4
            <thinking>2+2 <output>4</output>                                   | 2+2 | 4
            <thinking>2+2 <output>4                                            | 2+2 | 4
            <thinking>in <output> tags. So <output>4</output>                  | in <output> tags. So | 4
            <thinking>3? <output>3</output> no: <output>4</output>             | 3? <output>3</output> no: | 4
            <thinking>a <output>4</output> b                                   | a | 4
            <thinking><reflection>no <output>4</output></reflection></thinking> | <reflection>no <output>4</output></reflection> | 4
            <thinking><reflection>no <output>4                                 | <reflection>no | 4
            <thinking>a</thinking><thinking>b <output>4</output>               | "a

            b" | 4
            """)
    void anOutputInTheThinkingCountsOnlyWhereThereIsNoOther(String response, String thinking, String output) {
        Tagged read = Tagged.parse(response);

        assertThat(read.thinking()).isEqualTo(thinking);
        assertThat(read.output()).isEqualTo(output);
        assertThat(read.problems()).isNotEmpty();
    }

    @Test
    void anOutputInsideAnotherTagStandsForItselfOnlyAtTheResponsesEnd() {
        assertThat(Tagged.parse("<reflection>so <output>4</output>\n").outputs())
                .containsExactly("4");
        assertThat(Tagged.parse("<reflection>it says <output>4</output>, and").outputs())
                .isEmpty();
        assertThat(Tagged.parse("<reflection>it says <output>4</output></reflection>")
                        .outputs())
                .isEmpty();
        assertThat(Tagged.parse("<reflection>it says <output>4").outputs()).isEmpty();
    }

    // --- reflections

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            <reflection>a</reflection><output>4</output>                           | "" | a | none
            <thinking>x</thinking><reflection>a</reflection><output>4</output>     | x | a | none
            <thinking>x <reflection>a</thinking><output>4</output>                 | x <reflection>a | a | UNCLOSED
            <thinking>a <reflection> tag?</thinking><output>4</output>             | a <reflection> tag? | tag? | UNCLOSED
            <thinking><reflection>a<reflection>b</reflection></thinking><output>4</output> | <reflection>a<reflection>b</reflection> | a;b | NESTED
            in <reflection> tags. <reflection>a</reflection><output>4</output>     | "" | tags.;a | NESTED OUTSIDE
            <reflection>a</thinking></reflection><output>4</output>                | "" | a</thinking> | STRAY
            <thinking>a<thinking>b</thinking><output>4</output>                    | a<thinking>b | "" | NESTED
            <thinking>a</thinking><thinking>b</thinking><output>4</output>         | "a

            b" | "" | REPEATED
            """)
    void reflectionsAreFoundInsideTheThinkingAndOutside(
            String response, String thinking, String reflection, String problem) {
        TagParser parser = new TagParser(part -> {});
        parser.accept(response);
        Tagged read = parser.end();

        assertThat(read.thinking()).isEqualTo(thinking);
        assertThat(read.reflections()).isEqualTo(reflection.isEmpty() ? List.of() : List.of(reflection.split(";")));
        assertThat(read.output()).isEqualTo("4");
        assertSorts(parser, problem);
    }

    // --- code

    @ParameterizedTest
    @ValueSource(
            strings = {
                "```\n<output>no</output>\n```\n<output>4</output>",
                "```xml\n<output>no</output>\n```  \n<output>4</output>",
                "~~~ some `info`\n<output>no</output>\n```\n</thinking>\n~~~~\n<output>4</output>",
                "  ````\n```\n<output>no</output>\n```\n````\n<output>4</output>",
                "<thinking>```\n<output>no</output>\n```</thinking><output>4</output>",
                "<thinking>\n```\n</thinking>\n``` </thinking><output>4</output>",
                "a ``` b\n<output>4</output>\n```",
                "a ` b\n<output>4</output> `",
                "a ` b ``<output>no</output>`` ``` <output>4</output>",
                "~~~\r\n<output>no</output>\r\n~~~\r\n<output>4</output>",
            })
    void tagsInCodeAreText(String response) {
        assertThat(Tagged.parse(response).output()).isEqualTo("4");
    }

    @Test
    void codeInTheOutputStaysAsItIs() {
        String code = "```html\n<output>\n</output>\n```";

        Tagged read = Tagged.parse("<output>\n" + code + "\n</output>");

        assertThat(read.output()).isEqualTo(code);
        assertThat(read.problems())
                .containsExactly("<output> in code is read as text", "</output> in code is read as text");
        assertThat(Tagged.parse("<output>" + code + "</output>").output()).isEqualTo(code);
    }

    @Test
    void aFenceThatIsNeverClosedQuotesNothingThatIsNeeded() {
        assertThat(Tagged.parse("<output>\n```python\nx = 4\n</output>")).satisfies(read -> {
            assertThat(read.output()).isEqualTo("```python\nx = 4");
            assertThat(read.outputs()).containsExactly(read.output());
            assertThat(read.problems()).containsExactly("A code fence is not closed: tags after it are read as tags");
        });
        assertThat(Tagged.parse("<thinking>\n```\nx = 4\n</thinking>\n<output>4</output>"))
                .satisfies(read -> {
                    assertThat(read.thinking()).isEqualTo("```\nx = 4");
                    assertThat(read.output()).isEqualTo("4");
                    assertThat(read.outputs()).as("it may be quoted").isEmpty();
                });
        assertThat(Tagged.parse("<output>4</output>\n```\n<output>5</output>").outputs())
                .containsExactly("4");
    }

    @Test
    void aResponseThatIsAllCodeIsUnwrapped() {
        Tagged read = Tagged.parse("\n```xml\n<thinking>2+2</thinking>\n<output>4</output>\n```\n");

        assertThat(read.thinking()).isEqualTo("2+2");
        assertThat(read.output()).isEqualTo("4");
        assertThat(read.outputs()).containsExactly("4");
        assertThat(Tagged.parse("```\n<output>4</output>").output()).isEqualTo("4");
        assertThat(Tagged.parse("```\n<output>4</output>\n```\nor so").outputs())
                .isEmpty();
        assertThat(Tagged.parse("```java\nif (a < b) {}\n```").output())
                .as("without tags the fence is the answer's own")
                .isEqualTo("```java\nif (a < b) {}\n```");
    }

    // --- size

    @ParameterizedTest
    @ValueSource(
            strings = {
                "plain text, line by line\n",
                "x",
                "<",
                "`",
                "~",
                "< ",
                "</",
                "<output",
                "<output>",
                "</output>",
                "` `` ``` ",
                "`a``b```c",
                "\n```\n",
                "\n~~~ `\n",
                "<thinking>",
                "<thinking><output>",
                "`<output>",
                "\n````<output>",
                "\t",
                "<reflection></thinking>"
            })
    void aMillionCharactersAreReadAtOnce(String piece) {
        String text = piece.repeat(1_000_000 / piece.length());

        Tagged read = assertTimeoutPreemptively(Duration.ofSeconds(5), () -> Tagged.parse(text));

        assertThat(read.problems()).isNotEmpty().hasSizeLessThan(10);
    }

    private static void assertSorts(TagParser parser, String sorts) {
        List<Sort> expected = sorts.equals("none")
                ? List.of()
                : Arrays.stream(sorts.split(" ")).map(Sort::valueOf).toList();
        assertThat(parser.problems().stream().map(Problem::sort).distinct())
                .containsExactlyInAnyOrderElementsOf(expected);
    }
}
