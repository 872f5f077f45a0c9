package dev.cermin.eval.suite;

import dev.cermin.eval.Item;
import dev.cermin.eval.Suite;
import java.nio.file.Path;

/** Hendrycks et al. 2021, arXiv:2103.03874; MATH-500 is of Lightman et al. 2023, arXiv:2305.20050. */
final class MathProblems {
    static final String FILE = "test.jsonl";

    private static final String HARNESS = """
            harness: four worked examples, then "Problem: … Solution:", as lm-evaluation-harness words it; the \
            examples are written for this project in the style of the usual four. The answer is what follows "The \
            final answer is", or else the last \\boxed{}.""";

    private static final String SIMPLE_EVALS =
            "simple-evals: no examples; the answer is the last line of the form \"Answer: …\".";

    private static final String GRADING = """
             "equivalent" decides: the same text after normalising, or symbolically equal; whole numbers must be the \
            same and fractions reduced; tuples, intervals and matrices are compared element by element, sets and lists \
            in any order; units, degrees, percent and thousands' commas don't count. "text": after normalising alone. \
            simple-evals lets a model judge equality; here a program does. Categories tell answers that are plain \
            numbers from others.""";

    private MathProblems() {}

    static Suite read(Path folder, Convention convention) {
        String prompting = (convention == Convention.HARNESS ? HARNESS : SIMPLE_EVALS) + GRADING;
        return new Suite(
                "math", "math " + FILE, prompting, JsonLines.read(folder.resolve(FILE), row -> item(row, convention)));
    }

    private static Item item(Row row, Convention convention) {
        String id = row.id("unique_id").replaceFirst("^test/", "").replaceFirst("\\.json$", "");
        String problem = row.text("problem");
        String gold = row.text("answer");
        String category = row.text("subject") + (MathGrader.isNumber(gold) ? " · number" : " · other");
        String input = convention == Convention.HARNESS ? MathExamples.before(problem) : simpleEvals(problem);
        return new Item(id, category, input, gold, new MathScorer(gold, convention));
    }

    private static String simpleEvals(String problem) {
        return """
                Solve the following math problem step by step. The last line of your response should be of the form \
                Answer: $ANSWER (without quotes) where $ANSWER is the answer to the problem.

                %s

                Remember to put your answer on its own line after "Answer:", and you do not need to use a \\boxed \
                command.""".formatted(problem);
    }
}
