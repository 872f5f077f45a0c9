package dev.cermin.verify;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DurationVerifierTest {
    private static final Verifier VERIFIER = new DurationVerifier();

    @ParameterizedTest
    @CsvSource({
        "3h47*6,22h42",
        "3h47*6=,22:42",
        "3h47 * 6,22 h 42 min",
        "3h07×2,6h14",
        "1h30+2h45,4h15",
        "5h00-0h01,4h59",
        "2*(1h10+0h20),3h00"
    })
    void theRightDurationPasses(String input, String output) {
        assertThat(VERIFIER.verify(new Answer(input, output))).matches(Check::passed);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "3h47*6 | 22h32 | 3h47*6 is not 22h32",
                "3h47*6 | 21h102 | not hours, h, and minutes below 60",
                "3h47*6 | 21h82 | not hours, h, and minutes below 60",
                "3h47*6 | soon | not hours, h, and minutes below 60",
                "three hours | 3h00 | does not compute with durations"
            })
    void theMessageSaysWhatIsWrong(String input, String output, String message) {
        Check check = VERIFIER.verify(new Answer(input, output));

        assertThat(check.passed()).isFalse();
        assertThat(check.message()).contains(message);
    }
}
