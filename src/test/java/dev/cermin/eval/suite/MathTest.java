package dev.cermin.eval.suite;

import static dev.cermin.eval.suite.Convention.HARNESS;
import static dev.cermin.eval.suite.Convention.SIMPLE_EVALS;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cermin.eval.Item;
import dev.cermin.eval.Mark;
import dev.cermin.eval.Score;
import dev.cermin.eval.Suite;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MathTest {
    /** How else a right answer may be written; what doesn't apply to an answer leaves it as it is. */
    private static final Map<String, UnaryOperator<String>> FORMS = Map.of(
            "in dollars", answer -> "$" + answer + "$",
            "in display", answer -> "\\[" + answer + "\\]",
            "boxed", answer -> "$\\boxed{" + answer + "}$.",
            "bold", answer -> "**" + answer + "**",
            "large fractions", answer -> answer.replace("\\frac", "\\dfrac"),
            "sized brackets",
                    answer -> answer.replace("\\left", "")
                            .replace("\\right", "")
                            .replace("(", "\\left(")
                            .replace(")", "\\right)"),
            "spaced",
                    answer -> answer.contains("\\!")
                            ? answer
                            : answer.replace(",", " ,\\, ").replace("+", " + "),
            "an equation", answer -> answer.contains("=") || answer.contains("text") ? answer : "x = " + answer,
            "a degree spelt out", answer -> answer.replace("^\\circ", " degrees"),
            "a plus or minus written out",
                    answer -> answer.replace("1 \\pm \\sqrt{19}", "1-\\sqrt{19} \\text{ and } 1+\\sqrt{19}"));

    @Test
    void everyGoldEqualsItselfInEveryForm() {
        for (Item item : Data.suite("math", "math500").items()) {
            FORMS.forEach((form, write) -> assertThat(MathGrader.same(item.gold(), write.apply(item.gold())))
                    .as("%s: %s %s", item.id(), write.apply(item.gold()), form)
                    .isTrue());
        }
    }

    /** Among the answers that are more than a number, for units, names and bases don't count. */
    @Test
    void noGoldEqualsAnother() {
        List<String> golds = Data.suite("math", "math500").items().stream()
                .filter(item -> item.category().endsWith("other"))
                .map(item -> item.gold().replace(" ", ""))
                .distinct()
                .toList();
        for (String gold : golds) {
            assertThat(golds.stream().filter(other -> MathGrader.same(gold, other)))
                    .as(gold)
                    .containsExactly(gold);
        }
    }

    @Test
    void theReferenceSolutionsAreReadByTheirBox() throws IOException {
        Map<String, String> golds = new HashMap<>();
        Map<String, Item> items = new HashMap<>();
        Data.suite("math", "math500", HARNESS).items().forEach(item -> items.put(item.id(), item));
        for (JsonNode line : Data.lines("math500/test.jsonl")) {
            String id = line.path("unique_id").asText().replaceAll("^test/|\\.json$", "");
            Score score =
                    Data.score(items.get(id).scorer(), line.path("solution").asText());
            golds.put(id, score.read());
            assertThat(score.right()).as(id + ": " + score.reason()).isTrue();
        }
        assertThat(golds).hasSize(250);
    }

    @Test
    void itemsAreCountedBySubjectAndKindOfAnswer() {
        Suite suite = Data.suite("math", "math500");

        assertThat(suite.items()).hasSize(250);
        assertThat(suite.items())
                .filteredOn(item -> item.category().endsWith(" · number"))
                .hasSize(159);
        assertThat(suite.items()).extracting(Item::category).contains("Algebra · number", "Precalculus · other");
        assertThat(suite.prompting()).startsWith("simple-evals: ");
        assertThat(suite.items().getFirst().input())
                .startsWith("Solve the following")
                .endsWith("a \\boxed command.");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            \\frac{1}{2}             | 1/2
            \\frac{1}{2}             | 0.5
            \\frac{1}{2}             | .50
            \\frac12                 | \\tfrac{1}{2}
            -\\frac{1}{2}            | \\frac{-1}{2}
            -\\frac{1}{2}            | \\frac{1}{-2}
            \\frac{3}{2}             | 1\\frac{1}{2}
            \\frac{3}{2}             | 1 1/2
            \\frac{\\sqrt{3}}{3}     | 1/\\sqrt3
            3\\sqrt{13}              | \\sqrt{117}
            2k+2                     | 2(k+1)
            (a+5)(b+2)               | (b+2)(a+5)
            p - q                    | -q+p
            1+274i                   | 274i + 1
            x=5                      | 5
            5                        | x=5
            5x - 7y + 11z + 4 = 0    | 7y - 5x - 11z - 4 = 0
            y=2x+1                   | 2x+1
            (3,4]                    | \\left( 3, 4 \\right]
            (2,\\infty)              | (2, +\\infty)
            (2,\\infty)              | x \\in (2,∞)
            (-\\infty,0)\\cup(1,2)   | (1,2) ∪ (-∞, 0)
            \\left( 3, \\frac{\\pi}{2} \\right) | (3, \\pi/2)
            (\\frac{3}{2}, -13)      | (1.5, -13)
            \\begin{pmatrix} -1/3 \\\\ 2/3 \\end{pmatrix} | \\begin{bmatrix} -\\frac13 \\\\ \\frac23 \\end{bmatrix}
            \\begin{pmatrix} -1 & 0 \\\\ 0 & -1 \\end{pmatrix} | \\begin{pmatrix} -1 & 0 \\\\ 0 & -1 \\\\ \\end{pmatrix}
            1,-2                     | -2, 1
            1,-2                     | x = 1 \\text{ or } x = -2
            3, 5, 7                  | \\{7, 5, 3\\}
            1 \\pm \\sqrt{19}        | 1+\\sqrt{19}, 1-\\sqrt{19}
            \\pm 3                   | 3 and -3
            90^\\circ                | 90
            90^\\circ                | 90^{\\circ}
            30                       | 30°
            12                       | 12\\text{ cm}^2
            12                       | 12 square inches
            12                       | 12 \\mbox{ cm}
            \\frac{270}7\\text{ degrees} | 38\\frac{4}{7}
            \\$32,\\!348             | 32348
            \\$32,\\!348             | $32,348
            10,\\!080                | 10{,}080
            11,\\! 111,\\! 111,\\! 100 | 11111111100
            50\\%                    | 50
            4                        | 4.0
            4                        | +4
            52_8                     | 52_{8}
            52_8                     | 52
            .0000672                 | 6.72 \\times 10^{-5}
            \\text{(C)}              | C
            \\text{(C)}              | (C)
            \\text{Evelyn}           | evelyn
            \\text{even}             | even
            \\cot x                  | \\cot  x
            \\text{odd}              | \\textbf{odd}
            """)
    void equivalentFormsAreEqual(String gold, String given) {
        assertThat(MathGrader.same(gold, given)).isTrue();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            \\frac{1}{2}             | \\frac{2}{4}
            \\frac{1}{2}             | \\frac{1}{3}
            \\frac{1}{3}             | 0.333
            \\frac{1}{2}             | -\\frac{1}{2}
            \\frac{3}{2}             | 1\\frac{1}{3}
            4                        | \\frac{8}{2}
            4                        | 2+2
            4                        | 4.01
            4                        | -4
            4                        | four
            4                        | 4, 5
            4                        | ""
            2                        | \\sqrt{4}
            3\\sqrt{13}              | 3\\sqrt{12}
            2k+2                     | 2k
            (3,4]                    | (3,4)
            (3,4]                    | [3,4]
            (3,4]                    | (4,3]
            (2,\\infty)              | (-\\infty,2)
            (-\\infty,0)\\cup(1,2)   | (-\\infty,0)
            (-\\infty,0)\\cup(1,2)   | (-\\infty,0)\\cup(1,3)
            (15,-29)                 | (-29,15)
            (15,-29)                 | 15,-29
            (15,-29)                 | (15,-29,0)
            (1,2)                    | 12
            \\begin{pmatrix} 1 \\\\ 2 \\end{pmatrix} | \\begin{pmatrix} 1 & 2 \\end{pmatrix}
            \\begin{pmatrix} 1 \\\\ 2 \\end{pmatrix} | \\begin{pmatrix} 2 \\\\ 1 \\end{pmatrix}
            1,-2                     | 1
            1,-2                     | 1,2
            1,-2                     | 1,-2,3
            3, 3, 7                  | 3, 7, 7
            1 \\pm \\sqrt{19}        | 1+\\sqrt{19}
            52_8                     | 52_9
            52_8                     | 53_8
            52_8                     | 42
            90^\\circ                | 91^\\circ
            12                       | 12\\frac{1}{2} cm
            \\text{(C)}              | B
            \\text{even}             | odd
            \\text{odd}              | dod
            \\cot x                  | \\tan x
            x=5                      | x=-5
            5x - 7y + 11z + 4 = 0    | 5x - 7y + 11z = 0
            10,\\!080                | 10
            """)
    void nearMissesAreNot(String gold, String given) {
        assertThat(MathGrader.same(gold, given)).isFalse();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            Final Answer: The final answer is $[0,3]$. I hope it is correct.     | $[0,3]$
            The final answer is 5. I hope it is correct.\\n\\nProblem:\\nThe final answer is 6. | 5
            the final answer is $2.5$                                            | $2.5$
            So \\boxed{4} and then \\boxed{\\frac{1}{2}}.                        | \\frac{1}{2}
            So \\fbox{\\{1,2\\}}                                                  | \\{1,2\\}
            So \\boxed{4} and \\boxed{5                                          | 4
            Answer: 5                                                            | ""
            """)
    void theHarnessReadsTheFinalAnswerOrTheLastBox(String solution, String answer) {
        assertThat(MathAnswer.in(solution.replace("\\n", "\n"), HARNESS).orElse(""))
                .isEqualTo(answer);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            So it is.\\nAnswer: $\\frac{1}{2}$   | $\\frac{1}{2}$
            Answer: 4\\nNo.\\n**Answer: 5**      | 5**
            answer : 5\\nDone.                   | 5
            \\boxed{5}                           | ""
            """)
    void simpleEvalsReadsTheLastAnswerLine(String solution, String answer) {
        assertThat(MathAnswer.in(solution.replace("\\n", "\n"), SIMPLE_EVALS).orElse(""))
                .isEqualTo(answer);
    }

    @Test
    void theTextAloneIsTheSecondMark() {
        Function<String, List<Mark>> marks =
                solution -> Data.score(new MathScorer("\\frac{1}{2}", SIMPLE_EVALS), solution)
                        .marks();

        assertThat(marks.apply("Answer: $\\dfrac12$"))
                .containsExactly(Mark.of("equivalent", true), Mark.of("text", true));
        assertThat(marks.apply("Answer: 0.5")).containsExactly(Mark.of("equivalent", true), Mark.of("text", false));
        assertThat(marks.apply("Answer: 2")).containsExactly(Mark.of("equivalent", false), Mark.of("text", false));
        assertThat(marks.apply("0.5")).containsExactly(Mark.of("equivalent", false), Mark.of("text", false));
    }

    @Test
    void theExamplesBeforeAProblemEndInTheirBox() {
        String prompt = MathExamples.before("What?");

        assertThat(prompt.split("Problem:\n", -1)).hasSize(6);
        for (String example : prompt.split("Problem:\n", -1)) {
            if (example.contains("Final Answer")) {
                String box = MathAnswer.boxed(example).orElseThrow();
                assertThat(MathAnswer.in(example, HARNESS)).contains("$" + box + "$");
            }
        }
    }
}
