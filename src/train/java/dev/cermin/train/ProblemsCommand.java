package dev.cermin.train;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.cermin.problem.Family;
import dev.cermin.problem.Family.Split;
import dev.cermin.problem.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "problems",
        description = "Prints problems as tasks for 'cermin submit --lines', whose traces are to be learned from.",
        mixinStandardHelpOptions = true,
        showDefaultValues = true)
final class ProblemsCommand implements Callable<Integer> {
    @Option(
            names = "--family",
            split = ",",
            description = "Of ${COMPLETION-CANDIDATES}; default: all. They take turns.")
    private List<Family> families = List.of(Family.values());

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
        List<List<Problem>> asked = new ArrayList<>();
        for (Family family : families) {
            asked.add(Exam.problems(family, split, count, seed));
        }
        for (int i = 0; i < count; i++) {
            for (List<Problem> problems : asked) {
                Problem problem = problems.get(i);
                System.out.println(JsonNodeFactory.instance
                        .objectNode()
                        .put("agent", agent(problem.family()))
                        .put("input", problem.question()));
            }
        }
        return 0;
    }

    /** Of those that come with Cermin. */
    private static String agent(Family family) {
        return switch (family) {
            case LINEAR, QUADRATIC -> "equations";
            case PRODUCT -> "arithmetic";
            case TIME -> "durations";
            case PAIR -> "equation-systems";
        };
    }
}
