package dev.cermin.agent;

import static org.assertj.core.api.Assertions.assertThat;

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
        assertThat(AnswerFormat.TAGGED.read(text))
                .isEqualTo(new AnswerFormat.Read(thinking == null ? "" : thinking, output, List.of()));
    }

    @Test
    void aPlainAnswerIsTheWholeText() {
        assertThat(AnswerFormat.PLAIN.read(" <output>4</output>\n"))
                .isEqualTo(new AnswerFormat.Read("", "<output>4</output>", List.of()));
    }
}
