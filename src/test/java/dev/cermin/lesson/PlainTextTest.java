package dev.cermin.lesson;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class PlainTextTest {
    @Test
    void linesAndGapsBecomeSpaces() {
        assertThat(PlainText.line("\n a\t\r\nb\u0000c\u2028d\u00a0\u3000e ", 100))
                .isEqualTo("a b c d e");
    }

    @Test
    void whatDoesNotShowIsLeftOut() {
        String tag = Character.toString(0xE0041);
        String selector = Character.toString(0xE0101);

        assertThat(PlainText.line("a\u200b\u202eb" + tag + selector + "\ufe0fc\ud83d", 100))
                .isEqualTo("abc");
    }

    @Test
    void whatIsTooLongEndsWithAnEllipsisAndNeverInHalfACharacter() {
        assertThat(PlainText.line("abcdef", 6)).isEqualTo("abcdef");
        assertThat(PlainText.line("abcdefg", 6)).isEqualTo("abcde…");
        assertThat(PlainText.line("abc efg", 5)).isEqualTo("abc…");
        assertThat(PlainText.line("abcd\ud83d\ude00fg", 6)).isEqualTo("abcd…");
    }

    @Property(tries = 500)
    void aPlainLineStaysAsItIs(@ForAll String text, @ForAll @IntRange(min = 2, max = 40) int most) {
        String line = PlainText.line(text, most);

        assertThat(line).hasSizeLessThanOrEqualTo(most);
        assertThat(PlainText.line(line, most)).isEqualTo(line);
    }
}
