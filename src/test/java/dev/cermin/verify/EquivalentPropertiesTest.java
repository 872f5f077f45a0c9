package dev.cermin.verify;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;

class EquivalentPropertiesTest {
    @Property(tries = 100)
    void aPolynomialIsItsFactorsAndNoOtherIs(
            @ForAll @Size(min = 1, max = 6) List<@IntRange(min = -20, max = 20) Integer> roots,
            @ForAll @IntRange(min = 0, max = 6) int changed,
            @ForAll @IntRange(min = 1, max = 9) int by) {
        String factored = roots.stream().map("(x%+d)"::formatted).collect(Collectors.joining());
        long[] coefficients = expanded(roots);

        assertThat(passes(factored, written(coefficients))).isTrue();
        coefficients[changed % coefficients.length] += by;
        assertThat(passes(factored, written(coefficients))).isFalse();
    }

    @Property(tries = 100)
    void aSumOfFractionsIsOneFraction(
            @ForAll @IntRange(min = -9, max = 9) int a,
            @ForAll @IntRange(min = -9, max = 9) int b,
            @ForAll @IntRange(min = 1, max = 9) int c,
            @ForAll @IntRange(min = -9, max = 9) int off) {
        Assume.that(off != 0);
        String sum = "(%d)/(x+%d)+(%d)/(y-%d)".formatted(a, c, b, c);
        String one = "((%d)(y-%d)+(%d)(x+%d)%s)/((x+%d)(y-%d))";

        assertThat(passes(sum, one.formatted(a, c, b, c, "", c, c))).isTrue();
        assertThat(passes(sum, one.formatted(a, c, b, c, "%+d".formatted(off), c, c)))
                .isFalse();
    }

    /** (a+b√n)² = a²+nb² + 2ab√n, whether n has squares in it or not. */
    @Property(tries = 100)
    void aBinomialWithARootSquaresAndItsRootIsItself(
            @ForAll @IntRange(min = 1, max = 30) int a,
            @ForAll @IntRange(min = -30, max = 30) int b,
            @ForAll @IntRange(min = 2, max = 200) int n,
            @ForAll @IntRange(min = 1, max = 9) int off) {
        String square = "%d%+d√%d".formatted(a * a + n * b * b, 2 * a * b, n);
        String binomial = "(%d%+d√%d)".formatted(a, b, n);
        boolean positive = a + b * Math.sqrt(n) > 0;

        assertThat(passes(square, binomial + "^2")).isTrue();
        assertThat(passes(binomial, (positive ? "" : "-") + "√(" + square + ")"))
                .isTrue();
        assertThat(passes(square, binomial + "^2+" + off)).isFalse();
    }

    @Property(tries = 200)
    void noTextIsTooOddToCompare(@ForAll String answer) {
        assertThat(EquivalentVerifier.to("x+√2").verify(new Answer("", answer)).message())
                .isNotBlank();
    }

    @Property(tries = 400)
    void noFormulaIsTooOddToCompare(
            @ForAll
                    @Chars({'0', '1', '9', 'x', 'y', '.', '+', '-', '*', '/', '^', '(', ')', '√', '∛', '±', '=', '²'})
                    @StringLength(max = 14)
                    String answer) {
        assertThat(EquivalentVerifier.to("x+√2").verify(new Answer("", answer)).message())
                .isNotBlank();
    }

    private static long[] expanded(List<Integer> roots) {
        long[] coefficients = {1};
        for (int root : roots) {
            long[] next = new long[coefficients.length + 1];
            for (int i = 0; i < coefficients.length; i++) {
                next[i] += root * coefficients[i];
                next[i + 1] += coefficients[i];
            }
            coefficients = next;
        }
        return coefficients;
    }

    private static String written(long[] coefficients) {
        return IntStream.range(0, coefficients.length)
                .mapToObj(i -> "%+dx^%d".formatted(coefficients[i], i))
                .collect(Collectors.joining());
    }

    private static boolean passes(String expected, String answer) {
        return EquivalentVerifier.to(expected).verify(new Answer("", answer)).passed();
    }
}
