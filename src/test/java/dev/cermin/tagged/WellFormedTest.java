package dev.cermin.tagged;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.statistics.Statistics;
import org.junit.jupiter.api.Test;

class WellFormedTest {
    @Test
    void whatKeepsToTheFormatIsReadAtAGlance() {
        assertThat(WellFormed.read("<reflection>- too long\n- dull</reflection>\n<output>revise 0.1</output>\n"))
                .isEqualTo(
                        new Tagged("", List.of("- too long\n- dull"), "revise 0.1", List.of("revise 0.1"), List.of()));
        assertThat(WellFormed.read("<thinking>2+2</thinking><output>4</output>"))
                .isEqualTo(new Tagged("2+2", List.of(), "4", List.of("4"), List.of()));
        assertThat(WellFormed.read("4")).isNull();
        assertThat(WellFormed.read("<thinking>`<output>`</thinking><output>4</output>"))
                .isNull();
    }

    @Property(tries = 2000)
    void itComesToWhatTheParserComesTo(@ForAll("responses") String response) {
        Tagged glance = WellFormed.read(response);
        Statistics.collect(glance == null ? "parsed" : "at a glance");
        if (glance != null) {
            TagParser parser = new TagParser(part -> {});
            parser.accept(response);
            assertThat(glance).isEqualTo(parser.end());
        }
        Statistics.coverage(ways -> ways.check("at a glance").percentage(p -> p > 2));
    }

    @Provide
    Arbitrary<String> responses() {
        Arbitrary<String> text = Arbitraries.strings()
                .withChars("ab 1.-*\n\t>/&[]\u00e9\u043e\u200b\u2003\u2028\u2039\uff1c<`~\"'")
                .ofMaxLength(12);
        Arbitrary<String> plain = Arbitraries.strings()
                .withChars("ab 1.-*\n>/&\u00e9\u043e\u001f\u00a0\u2003\u200b\u2028\u2039\u3000\uff1c")
                .ofMaxLength(12);
        Arbitrary<String> within = Arbitraries.oneOf(plain, plain, plain, text);
        Arbitrary<String> tag = Arbitraries.of("thinking", "reflection", "reflection", "THINKING", "output");
        return Combinators.combine(
                        tag,
                        within,
                        Arbitraries.of("", "\n", " ", "x", "\t"),
                        within,
                        Arbitraries.of("", "\n", " .", " "))
                .as((name, first, between, output, after) ->
                        "<%s>%s</%s>%s<output>%s</output>%s".formatted(name, first, name, between, output, after));
    }
}
