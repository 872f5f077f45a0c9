package dev.cermin.eval.suite;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cermin.eval.Item;
import dev.cermin.eval.Mark;
import dev.cermin.eval.Score;
import dev.cermin.eval.Suite;
import dev.cermin.verify.Answer;
import dev.cermin.verify.ArithmeticVerifier;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Gsm8kTest {
    private static final List<String> MODELS =
            List.of("6b_finetuning", "6b_verification", "175b_finetuning", "175b_verification");

    @Test
    void everyGoldIsANumberAndScoresAsRight() throws IOException {
        Suite suite = Data.suite("gsm8k", "gsm8k");
        List<JsonNode> lines = Data.lines("gsm8k/test.jsonl");

        assertThat(suite.items()).hasSize(660).extracting(Item::gold).allMatch(gold -> gold.matches("-?[0-9]+"));
        for (int i = 0; i < lines.size(); i++) {
            Item item = suite.items().get(i);
            Score score = Data.score(item.scorer(), lines.get(i).path("answer").asText());
            assertThat(score.marks()).as(item.id()).containsExactly(Mark.of("flexible", true), Mark.of("strict", true));
            assertThat(item.input())
                    .endsWith("Question: "
                            + lines.get(i).path("question").asText().strip() + "\nAnswer:");
        }
    }

    @Test
    void theQuestionCanBeAskedAlone() throws IOException {
        Suite bare = Data.suite("gsm8k", "gsm8k", Convention.BARE);

        assertThat(bare.items().getFirst().input())
                .isEqualTo(Data.lines("gsm8k/test.jsonl")
                        .getFirst()
                        .path("question")
                        .asText()
                        .strip());
        assertThat(bare.prompting()).startsWith("bare: the question alone").contains("\"flexible\" decides");
    }

    /** Real answers of four models, right and wrong; they write {@code A: 18} for {@code #### 18}. */
    @Test
    void recordedSolutionsAreToldApartAsTheirGroundTruthSays() throws IOException {
        List<Item> items = Data.suite("gsm8k", "gsm8k").items();
        List<JsonNode> lines = Data.lines("gsm8k/example_model_solutions.jsonl");
        List<String> disagreements = new ArrayList<>();
        int right = 0;

        for (int i = 0; i < lines.size(); i++) {
            for (String model : MODELS) {
                JsonNode recorded = lines.get(i).path(model);
                String solution = recorded.path("solution").asText();
                boolean isCorrect = recorded.path("is_correct").asBoolean();
                Score asItIs = Data.score(items.get(i).scorer(), solution);
                Score marked = Data.score(items.get(i).scorer(), solution.replaceFirst("A: (?=[^\n]*$)", "#### "));
                right += isCorrect ? 1 : 0;
                if (asItIs.right() != isCorrect || marked.marks().stream().anyMatch(mark -> mark.full() != isCorrect)) {
                    disagreements.add("%s %s: %s, recorded as %s"
                            .formatted(items.get(i).id(), model, asItIs.reason(), isCorrect));
                }
            }
        }

        assertThat(right).isBetween(1, 4 * 660 - 1);
        assertThat(disagreements).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            The total is 18 eggs.\\n#### 18      | 18       | true  | true
            #### $1,800. and so it is 18         | 18       | true  | false
            So she makes $18.                    | 18       | true  | false
            It is 18.00                          | 18.00    | false | false
            #### 18\\nQuestion: What is 2+2?\\n#### 4 | 18   | true  | true
            #### 17 or rather #### 18            | 18       | true  | false
            #### -18                             | -18      | false | false
            It is 18...                          | 18..     | false | false
            18 of 20                             | 20       | false | false
            #### eighteen                        | ''       | false | false
            ''                                   | ''       | false | false
            """)
    void numbersAreReadByBothConventions(String answer, String read, boolean flexible, boolean strict) {
        Score score = Data.score(new NumberScorer("18"), answer.replace("\\n", "\n"));

        assertThat(score.read()).isEqualTo(read);
        assertThat(score.marks()).containsExactly(Mark.of("flexible", flexible), Mark.of("strict", strict));
    }

    @Test
    void theGoldMayHaveCommasAndAPoint() {
        assertThat(Data.score(new NumberScorer("1,800."), "$1800").right()).isTrue();
    }

    @Test
    void theExamplesAreAskedAndWorkedOutRight() {
        String prompt = Gsm8kExamples.before("How many?");

        assertThat(prompt.split("Question: ", -1)).hasSize(7);
        assertThat(prompt).endsWith("\n#### 24\n\nQuestion: How many?\nAnswer:");
        // each <<computation=result>> holds
        var computations = Pattern.compile("<<([^=>]+)=(-?[0-9]+)>>")
                .matcher(prompt)
                .results()
                .toList();
        assertThat(computations)
                .hasSizeGreaterThan(10)
                .allSatisfy(found -> assertThat(new ArithmeticVerifier()
                                .verify(new Answer(found.group(1), found.group(2)))
                                .passed())
                        .as(found.group())
                        .isTrue());
    }
}
