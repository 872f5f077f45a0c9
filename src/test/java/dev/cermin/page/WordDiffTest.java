package dev.cermin.page;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

/** Two drafts side by side. */
class WordDiffTest {
    @Test
    void wordsThatDifferAreMarkedWithinALine() {
        WordDiff diff = WordDiff.of("x=5 or 7", "x=-5 or 8");
        assertThat(diff.rows()).hasSize(1);
        assertThat(shown(diff.rows().getFirst().before())).isEqualTo("x=5 or [del:7]");
        assertThat(shown(diff.rows().getFirst().after())).isEqualTo("x=[ins:-]5 or [ins:8]");
        assertThat(diff.added()).isEqualTo(2);
        assertThat(diff.removed()).isEqualTo(1);
    }

    @Test
    void aLineThatWasRewrittenStandsBesideTheOldOne() {
        WordDiff diff = WordDiff.of("first\nthe old line\nlast", "first\nthe new line\nlast");
        assertThat(diff.rows().stream().map(WordDiff.Row::kind)).containsExactly("same", "changed", "same");
        assertThat(shown(diff.rows().get(1).before())).isEqualTo("the [del:old] line");
        assertThat(shown(diff.rows().get(1).after())).isEqualTo("the [ins:new] line");
    }

    @Test
    void whatIsFarFromAChangeIsFolded() {
        String lines = IntStream.range(0, 40).mapToObj(i -> "line " + i).collect(joining("\n"));
        WordDiff diff = WordDiff.of(lines + "\nold", lines + "\nnew");
        assertThat(diff.rows().stream().map(WordDiff.Row::kind)).containsExactly("folded", "same", "changed");
        assertThat(diff.rows().getFirst().lines()).isEqualTo(37);
    }

    @Property(tries = 200)
    void noWordOfEitherTextIsLost(
            @ForAll @CharRange(from = 'a', to = 'c') @StringLength(max = 30) String before,
            @ForAll @CharRange(from = 'a', to = 'c') @StringLength(max = 30) String after) {
        String old = before.replace('b', ' ').replace('c', '\n');
        String now = after.replace('b', ' ').replace('c', '\n');
        WordDiff diff = WordDiff.of(old, now);
        assertThat(words(diff, true)).isEqualTo(words(old));
        assertThat(words(diff, false)).isEqualTo(words(now));
    }

    private static String words(WordDiff diff, boolean before) {
        return words(diff.rows().stream()
                .map(row -> before ? row.before() : row.after())
                .map(spans -> spans.stream().map(Span::text).collect(joining()))
                .collect(joining("\n")));
    }

    private static String words(String text) {
        return text.strip().replaceAll("\\s+", " ");
    }

    static String shown(List<Span> spans) {
        return spans.stream()
                .map(span -> span.kind().equals("plain") ? span.text() : "[" + span.kind() + ":" + span.text() + "]")
                .collect(joining());
    }
}
