package dev.cermin.train;

import dev.cermin.problem.Family;
import dev.cermin.problem.Family.Split;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "problems",
        description = "Prints problems, a line each: tasks for the agents whose traces are to be learned from.",
        mixinStandardHelpOptions = true,
        showDefaultValues = true)
final class ProblemsCommand implements Callable<Integer> {
    @Option(
            names = "--family",
            split = ",",
            description = "Of ${COMPLETION-CANDIDATES}; they take turns.",
            defaultValue = "LINEAR,QUADRATIC")
    private List<Family> families = List.of();

    @Option(
            names = "--split",
            description = "Of ${COMPLETION-CANDIDATES}; what is measured on TEST may not be learned.")
    private Split split = Split.LEARN;

    @Option(names = "--count", description = "Of each family.")
    private int count = 100;

    @Option(names = "--seed")
    private long seed = 1;

    @Override
    public Integer call() {
        List<List<String>> asked = new ArrayList<>();
        for (Family family : families) {
            asked.add(Exam.problems(family, split, count, seed).stream()
                    .map(problem -> problem.question())
                    .toList());
        }
        for (int i = 0; i < count; i++) {
            for (List<String> questions : asked) {
                System.out.println(questions.get(i));
            }
        }
        return 0;
    }
}
