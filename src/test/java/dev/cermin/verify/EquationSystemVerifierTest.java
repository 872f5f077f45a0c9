package dev.cermin.verify;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EquationSystemVerifierTest {
    private static final Verifier VERIFIER = new EquationSystemVerifier();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "2x+y=9,3x-2y=10 | x=4,y=1",
                "2x+y=9, 3x-2y=10 | y = 1, x = 4",
                "2x+y=9;3x-2y=10 | x=4 and y=1",
                "x+y=1,x-y=0 | x=1/2,y=1/2",
                "a+b+c=6,a-b=0,c-1=1 | a=2,b=2,c=2",
                "2x−y=−3,x+y=0 | x=−1,y=1"
            })
    void whatSatisfiesEachEquationPasses(String input, String output) {
        assertThat(VERIFIER.verify(new Answer(input, output))).matches(Check::passed);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "2x+y=9,3x-2y=10 | x=3,y=3 | 3x-2y=10: the left is 3 and the right 10",
                "2x+y=9,3x-2y=10 | x=4 | The answer has no value for y",
                "2x+y=9,3x-2y=10 | x=4,y=1,x=5 | two values for x",
                "2x+y=9,3x-2y=10 | about four | not of the form x=NUMBER,y=NUMBER",
                "2x+y=9,3x-2y=10 | x=2+2,y=1 | not a number or a fraction",
                "2x+y,3x-2y=10 | x=4,y=1 | The task is not a system of equations"
            })
    void theMessageSaysWhatIsWrong(String input, String output, String message) {
        Check check = VERIFIER.verify(new Answer(input, output));

        assertThat(check.passed()).isFalse();
        assertThat(check.message()).contains(message);
    }
}
