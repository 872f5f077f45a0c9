package dev.cermin.eval.suite;

import dev.cermin.eval.Item;
import dev.cermin.eval.Suite;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Cobbe et al. 2021, arXiv:2110.14168. */
final class Gsm8k {
    static final String FILE = "test.jsonl";

    private static final String HARNESS = """
            harness: five worked examples, then "Question: … Answer:", as lm-evaluation-harness words it; the examples \
            are written for this project in the style of the training set, whose own are not part of it. \
            """;

    private static final String BARE = "bare: the question alone, no examples. ";

    private static final String READING = """
            What follows "Question:" in an answer is left out. "flexible" decides: the last number of the answer, for agents word \
            their answers in their own way; "strict" is the first number after "####". Numbers are the same as text, \
            without "," and "$" and a "." at the end.""";

    private Gsm8k() {}

    static Suite read(Path folder, Convention convention) {
        Path file = folder.resolve(FILE);
        boolean bare = convention == Convention.BARE;
        List<Item> items = JsonLines.read(file, row -> item(row, bare));
        return new Suite("gsm8k", "gsm8k " + FILE, (bare ? BARE : HARNESS) + READING, items);
    }

    private static Item item(Row row, boolean bare) {
        String question = row.text("question");
        String answer = row.text("answer");
        Optional<String> gold = NumberScorer.strict(answer);
        if (row.isSound() && gold.isEmpty()) {
            row.fault("answer", "ends in no '#### NUMBER', which is expected");
        }
        String number = gold.orElse("");
        return new Item(
                "gsm8k/" + row.line(),
                "word problems",
                bare ? question.strip() : Gsm8kExamples.before(question),
                number,
                new NumberScorer(number));
    }
}
