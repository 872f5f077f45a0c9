package dev.cermin.eval.suite;

import static dev.cermin.eval.suite.Convention.HARNESS;
import static dev.cermin.eval.suite.Convention.SIMPLE_EVALS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cermin.eval.Item;
import dev.cermin.eval.Suite;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MmluTest {
    @Test
    void everyQuestionOfEverySubjectIsAskedByBothConventions() {
        Suite harness = Data.suite("mmlu", "mmlu", HARNESS);
        Suite simple = Data.suite("mmlu", "mmlu", SIMPLE_EVALS);

        assertThat(harness.items()).hasSize(1531);
        assertThat(harness.items().stream().map(Item::category).distinct()).hasSize(57);
        assertThat(harness.source()).isEqualTo("mmlu val");
        assertThat(simple.items())
                .extracting(Item::id)
                .isEqualTo(harness.items().stream().map(Item::id).toList())
                .doesNotHaveDuplicates();
        assertThat(harness.items()).allSatisfy(item -> {
            assertThat(item.input())
                    .startsWith("The following are multiple choice questions (with answers) about " + item.category()
                            + ".\n\n")
                    .endsWith("\nAnswer:");
            assertThat(item.input().split("\nAnswer: [ABCD]\n\n", -1)).hasSize(6);
        });
        assertThat(simple.items())
                .allSatisfy(item -> assertThat(item.input())
                        .startsWith("Answer the following multiple choice question.")
                        .contains("\n\nA) ", "\nB) ", "\nC) ", "\nD) "));
    }

    @Test
    void everyGoldAndNoOtherLetterScoresAsRight() {
        for (Convention convention : Suites.named("mmlu").conventions()) {
            String reply = convention == HARNESS ? " %s" : "Let me think.\n\nAnswer: %s";
            for (Item item : Data.suite("mmlu", "mmlu", convention).items()) {
                List<String> right = List.of("A", "B", "C", "D").stream()
                        .filter(letter -> Data.score(item.scorer(), reply.formatted(letter))
                                .right())
                        .toList();
                assertThat(right).as(item.id()).containsExactly(item.gold());
            }
        }
    }

    @Test
    void simpleEvalsIsTheDefault() {
        assertThat(Data.suite("mmlu", "mmlu").prompting()).startsWith("simple-evals: ");
        assertThat(Suites.named("mmlu").conventions()).containsExactly(SIMPLE_EVALS, HARNESS);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            B                        | B
            ' B'                     | B
            B.                       | B
            (B) because              | B
            B) 42                    | B
            **B**                    | B
            Answer: B                | B
            B\\n\\nThe reason is A.  | B
            A good answer is B       | ''
            A's answer               | ''
            The answer is B          | ''
            Both                     | ''
            b                        | ''
            E                        | ''
            ''                       | ''
            """)
    void aLetterIsReadFromTheStartOfTheReply(String reply, String letter) {
        assertThat(MultipleChoice.startingLetter(reply.replace("\\n", "\n")).orElse(""))
                .isEqualTo(letter);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Answer: C                | C
            So it is.\\nanswer : $c$ | C
            ANSWER:C\\nAnswer: D     | C
            **Answer: C**            | C
            Answer:\\nC              | ''
            The answer is C          | ''
            Answer: (C)              | ''
            Answer: E                | ''
            C                        | ''
            """)
    void aLetterIsReadFromTheAnswersLine(String reply, String letter) {
        assertThat(MultipleChoice.answerLine(reply.replace("\\n", "\n")).orElse(""))
                .isEqualTo(letter);
    }

    @Test
    void theGreatestLikelihoodDecides() {
        assertThat(MultipleChoice.byLikelihood('C', -3.2, -1.5, -0.4, -7))
                .returns("C", score -> score.read())
                .returns(true, score -> score.right());
        assertThat(MultipleChoice.byLikelihood('C', -0.3, -1.5, -0.4, -7).reason())
                .isEqualTo("A, where C is right");
        assertThat(MultipleChoice.byLikelihood('B', Double.NEGATIVE_INFINITY, -1, -1, -1)
                        .read())
                .as("equal ones")
                .isEqualTo("B");
        assertThatThrownBy(() -> MultipleChoice.byLikelihood('C', -1, -2, -3)).hasMessageContaining("not 3 and 'C'");
        assertThatThrownBy(() -> MultipleChoice.byLikelihood('E', -1, -2, -3, -4))
                .hasMessageContaining("'E'");
        assertThatThrownBy(() -> MultipleChoice.byLikelihood('A', -1, Double.NaN, -3, -4))
                .hasMessage("The log-likelihood of B is not a number");
    }
}
