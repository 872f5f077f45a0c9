package dev.cermin.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cermin.agent.AnswerFormat.Read;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AnswerFormatTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "none", textBlock = """
            <thinking>2+2</thinking><output>4</output>                                | 2+2 | 4
            <thinking>2+2 <reflection>no</reflection></thinking> <output>4</output>   | 2+2 <reflection>no</reflection> | 4
            <THINKING>2+2</THINKING><Output>4</OUTPUT>                                | 2+2 | 4
            4                                                                         | none | 4
            2+2 is 4                                                                  | none | 2+2 is 4
            <output>4</output>                                                        | none | 4
            <thinking>2+2</thinking>4                                                 | 2+2 | <thinking>2+2</thinking>4
            <thinking>2+2 is cut off                                                  | 2+2 is cut off | <thinking>2+2 is cut off
            <thinking>2+2 <output>4</output>                                          | 2+2 | 4
            <thinking>2+2</thinking><output>4                                         | 2+2 | 4
            <thinking>2+2</thinking><output>4</output><output>5</output>              | 2+2 | 4
            <thinking>then put it in <output> tags</thinking><output>4</output>       | then put it in <output> tags | 4
            <thinking>it is <output>4</output></thinking>                             | it is <output>4</output> | 4
            Sure! <output>4</output> Anything else?                                   | none | 4
            Use `<output>5</output>`: <output>4</output>                              | none | 4
            ```<output>4</output>```                                                  | none | 4
            <output>return "`</output>`"</output>                                     | none | return "`</output>`"
            """)
    void taggedAnswersAreFoundWhateverIsAmiss(String text, String thinking, String output) {
        Read read = AnswerFormat.TAGGED.read(text);

        assertThat(read.thinking()).isEqualTo(thinking == null ? "" : thinking);
        assertThat(read.output()).isEqualTo(output);
    }

    @Test
    void aPlainAnswerIsTheWholeText() {
        assertThat(AnswerFormat.PLAIN.read(" <output>4</output>\n"))
                .isEqualTo(new Read("", "<output>4</output>", List.of()));
    }

    @Test
    void whatIsAmissIsHandedOver() {
        assertThat(AnswerFormat.TAGGED
                        .read("<thinking>2+2</thinking><output>4</output>")
                        .problems())
                .isEmpty();
        assertThat(AnswerFormat.TAGGED.read("4").problems())
                .containsExactly("There is no tag: the whole response is the output");
        assertThat(AnswerFormat.TAGGED.read("<thinking>2+2 <output>4</output>").problems())
                .containsExactly(
                        "<output> stands inside <thinking>",
                        "<thinking> is not closed: the response may be cut off",
                        "The output stands inside another tag, and is taken from there");
    }
}
