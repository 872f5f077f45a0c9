package dev.cermin.verify;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ArithmeticVerifierTest {
    private final ArithmeticVerifier verifier = new ArithmeticVerifier();

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            23*17        | 391
            23*17=       | 391
            23 × 17 = ?  | 391
            23·17        | 23*17 = 391
            10/4         | 2.5
            10÷4         | 5/2
            1/3          | 1/3
            1/3          | 2/6
            2-5          | −3
            2-5          | - 3
            -3^2         | -9
            (-3)^2       | 9
            2^10         | 1024
            2(3+4)       | 14
            0.1+0.2      | 0.3
            391          | 391.0
            """)
    void rightAnswersPass(String task, String answer) {
        assertThat(verifier.verify(new Answer(task, answer)))
                .extracting(Check::passed, Check::verifier)
                .containsExactly(true, "arithmetic");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            23*17  | 390        | 23*17 is not 390
            -3^2   | 9          | -3^2 is not 9
            1/3    | 0.33       | 1/3 is not 0.33
            23*17= | 23*17=1    | 23*17 is not 1
            """)
    void wrongAnswersFailWithoutTellingTheRightOne(String task, String answer, String message) {
        assertThat(verifier.verify(new Answer(task, answer))).isEqualTo(Check.fail("arithmetic", message));
    }

    @ParameterizedTest
    @ValueSource(strings = {"23*17", "391 = 23*17", "", "the answer is 391", "391 apples", "3 91", "1/0", "0x187", "="})
    void whatIsNoNumberFailsEvenWhereItIsTheTaskItself(String answer) {
        Check check = verifier.verify(new Answer("23*17", answer));

        assertThat(check.passed()).isFalse();
        assertThat(check.message()).startsWith("The answer is not a number: ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"What is 23*17?", "1/0", "2x", "", "PI()", "2+"})
    void whatIsNoArithmeticFailsAndSaysSo(String task) {
        Check check = verifier.verify(new Answer(task, "1"));

        assertThat(check.passed()).isFalse();
        assertThat(check.message()).startsWith("The task is not arithmetic: ");
    }
}
