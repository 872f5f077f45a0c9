package dev.cermin.verify;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Equations and arithmetic with radicals. */
class RadicalsTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            x^2-x-1=0      | x=(1+sqrt(5))/2, x=(1-sqrt(5))/2
            x^2-x-1=0      | x=(1±√5)/2
            x(x-1)=1       | $x=\\frac{1\\pm\\sqrt{5}}{2}$
            x^2+2x-1=0     | x = -1 ± sqrt(2)
            x^2=2x+2       | 1+√3, 1-√3
            x^2=9          | x=±3
            x^2=8          | x=2√2 or x=-√8
            x^3=2          | ∛2
            x^4-10x^2+1=0  | √2+√3
            1/x=x-1        | (1±√5)/2
            x^2=√2         | ±√(√2)
            √2x=√8         | 2
            x^2-2√3x+3=0   | √3
            x^2+√2=0       | no solution
            √2x=x√2        | every x
            √x=3           | 9
            """)
    void rootsWithRadicalsPass(String equation, String answer) {
        Check check = new EquationVerifier().verify(new Answer(equation, answer));

        assertThat(check.passed()).as(check.message()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            x^2=2x+2  | 1+√3        | 1 of 2 roots are stated; one is missing
            x^2=8     | 2√2, √8     | 1 of 2 roots are stated; one is missing
            x^2=2x+2  | 1±√2        | x=1+sqrt(2) gives about 5.82842712475 on the left and about 6.82842712475 on the right; x=1-sqrt(2) gives about 0.171572875254 on the left and about 1.17157287525 on the right
            x^2=2     | √3, √2      | x=sqrt(3) gives 3 on the left and 2 on the right
            x^2=2     | no √        | The answer is not of the form x=ROOT,ROOT: what sqrt is the root of needs ( )
            x^2=4     | ±√4         | The answer is not of the form x=ROOT,ROOT: '+sqrt(4)' is still to be computed: it is rational, so state a number or a fraction p/q
            x^2=2     | √y, y√2     | The answer is not of the form x=ROOT,ROOT: 'sqrt(y)' has an unknown in it; 'y*sqrt(2)' has an unknown in it
            x^2=-2    | √(-2)       | The answer is not of the form x=ROOT,ROOT: an even root of a negative number is not real
            x^2=√2    | no solution | The equation has a solution, and the answer says that there is none
            √y=2      | 4           | The task is not an equation in x: 'y' is unknown; only x may be
            x^2=2     | √(√5+2)     | x=sqrt(sqrt(5)+2) gives about 4.2360679775 on the left and 2 on the right
            1/(x-2)=√2/(x-2) | √2   | The task is not an equation in x: an equation with both a radical and an x below the line is beyond this check
            """)
    void wrongRootsFailWithWhatIsWrong(String equation, String answer, String message) {
        assertThat(new EquationVerifier().verify(new Answer(equation, answer)))
                .isEqualTo(Check.fail("equation", message));
    }

    @ParameterizedTest
    @CsvSource({
        "√8, 2√2",
        "sqrt(16), 4",
        "1/√2, √2/2",
        "√8+1=, √8+1=1+2√2",
        "√2*√3, sqrt(6)",
        "√(3+2√2), 1+√2",
        "cbrt(16), 2cbrt(2)",
        "(1+√5)/2+1, (3+√5)/2",
        "√(9/4), 3/2"
    })
    void simplifiedRadicalsPass(String task, String answer) {
        Check check = new ArithmeticVerifier().verify(new Answer(task, answer));

        assertThat(check.passed()).as(check.message()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            √8      | 3√2     | √8 is not 3√2
            √2      | 1.414   | √2 is not 1.414
            √8      | √8      | The answer is not a number in simplest form: it is still to be computed: sqrt(8) has the factor 2 in it
            2+2     | √16     | The answer is not a number in simplest form: it is still to be computed: sqrt(16) has the factor 2 in it
            √2√3    | √2·√3   | The answer is not a number in simplest form: it is still to be computed: two roots are to be multiplied
            1/√2    | 1/√2    | The answer is not a number in simplest form: it is still to be computed: a root stands below the line
            √2+√2   | √2+√2   | The answer is not a number in simplest form: it is still to be computed: twice sqrt(2) is to be added
            1+1+√2  | 1+1+√2  | The answer is not a number in simplest form: it is still to be computed: two numbers are to be added
            √x      | 1       | The task is not arithmetic: '√x' has an unknown, x, in it
            √(-4)   | 2       | The task is not arithmetic: an even root of a negative number is not real
            """)
    void whatIsWrongOrStillToBeComputedFails(String task, String answer, String message) {
        assertThat(new ArithmeticVerifier().verify(new Answer(task, answer)))
                .isEqualTo(Check.fail("arithmetic", message));
    }
}
