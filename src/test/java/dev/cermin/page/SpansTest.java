package dev.cermin.page;

import static dev.cermin.page.WordDiffTest.shown;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Stored texts as they are shown: what can't be seen, and what findings speak of. */
class SpansTest {
    @Test
    void whatCannotBeSeenIsShownByItsNumber() {
        assertThat(shown(Spans.of("a\u202eb\u200bc\u0007\n\td")))
                .isEqualTo("a[control:U+202E]b[control:U+200B]c[control:U+0007]\n\td");
        assertThat(Spans.of("\u202e").getFirst().of()).isEqualTo("RIGHT-TO-LEFT OVERRIDE");
        assertThat(shown(Spans.of("\ud800"))).isEqualTo("[control:U+D800]");
        // of emojis and of scripts that need them
        assertThat(shown(Spans.of("\ud83d\udc69\u200d\ud83d\udd2c"))).isEqualTo("\ud83d\udc69\u200d\ud83d\udd2c");
    }

    @Test
    void whatAMessageQuotesIsMarked() {
        String draft = "The mayor said \"no taxes\". Most are against it.";
        assertThat(marked(draft, "It says \u201cMost are against it\u201d, and the quotation 'no taxes' isn't exact"))
                .isEqualTo("The mayor said \"[mark:no taxes]\". [mark:Most are against it].");
        assertThat(marked(draft, "'Most are ag\u2026' is wrong")).contains("[mark:Most are ag]");
        assertThat(marked(draft, "It doesn't name the critics' debts, and doesn't say why"))
                .isEqualTo(draft);
    }

    @Test
    void aFormulaIsMarkedWhereverItsSpacesAreButNotWithinALongerOne() {
        assertThat(marked("so x = 3, not x=35", "x=3 gives 12 on the left")).isEqualTo("so [mark:x = 3], not x=35");
        assertThat(marked("2 * 3 = 7; 12 * 3 = 36", "2*3=7 is wrong")).contains("12 * 3 = 36");
    }

    private static String marked(String draft, String message) {
        List<Spans.Part> parts = Quotations.in(draft, message, "1");
        return shown(Spans.of(draft, Quotations.ordered(parts)));
    }
}
