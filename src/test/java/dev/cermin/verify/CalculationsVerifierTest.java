package dev.cermin.verify;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CalculationsVerifierTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "3*4 = 12",
                "- 3 × (4 + 2) = 18 apples",
                "2. 45 / 60 = 0.75 = 3/4",
                "Cost of all: 3 * 1,250 = 3,750 €",
                "Cost of 12 days: 3 * $1.50 = $4.50.",
                "10/3 = 3.33",
                "10/3 ≈ 3",
                "total = 3*4 = 12",
                "Check: 3*(17-4) = 2*17+5",
                "-3 + 5 = 2",
                "90 / 1.5 = 60 km/h",
                "250 * 4 = 1000 g",
                "RM 12.50 * 2 = RM 25",
            })
    void whatHoldsPasses(String line) {
        assertThat(check(line)).isEqualTo(Check.pass("calculations", check(line).message()));
        assertThat(check("Let me see.\n" + line + "\nAnswer: 7").passed()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            3*4 = 13                   | 3*4 = 13 is wrong: 3*4 is 12
            2 + 3 = 5 = 6              | 5 = 6 is wrong: 5 is 5
            10/3 = 3                   | 10/3 = 3 is wrong: 10/3 is 3.33333333333
            10/3 = 3.34                | 10/3 = 3.34 is wrong: 10/3 is 3.33333333333
            All: 3 * 1,250 = 3,700 €   | 3 * 1250 = 3700 is wrong: 3 * 1250 is 3750
            7 / 0 = 1                  | 7 / 0 = 1: '7 / 0' has no value
            """)
    void whatDoesNotHoldFailsWithTheValue(String line, String message) {
        assertThat(check("1+1=2\n" + line)).returns(false, Check::passed);
        assertThat(check("1+1=2\n" + line).message()).startsWith(message);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x = 3",
                "2x + 3 = 8",
                "15% of 60 + 4 = 13",
                "3 boxes - 4 = 7",
                "half of 50 = 5",
                "50 = 5",
                "2 m = 200 cm",
                "So we have 2 + 2 = 5 boys",
                "Answer: 12",
                "",
            })
    void whatIsNoCalculationIsNotJudged(String line) {
        assertThat(check("1+1 = 2\n" + line)).isEqualTo(Check.pass("calculations", "The calculation holds"));
        assertThat(check(line).message())
                .isEqualTo("The answer shows no calculation; each is expected on a line of its own, such as 3*4 = 12");
    }

    @Test
    void everyWrongOneIsTold() {
        assertThat(check("2+2 = 5\n3+3 = 7\n4+4 = 8").message())
                .isEqualTo("2+2 = 5 is wrong: 2+2 is 4; 3+3 = 7 is wrong: 3+3 is 6");
        assertThat(check("2+2 = 5\n".repeat(7)).message()).endsWith("; 2 more");
    }

    private static Check check(String output) {
        return Verifiers.standard().named("calculations").verify(new Answer("How many?", output));
    }
}
