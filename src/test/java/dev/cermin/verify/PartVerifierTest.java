package dev.cermin.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class PartVerifierTest {
    private static final List<Object> TWELVE = List.of(Map.of("equivalent", Map.of("expected", "12")));

    @Test
    void theLastMatchIsLookedAtAndNothingElse() {
        Verifier answer = part(Map.of("pattern", "Answer:(.*)", "verifiers", TWELVE));

        assertThat(answer.verify(new Answer("", "Answer: 11? No.\n3*4 = 12\nAnswer: 24/2"))
                        .passed())
                .isTrue();
        assertThat(answer.verify(new Answer("", "12 it is. Answer: 13")).message())
                .startsWith("equivalent: ");
    }

    @Test
    void aPatternWithoutAGroupStandsForItself() {
        Verifier answer = part(Map.of("pattern", "[0-9]+$", "verifiers", TWELVE));

        assertThat(answer.verify(new Answer("", "It is 12")).passed()).isTrue();
    }

    @Test
    void anAnswerWithoutThePartFailsAndSaysWhatIsExpected() {
        assertThat(part(Map.of("pattern", "Answer:(.*)", "verifiers", TWELVE))
                        .verify(new Answer("", "12"))
                        .message())
                .isEqualTo("The answer contains nothing that matches the pattern Answer:(.*)");
        assertThat(part(Map.of("pattern", "Answer:(.*)", "verifiers", TWELVE, "message", "End in Answer: NUMBER"))
                        .verify(new Answer("", "12"))
                        .message())
                .isEqualTo("End in Answer: NUMBER");
    }

    @Test
    void allFailuresAreTold() {
        Check check = part(Map.of(
                        "pattern",
                        "To:(.*)",
                        "verifiers",
                        List.of("punctuation-no-comma", Map.of("length", Map.of("unit", "words", "max", 1)))))
                .verify(new Answer("", "To: one, two"));

        assertThat(check.message()).contains("punctuation-no-comma: ", "; length: ");
    }

    @Test
    void theTaskAndItsMetadataAreSeen() {
        Verifier equation = part(Map.of("pattern", "Answer:(.*)", "verifiers", List.of("equation")));

        assertThat(equation.verify(new Answer("2x=6", "2x/2 = 6/2\nAnswer: x=3"))
                        .passed())
                .isTrue();
        assertThatThrownBy(() -> part(Map.of("pattern", "(?s).*", "verifiers", List.of("python-tests")))
                        .verify(new Answer("", "pass")))
                .isInstanceOf(VerifierUnavailableException.class);
    }

    @ParameterizedTest
    @MethodSource
    void aSettingThatCanNotBeUsedIsToldAtItsPlace(Map<String, Object> settings, String key, String message) {
        SettingException thrown = catchThrowableOfType(SettingException.class, () -> part(settings));

        assertThat(thrown.key()).isEqualTo(key);
        assertThat(thrown).hasMessageContaining(message);
    }

    static List<Arguments> aSettingThatCanNotBeUsedIsToldAtItsPlace() {
        return List.of(
                Arguments.of(Map.of("verifiers", TWELVE), "pattern", "is missing"),
                Arguments.of(Map.of("pattern", "(", "verifiers", TWELVE), "pattern", "'(' is not a pattern"),
                Arguments.of(Map.of("pattern", "a"), "verifiers", "is missing"),
                Arguments.of(Map.of("pattern", "a", "verifiers", List.of()), "verifiers", "a list of verifiers"),
                Arguments.of(Map.of("pattern", "a", "verifiers", "sql"), "verifiers", "a list of verifiers"),
                Arguments.of(
                        Map.of("pattern", "a", "verifiers", List.of("sqll")), "verifiers[0]", "did you mean 'sql'?"),
                Arguments.of(
                        Map.of("pattern", "a", "verifiers", List.of("sql", List.of())),
                        "verifiers[1]",
                        "a verifier's name, or its name and its settings, is expected, not []"),
                Arguments.of(
                        Map.of("pattern", "a", "verifiers", List.of(Map.of("length", Map.of("unit", "miles")))),
                        "verifiers[0].length.unit",
                        "not 'miles'"));
    }

    private static Verifier part(Map<String, Object> settings) {
        return Verifiers.standard().of(new VerifierSpec("part", settings));
    }
}
