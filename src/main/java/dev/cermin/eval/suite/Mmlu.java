package dev.cermin.eval.suite;

import dev.cermin.eval.Item;
import dev.cermin.eval.Scorer;
import dev.cermin.eval.Suite;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Hendrycks et al. 2021, arXiv:2009.03300: files by subject, in {@code dev} and {@code test}, or else {@code val}. */
final class Mmlu {
    static final String TEST = "test";
    static final String VALIDATION = "val";

    private static final String EXAMPLES = "dev";
    private static final int SHOTS = 5;

    private static final String HARNESS = """
            harness: five examples of the subject from dev, then the question, A. to D., and "Answer:", as \
            lm-evaluation-harness words it. It compares the log-likelihoods of the letters, which chat models don't \
            tell: here the letter that the reply starts with counts, so figures are near to the harness's, not the \
            same.""";

    private static final String SIMPLE_EVALS = """
            simple-evals: no examples, think step by step; the first match of "(?i)Answer[ \\t]*:[ \
            \\t]*\\$?([A-D])\\$?" counts.""";

    private Mmlu() {}

    static Suite read(Path folder, Convention convention) {
        Faults faults = new Faults();
        String split = Files.isDirectory(folder.resolve(TEST)) ? TEST : VALIDATION;
        List<Item> items = new ArrayList<>();
        for (Path file : files(folder.resolve(split))) {
            String subject = file.getFileName().toString().replaceFirst("(_%s)?\\.csv$".formatted(split), "");
            String before = convention == Convention.HARNESS ? examples(folder, subject, faults) : "";
            for (Question question : QuestionFile.read(file, faults)) {
                char gold = question.letter();
                Scorer scorer = reply -> MultipleChoice.byReply(gold, convention, reply);
                String input = convention == Convention.HARNESS ? before + question.harness() : question.simpleEvals();
                items.add(new Item(
                        subject + "/" + question.number(),
                        subject.replace('_', ' '),
                        input,
                        String.valueOf(gold),
                        scorer));
            }
        }
        faults.throwIfAny();
        String prompting = convention == Convention.HARNESS ? HARNESS : SIMPLE_EVALS;
        return new Suite("mmlu", "mmlu " + split, prompting, items);
    }

    private static String examples(Path folder, String subject, Faults faults) {
        Path file = folder.resolve(EXAMPLES).resolve(subject + "_" + EXAMPLES + ".csv");
        int before = faults.count();
        List<Question> examples = QuestionFile.read(file, faults);
        if (examples.size() < SHOTS && faults.count() == before) {
            faults.add(file, 0, "", "has %d examples; %d are expected".formatted(examples.size(), SHOTS));
        }
        StringBuilder text =
                new StringBuilder("The following are multiple choice questions (with answers) about %s.\n\n"
                        .formatted(subject.replace('_', ' ')));
        for (Question example : examples.stream().limit(SHOTS).toList()) {
            text.append(example.harness()).append(' ').append(example.letter()).append("\n\n");
        }
        return text.toString();
    }

    private static List<Path> files(Path folder) {
        try (Stream<Path> all = Files.list(folder)) {
            List<Path> files = all.filter(file -> file.toString().endsWith(".csv"))
                    .sorted()
                    .toList();
            if (files.isEmpty()) {
                throw Faults.only(folder, "holds no CSV file; MMLU's, one for each subject, are expected");
            }
            return files;
        } catch (IOException e) {
            throw new UncheckedIOException("The folder " + folder + " can't be read", e);
        }
    }
}
