package dev.cermin.verify;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EquationVerifierTest {
    private final EquationVerifier verifier = new EquationVerifier();

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            2x+3=7                | x=2
            2x+3=7                | 2
            2x + 3 = 7            | x = 2
            2x+3=7                | X=2
            7=2x+3                | x=4/2
            2x^2+5x-3=0           | x=-3,1/2
            2x^2+5x-3=0           | x=1/2,-3
            2x²+5x−3=0            | x = −3, 0.5
            2x^2+5x-3=0           | x=-3 or x=1/2
            2x^2+5x-3=0           | x=-3; x=.5
            2x^2+5x-3=0           | x1=-3, x2=1/2
            2x^2+5x-3=0           | x_1 = -3 and x_2 = 1/2
            2x^2+5x-3=0           | x₁=-3 OR x₂=(1/2)
            x^2-6x+9=0            | x=3
            x^2-6x+9=0            | x=3,3
            -x^2+4=0              | x=-2,2
            -x^2=-9               | x=-3,3
            x(x-3)=0              | x=0,3
            (x-1)(x+2)=0          | x=-2,1
            (x-1)2=4              | x=3
            0x+5=x                | x=5
            x/3=1                 | x=3
            3x=1                  | x=1/3
            0.1x=0.3              | x=3
            x^2=2x+3              | x=-1,3
            x^3=8                 | x=2
            x^2+1=0               | no solution
            x^2+1=0               | There is no real solution.
            x+1=x                 | No solutions
            x+1=x                 | none
            2x=x+x                | all real numbers
            2x=x+x                | every x
            """)
    void rightAnswersPass(String equation, String answer) {
        assertThat(check(equation, answer))
                .extracting(Check::passed, Check::verifier)
                .containsExactly(true, "equation");
    }

    @Test
    void anEquationWithAPoleAtASmallIntegerIsBeyondIt() {
        Check check = check("1/x=1/4", "x=4");

        assertThat(check.passed()).isFalse();
        assertThat(check.message()).contains("The task is not an equation in x", "Division by zero");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            2x+3=7      | x=3         | x=3 gives 9 on the left and 7 on the right
            2x^2+5x-3=0 | x=-3,1      | x=1 gives 4 on the left and 0 on the right
            2x^2+5x-3=0 | x=1,2       | x=1 gives 4 on the left and 0 on the right; x=2 gives 15 on the left and 0 on the right
            2x^2+5x-3=0 | x=-3        | 1 of 2 roots are stated; one is missing
            2x^2+5x-3=0 | x=-3,-3     | 1 of 2 roots are stated; one is missing
            2x^2+5x-3=0 | no solution | The equation has a solution, and the answer says that there is none
            2x=x+x      | no solution | The equation has a solution, and the answer says that there is none
            2x=x+x      | x=5         | The equation holds for every x, so the answer is: all real numbers
            x^2+1=0     | x=1         | x=1 gives 2 on the left and 0 on the right
            2x=4        | every x     | The equation does not hold for every x
            -x^2+4=0    | x=1         | x=1 gives 3 on the left and 0 on the right
            3x=1        | x=0.3333333333333333 | x=0.333333333333 gives 0.9999999999999999 on the left and 1 on the right
            """)
    void wrongAnswersFailWithWhatIsWrong(String equation, String answer, String message) {
        assertThat(check(equation, answer)).isEqualTo(Check.fail("equation", message));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "x=",
                "I don't know",
                "x=2=2",
                "x=y",
                "x",
                "x=x",
                "x=1+1",
                "x=0x2",
                "x=1 1",
                "x=..",
                "x=1/0",
                "x=2^1",
                "x=((((",
                "<output>x=2</output>",
                "accept 1.0",
                "x=2); DROP TABLE steps; --",
                "SQRT(4)",
                "x=IF(1,2,3)",
            })
    void whatIsNoAnswerFailsAndSaysTheForm(String answer) {
        Check check = check("2x=4", answer);

        assertThat(check.passed()).isFalse();
        assertThat(check.message()).startsWith("The answer is not of the form x=ROOT,ROOT: ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "2x+3", "2x==4", "=4", "2x=", "Solve 2x=4", "y=4", "2x=4=x", "x=FACT(5)", "x=(", "2x=4; 3x=9"
            })
    void whatIsNoEquationFailsAndSaysSo(String equation) {
        Check check = check(equation, "x=2");

        assertThat(check.passed()).isFalse();
        assertThat(check.message()).startsWith("The task is not an equation in x: ");
    }

    @ParameterizedTest
    @CsvSource({"x^4+1=0", "x^3=8", "x^5-5x^3+4x+1=0"})
    void aboveTheSecondDegreeItSaysWhatItCanNotTell(String equation) {
        assertThat(check(equation, "no solution").message()).contains("can't be checked");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "9^9^9^9^9^9",
                "9^999999999",
                "9^(9*9*9*9*9*9*9*9*9*9)",
                "2^x",
                "((((((((((9^9*1)^9*1)^9*1)^9*1)^9*1)^9*1)^9*1)^9*1)^9*1)^9*1)",
                "(((((((((9^9*1)^9*1)^9*1)^9*1)^9*1)^9*1)^9*1)^9*1)^9*1)",
                "1/(((((((((9^9*1)^9*1)^9*1)^9*1)^9*1)^9*1)^9*1)^9*1)^9*1)",
                "(0-8)^0.5",
                "((((9^9*1)^9*1)^9*1)^9*1)^0.5",
                "((((((((((((((((((((((((((((((((((((((((((((((((((x))))))))))))))))))))))))))))))))))))))))))))))))))",
            })
    void noExpressionTakesForEver(String text) {
        Assertions.assertTimeoutPreemptively(Duration.ofSeconds(5), () -> {
            check(text + "=x", "x=1");
            check("x=1", "x=" + text);
            new ArithmeticVerifier().verify(new Answer(text, "1"));
            new ArithmeticVerifier().verify(new Answer("1+1", text));
        });
    }

    @Test
    void controlCharactersAndBrokenTextAreNoNumber() {
        assertThat(check("2x=4", "x=\u0000").passed()).isFalse();
        assertThat(check("2x=4", "x=\ud800").passed()).isFalse();
        assertThat(check("2x=4\u0000", "x=2").passed()).isFalse();
    }

    private Check check(String equation, String answer) {
        return verifier.verify(new Answer(equation, answer));
    }
}
