package dev.cermin.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class CompositionTest {
    private final Verifier loud =
            Verifier.of("loud", text -> text.equals(text.toUpperCase(java.util.Locale.ROOT)), "It is not in capitals");
    private final Verifier brief = LengthVerifier.words(0, 2);
    private final Verifier broken = Verifier.of("broken", answer -> {
        throw new IllegalStateException("disk full");
    });

    @Test
    void aConditionIsAVerifier() {
        assertThat(loud.verify(new Answer("", "HI"))).isEqualTo(Check.pass("loud", "It holds"));
        assertThat(loud.verify(new Answer("", "hi"))).isEqualTo(Check.fail("loud", "It is not in capitals"));
    }

    @Test
    void allOfThemMustPassAndEveryFailureIsTold() {
        Verifier both = Verifier.allOf("both", loud, brief);

        assertThat(both.name()).isEqualTo("both");
        assertThat(both.verify(new Answer("", "HI")))
                .isEqualTo(Check.pass("both", "loud: It holds; length: The answer has 1 word"));
        assertThat(both.verify(new Answer("", "hi"))).isEqualTo(Check.fail("both", "loud: It is not in capitals"));
        assertThat(both.verify(new Answer("", "one two three")))
                .isEqualTo(Check.fail(
                        "both",
                        "loud: It is not in capitals;"
                                + " length: The answer has 3 words, and at most 2 are asked for: 1 too many"));
    }

    @Test
    void oneOfThemMustPassElseEveryFailureIsTold() {
        Verifier either = Verifier.anyOf("either", loud, brief);

        assertThat(either.verify(new Answer("", "hi")))
                .isEqualTo(Check.pass("either", "length: The answer has 1 word"));
        assertThat(either.verify(new Answer("", "one two three")).message())
                .isEqualTo("loud: It is not in capitals;"
                        + " length: The answer has 3 words, and at most 2 are asked for: 1 too many");
    }

    @Test
    void oneThatThrowsHasFailedAndHidesNoOther() {
        assertThat(Verifier.anyOf("either", broken, brief)
                        .verify(new Answer("", "hi"))
                        .passed())
                .isTrue();
        assertThat(Verifier.allOf("both", broken, loud)
                        .verify(new Answer("", "hi"))
                        .message())
                .isEqualTo("broken: The verifier itself failed: java.lang.IllegalStateException: disk full;"
                        + " loud: It is not in capitals");
    }

    @Test
    void ofNoneThereIsNoComposition() {
        assertThatThrownBy(() -> Verifier.allOf("none")).hasMessage("'none' needs at least one verifier to be made of");
    }
}
