package dev.cermin.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EquivalentVerifierTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            (x+1)^2           | x^2+2x+1
            x²+2x+1           | (x+1)(x+1)
            a+b               | (a^2-b^2)/(a-b)
            x^2+x+1           | (x^3-1)/(x-1)
            2ab               | b·a·2
            1/2               | 0.5
            0.1+0.2           | 3/10
            x^-1              | 1/x
            x^-1              | x⁻¹
            π/4               | \\frac{\\pi}{4}
            pi/4              | \\dfrac{\\pi}4
            x_1+x_2           | x_{2} + x_1
            -x^2              | -(x*x)
            2^3^2             | 512
            x+1               | f = x + 1
            x+1               | $\\boxed{1+x}$
            """)
    void polynomialsAndRationalFunctionsAreEqualInWhateverForm(String expected, String answer) {
        assertThat(check(expected, answer)).isEqualTo(pass("The answer equals the expected expression"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            2√3               | √12
            √6                | √2√3
            1+√2              | 1/(√2-1)
            \\frac{1+\\sqrt{5}}{2} | (1+sqrt(5))/2
            √6+√2             | 2√(2+√3)
            √(3+2√2)          | 1+√2
            √(3-2√2)          | √2-1
            √(1/(2-√3))       | √(2+√3)
            (2√3+3√2-√30)/12  | 1/(√2+√3+√5)
            ∛2·∛4             | 2
            2^(1/3)           | \\sqrt[3]{2}
            cbrt(-8)          | -2
            √(2√2)            | 2^(3/4)
            x                 | √x·√x
            2√x               | √(4x)
            x+1+2√x           | (√x+1)^2
            √(√5+2)           | √(√5+2)
            """)
    void rootsAreComputedExactly(String expected, String answer) {
        assertThat(check(expected, answer)).isEqualTo(pass("The answer equals the expected expression"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            (x+1)^2  | x^2+2x+2     | : at x=2 it is 10, where 9 is expected
            a+b      | a-b          | : at a=2, b=3 it is -1, where 5 is expected
            x        | √(x^2)       | : at x=-2 it is 2, where -2 is expected
            1/x      | 1/(x+1)      | : at x=2 it is 0.333333333333, where 0.5 is expected
            1+√2     | 2.414        | : 2.414 is too small
            √2       | √2+10^-30    | : 1.41421356237 is too large
            1/3      | 0.3333       | : 0.3333 is too small
            2x       | x_1+x        | : it has x_1 in it, which is not to be there
            """)
    void aDifferenceIsToldByAValueAndNotByTheExpectedExpression(String expected, String answer, String difference) {
        assertThat(check(expected, answer))
                .isEqualTo(fail("The answer is not equal to the expected expression" + difference));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            √(√5+2)+√(√5-2) | √(2+2√5)       | no value tells them apart, and no proof was found
            2               | ∛(2+√5)+∛(2-√5)+1 | no value tells them apart, and no proof was found
            x               | sin(x)         | functions such as sin are beyond this check
            x               | 2^x            | a power whose exponent is not a number is beyond this check
            x               | √((x+1)/x)     | a root of a quotient with a name or a root below the line
            x               | 2^(1/7)        | a root of degree 7 is beyond this check
            """)
    void whatCanNotBeDecidedFailsAndSaysSo(String expected, String answer, String reason) {
        Check check = check(expected, answer);

        assertThat(check.passed()).isFalse();
        assertThat(check.message())
                .startsWith("Whether the answer equals the expected expression can't be decided: ")
                .contains(reason);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            The answer is x | 'answer' is a word; names are single letters
            x+              | 'x+' is not a formula
            x2              | 'x 2' is neither a product nor a number
            1/0             | Division by zero
            1/(√(3+2√2)-1-√2) | Division by zero
            √(-1)           | an even root of a negative number is not real
            √(1-√2)         | an even root of a negative number is not real
            √-1             | what sqrt is the root of needs ( )
            0^0             | 0 to the power of 0 has no value
            (1, 2)          | ', 2)' is not understood
            {x}             | '{x}' is not understood
            """)
    void whatIsNoExpressionFailsWithTheReason(String answer, String reason) {
        Check check = check("x", answer);

        assertThat(check.passed()).isFalse();
        assertThat(check.message())
                .startsWith("The answer can't be read as an expression: ")
                .contains(reason);
    }

    @ParameterizedTest
    @CsvSource({"y=2x+1, 2y=4x+2", "y=2x+1, 2x-y+1=0", "1/x=2, 1=2x", "x^2+y^2=1, 1-y^2=x^2", "x=√2, x-√2=0"})
    void anEquationIsTheSameButForAConstantFactor(String expected, String answer) {
        assertThat(check(expected, answer)).isEqualTo(pass("The answer is the expected equation"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            y=2x+1 | y=2x+2  | The answer is not the expected equation, nor a constant multiple of it
            x=1    | x^2=1   | The answer is not the expected equation: it is of degree 2 in x, where degree 1 is expected
            y=2x+1 | 2x+1    | The answer is not an equation: one = with something on both sides is expected
            y=2x+1 | y=y     | The answer holds whatever its names stand for, so it says nothing
            """)
    void anotherEquationFails(String expected, String answer, String message) {
        assertThat(check(expected, answer)).isEqualTo(fail(message));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x=1=2", "sin(x)", "the answer", "1/0", "x+", "expected"})
    void whatCanNotBeExpectedIsRefusedAtOnce(String expected) {
        assertThatThrownBy(() -> EquivalentVerifier.to(expected)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "(x+y+z)^1000",
                "((x^1000)^1000)^1000",
                "((((9^999)^999)^999)^999)",
                "9^9^9^9^9",
                "(a+b+c+d)^20",
                "√(999999999999999999999999999999)",
                "√2+√3+√5+√7+√11+√13+√17+√19+√23+√29+√31+√37+√41",
                "(√2+√3+√5+√7+√11+√13+√17+√19+√23+√29+√31+√37)^40",
                "√(x+√(y+√(z+√(a+√b))))^17",
                "0.0000000000000000000000000000000000000000000001^1000",
                "(√(x+1)+√(y+1)+√(a+1)+√(b+1))^60",
            })
    void noExpressionTakesForEver(String answer) {
        Assertions.assertTimeoutPreemptively(
                Duration.ofSeconds(10),
                () -> assertThat(check("x", answer).passed()).isFalse());
    }

    @Test
    void aLongAnswerIsRefusedUnread() {
        assertThat(check("x", "x+".repeat(600))).isEqualTo(fail("The answer has 1200 characters; up to 1000 are read"));
    }

    private static Check check(String expected, String answer) {
        return EquivalentVerifier.to(expected).verify(new Answer("", answer));
    }

    private static Check pass(String message) {
        return Check.pass("equivalent", message);
    }

    private static Check fail(String message) {
        return Check.fail("equivalent", message);
    }
}
