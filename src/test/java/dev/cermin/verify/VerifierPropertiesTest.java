package dev.cermin.verify;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.StringLength;

class VerifierPropertiesTest {
    private final EquationVerifier equations = new EquationVerifier();
    private final ArithmeticVerifier arithmetic = new ArithmeticVerifier();

    @Property(tries = 300)
    void theRootOfALinearEquationPassesAndNoOther(
            @ForAll @IntRange(min = -99, max = 99) int a,
            @ForAll @IntRange(min = -999, max = 999) int b,
            @ForAll @IntRange(min = -99, max = 99) int root,
            @ForAll @IntRange(min = -50, max = 50) int off) {
        Assume.that(a != 0 && off != 0);
        String equation = "%dx%+d=%d".formatted(a, b, a * root + b);

        assertThat(check(equation, "x=" + root).passed()).isTrue();
        Check wrong = check(equation, "x=" + (root + off));
        assertThat(wrong.passed()).isFalse();
        assertThat(wrong.message())
                .isEqualTo("x=%d gives %d on the left and %d on the right"
                        .formatted(root + off, a * (root + off) + b, a * root + b));
    }

    @Property(tries = 300)
    void theRootsOfAQuadraticEquationPassTogetherOnly(
            @ForAll @IntRange(min = -9, max = 9) int a,
            @ForAll @IntRange(min = -30, max = 30) int p,
            @ForAll @IntRange(min = -30, max = 30) int q,
            @ForAll @IntRange(min = -50, max = 50) int off) {
        int wrongRoot = p + off;
        Assume.that(a != 0 && wrongRoot != p && wrongRoot != q);
        String equation = "%dx^2%+dx%+d=0".formatted(a, -a * (p + q), a * p * q);

        assertThat(check(equation, "x=%d,%d".formatted(p, q)).passed()).isTrue();
        assertThat(check(equation, "x=%d".formatted(p)).passed()).isEqualTo(p == q);
        assertThat(check(equation, "no solution").passed()).isFalse();
        Check wrong = check(equation, "x=%d,%d".formatted(wrongRoot, q));
        assertThat(wrong.passed()).isFalse();
        assertThat(wrong.message())
                .isEqualTo("x=%d gives %d on the left and 0 on the right"
                        .formatted(wrongRoot, a * (wrongRoot - p) * (wrongRoot - q)));
    }

    @Property(tries = 300)
    void aFractionIsARoot(@ForAll @IntRange(min = 1, max = 99) int p, @ForAll @IntRange(min = 1, max = 99) int q) {
        String equation = "%dx=%d".formatted(q, p);

        assertThat(check(equation, "x=%d/%d".formatted(p, q)).passed()).isTrue();
        assertThat(check(equation, "x=%d/%d".formatted(p + 1, q)).passed()).isFalse();
    }

    @Property(tries = 300)
    void productsAndSumsAreExact(
            @ForAll @IntRange(min = -99_999, max = 99_999) int a,
            @ForAll @IntRange(min = -99_999, max = 99_999) int b) {
        long product = (long) a * b;

        assertThat(arithmetic.verify(new Answer(a + "*" + b, "" + product)).passed())
                .isTrue();
        assertThat(arithmetic
                        .verify(new Answer(a + "*" + b, "" + (product + 1)))
                        .passed())
                .isFalse();
        assertThat(arithmetic
                        .verify(new Answer(a + " + " + b, "" + ((long) a + b)))
                        .passed())
                .isTrue();
    }

    @Property(tries = 500)
    void noTextIsTooOddToCheck(@ForAll String task, @ForAll String answer) {
        assertThat(check(task, answer).message()).isNotBlank();
        assertThat(arithmetic.verify(new Answer(task, answer)).message()).isNotBlank();
    }

    @Property(tries = 1000)
    void noExpressionIsTooOddToCheck(
            @ForAll @Chars({'0', '1', '9', 'x', '.', '+', '-', '*', '/', '^', '(', ')', ' '}) @StringLength(max = 14)
                    String expression) {
        assertThat(check(expression + "=x", "x=" + expression).message()).isNotBlank();
        assertThat(check("x=1", expression).message()).isNotBlank();
        assertThat(arithmetic.verify(new Answer(expression, expression)).message())
                .isNotBlank();
    }

    private Check check(String equation, String answer) {
        return equations.verify(new Answer(equation, answer));
    }
}
