package dev.cermin.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NamesTest {
    private static final List<String> KEYS = List.of(
            "rounds", "patience", "timeout", "regression-guard", "falling-score", "top-p", "max", "min", "unit");

    @ParameterizedTest
    @CsvSource(
            nullValues = "none",
            value = {
                "round, rounds",
                "ruonds, rounds",
                "ROUNDS, rounds",
                "patiance, patience",
                "time-out, timeout",
                "top_p, top-p",
                "regressionGuard, regression-guard",
                "falling-scores, falling-score",
                "fall-score, falling-score",
                "mxa, max",
                "colour, none",
                "m, none",
                "mit, min",
                "mux, max",
                "sum, none",
                "'', none",
                "budget, none",
            })
    void theNearestNameIsFoundOnlyWhereItIsNear(String given, String nearest) {
        assertThat(Names.nearest(given, KEYS).orElse(null)).isEqualTo(nearest);
    }

    @Test
    void theHintIsTheEndOfAMessage() {
        assertThat(Names.hint("round", KEYS)).isEqualTo("; did you mean 'rounds'?");
        assertThat(Names.hint("colour", KEYS)).isEmpty();
        assertThat(Names.hint("round", List.of())).isEmpty();
    }

    @Test
    void ofEquallyNearNamesTheFirstByTheAlphabetIsMeant() {
        assertThat(Names.nearest("mix", List.of("mux", "max"))).contains("max");
    }

    @Property(tries = 200)
    void aNameWithOneSlipIsFoundAgain(
            @ForAll @AlphaChars @StringLength(min = 4, max = 20) String name,
            @ForAll @IntRange(max = 19) int at,
            @ForAll @IntRange(max = 2) int slip) {
        int i = Math.min(at, name.length() - 2);
        String given = switch (slip) {
            case 0 -> name.substring(0, i) + name.substring(i + 1);
            case 1 -> name.substring(0, i) + "-" + name.substring(i);
            default -> name.substring(0, i) + name.charAt(i + 1) + name.charAt(i) + name.substring(i + 2);
        };

        assertThat(Names.edits(given, name)).isLessThanOrEqualTo(1);
        assertThat(Names.nearest(given, List.of(name, "something-else-entirely-and-long")))
                .contains(name);
    }

    @Property(tries = 200)
    void editsAreADistance(@ForAll @StringLength(max = 8) String a, @ForAll @StringLength(max = 8) String b) {
        assertThat(Names.edits(a, a)).isZero();
        assertThat(Names.edits(a, b))
                .isEqualTo(Names.edits(b, a))
                .isBetween(Math.abs(a.length() - b.length()), Math.max(a.length(), b.length()));
    }
}
