package dev.cermin.tagged;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.cermin.tagged.Part.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TagParserTest {
    private final List<Part> parts = new ArrayList<>();
    private final TagParser parser = new TagParser(parts::add);

    @Test
    void partsComeAsSoonAsTheyAreCertain() {
        assertThat(after("Sure")).isEqualTo("OUTSIDE Sure");
        assertThat(after(": <thin")).as("a tag may be coming").isEqualTo("OUTSIDE : ");
        assertThat(after("king>2+2 < 5, ")).isEqualTo("THINKING 2+2 < 5, ");
        assertThat(after("<reflection>no</reflection>so")).isEqualTo("REFLECTION no\nTHINKING so");
        assertThat(after("</thinking><output>use `")).as("code may be coming").isEqualTo("OUTPUT use ");
        assertThat(after("x` ")).isEqualTo("OUTPUT `x` ");
        assertThat(after("\ud83d")).as("half a character").isEmpty();
        assertThat(after("\ude00</output")).isEqualTo("OUTPUT \ud83d\ude00");
        assertThat(after("> bye")).isEqualTo("OUTSIDE  bye");

        Tagged read = parser.end();

        assertThat(read.output()).isEqualTo("use `x` \ud83d\ude00");
        assertThat(read.reflections()).containsExactly("no");
        assertThat(read.problems()).containsExactly("There is text outside any tag");
    }

    @Test
    void whatWasHeldBackComesAtTheEnd() {
        assertThat(after("<output>4 <out")).isEqualTo("OUTPUT 4 ");

        parser.end();

        assertThat(told()).isEqualTo("OUTPUT <out");
    }

    @Test
    void noMoreIsHeldBackThanTheLookAhead() {
        parser.accept("<output>`" + "x".repeat(TagParser.LOOK_AHEAD));

        assertThat(told()).isEqualTo("OUTPUT `" + "x".repeat(TagParser.LOOK_AHEAD));
    }

    @Test
    void partsOfOneBlockBelongTogether() {
        parser.accept("<reflection>a");
        parser.accept("b</reflection><reflection>c</reflection>");

        assertThat(parts).extracting(Part::text).containsExactly("a", "b", "c");
        assertThat(parts.get(0).block())
                .isEqualTo(parts.get(1).block())
                .isLessThan(parts.get(2).block());
    }

    @Test
    void afterTheEndNothingIsRead() {
        parser.accept("<output>4");
        assertThat(parser.problems()).isEmpty();

        assertThat(parser.end()).isSameAs(parser.end());
        assertThat(parser.problems()).hasSize(1);
        assertThatThrownBy(() -> parser.accept("5"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("a new one is expected");
    }

    @Property(tries = 2000)
    void howAResponseIsCutChangesNothing(@ForAll("responses") String response, @ForAll long seed) {
        List<Part> whole = new ArrayList<>();
        TagParser atOnce = new TagParser(whole::add);
        atOnce.accept(response);
        Tagged expected = atOnce.end();

        assertThat(Tagged.parse(response)).isEqualTo(expected);
        for (int longest : new int[] {1, 2, 7, 40}) {
            List<Part> pieces = new ArrayList<>();
            TagParser cut = new TagParser(pieces::add);
            Random random = new Random(seed);
            for (int at = 0; at < response.length(); ) {
                int to = Math.min(response.length(), at + 1 + random.nextInt(longest));
                cut.accept(response.substring(at, to));
                at = to;
            }
            assertThat(cut.end()).isEqualTo(expected);
            assertThat(cut.problems()).isEqualTo(atOnce.problems());
            assertThat(joined(pieces)).isEqualTo(joined(whole));
        }
    }

    @Property(tries = 2000)
    void partsAreTheResponseInOrderWithoutItsTags(@ForAll("responses") String response) {
        parts.clear();
        TagParser reader = new TagParser(parts::add);
        reader.accept(response);
        Tagged read = reader.end();

        String text =
                joined(parts).stream().map(part -> withoutTags(part.text())).collect(Collectors.joining());
        assertThat(text).isEqualTo(withoutTags(response));
        assertThat(response).contains(read.output());
        if (read.problems().isEmpty()) {
            assertThat(ofKind(Kind.OUTPUT).strip()).isEqualTo(read.output());
            assertThat(read.outputs()).containsExactly(read.output());
        }
    }

    @Property(tries = 500)
    void aWellFormedResponseIsReadAsItWasWritten(
            @ForAll("words") String thinking, @ForAll("words") String reflection, @ForAll("words") String output) {
        Tagged read = Tagged.parse("<thinking>%s<reflection>%s</reflection></thinking>\n<output>%s</output>"
                .formatted(thinking, reflection, output));

        assertThat(read.thinking()).isEqualTo((thinking + "<reflection>" + reflection + "</reflection>").strip());
        assertThat(read.reflections()).containsExactly(reflection.strip());
        assertThat(read.output()).isEqualTo(output.strip());
        assertThat(read.problems()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "<", "`", "` `` ", "<output ", "\n```", "\n~~~\n<output>", "`a``b```c", "< "})
    void oneCharacterAtATimeTakesTimeInProportion(String piece) {
        String text = piece.repeat(200_000 / piece.length());

        assertTimeoutPreemptively(Duration.ofSeconds(5), () -> {
            for (int at = 0; at < text.length(); at++) {
                parser.accept(text.substring(at, at + 1));
            }
            parser.end();
        });

        assertThat(parts).isNotEmpty();
    }

    @Provide
    Arbitrary<String> responses() {
        return Arbitraries.of(
                        "<",
                        ">",
                        "/",
                        " ",
                        "\n",
                        "`",
                        "``",
                        "```",
                        "```xml",
                        "~~~",
                        "\n```\n",
                        "\n~~~\n",
                        "output",
                        "OUTPUT",
                        "thinking",
                        "out",
                        "put",
                        "<output>",
                        "</output>",
                        "<thinking>",
                        "</thinking>",
                        "<reflection>",
                        "</reflection>",
                        "< Output >",
                        "</output >",
                        "accept",
                        "x",
                        "\r\n",
                        "\ud83d\ude00",
                        "<out",
                        "\t")
                .list()
                .ofMaxSize(25)
                .map(pieces -> String.join("", pieces));
    }

    @Provide
    Arbitrary<String> words() {
        return Arbitraries.of("a", "<b>", "1 < 2", " ", "\n", "`c`", "d > e", "\n```\nf\n```\n", "x", "<output/>")
                .list()
                .ofMaxSize(6)
                .map(pieces -> String.join(" ", pieces));
    }

    private String after(String chunk) {
        parts.clear();
        parser.accept(chunk);
        return told();
    }

    /** A block a line. */
    private String told() {
        String all = joined(parts).stream()
                .map(part -> part.kind() + " " + part.text())
                .collect(Collectors.joining("\n"));
        parts.clear();
        return all;
    }

    private String ofKind(Kind kind) {
        return parts.stream()
                .filter(part -> part.kind() == kind)
                .map(Part::text)
                .collect(Collectors.joining());
    }

    private static String withoutTags(String text) {
        return text.replaceAll("(?i)<\\s*/?\\s*(thinking|reflection|output)\\s*>", "");
    }

    private static List<Part> joined(List<Part> parts) {
        List<Part> joined = new ArrayList<>();
        for (Part part : parts) {
            Part before = joined.isEmpty() ? null : joined.getLast();
            if (before != null && before.block() == part.block()) {
                joined.set(joined.size() - 1, new Part(part.kind(), part.block(), before.text() + part.text()));
            } else {
                joined.add(part);
            }
        }
        return joined;
    }
}
