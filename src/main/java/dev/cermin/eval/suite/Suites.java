package dev.cermin.eval.suite;

import static dev.cermin.eval.suite.Convention.BARE;
import static dev.cermin.eval.suite.Convention.HARNESS;
import static dev.cermin.eval.suite.Convention.SIMPLE_EVALS;

import dev.cermin.eval.suite.SuiteReader.Home;
import dev.cermin.text.Names;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The suites by name.
 *
 * {@snippet :
 * Suite suite = Suites.named("gsm8k").read(Path.of("data"));
 * Suite fresh = Suites.named("equations").read(null, SuiteOptions.DEFAULT.withProblems(200, 7));
 * }
 */
public final class Suites {
    private static final TreeMap<String, SuiteReader> ALL = new TreeMap<>();

    static {
        Stream.of(
                        SuiteReader.ofSeed(
                                "equations",
                                "linear and quadratic equations within the bundled model's reach, made by a seed",
                                Families::equations),
                        SuiteReader.ofSeed(
                                "arithmetic",
                                "products of two-digit numbers within the bundled model's reach, made by a seed",
                                Families::arithmetic),
                        SuiteReader.ofSeed(
                                "equation-systems",
                                "two equations in x and y within the bundled model's reach, made by a seed",
                                Families::equationSystems),
                        SuiteReader.ofSeed(
                                "durations",
                                "hours and minutes, times a number, within the bundled model's reach, made by a seed",
                                Families::durations),
                        SuiteReader.ofFiles(
                                "gsm8k",
                                "grade-school word problems, of test.jsonl",
                                List.of(HARNESS, BARE),
                                new Home("gsm8k", Gsm8k.FILE),
                                Gsm8k::read),
                        SuiteReader.ofFiles(
                                "math",
                                "competition problems, MATH-500's or others so written, of test.jsonl",
                                List.of(SIMPLE_EVALS, HARNESS),
                                new Home("math500", MathProblems.FILE),
                                MathProblems::read),
                        SuiteReader.ofFiles(
                                "mmlu",
                                "multiple choice in 57 subjects, of dev/*.csv and test/*.csv or val/*.csv",
                                List.of(SIMPLE_EVALS, HARNESS),
                                new Home("mmlu", Mmlu.TEST, Mmlu.VALIDATION),
                                Mmlu::read),
                        SuiteReader.ofFiles(
                                "ifeval",
                                "instructions whose following can be checked, of input_data.jsonl",
                                List.of(HARNESS),
                                new Home("ifeval", IfevalItems.FILE),
                                IfevalItems::read),
                        SuiteReader.ofFiles(
                                "humaneval",
                                "functions in Python with tests, of HumanEval.jsonl; run in a sandbox, on Linux only",
                                List.of(SIMPLE_EVALS, HARNESS),
                                new Home("humaneval", HumanEval.PYTHON),
                                HumanEval::python),
                        SuiteReader.ofFiles(
                                "humaneval-java",
                                "the same in Java, of humaneval_java.jsonl; run in a sandbox, on Linux only",
                                List.of(SIMPLE_EVALS, HARNESS),
                                new Home("humaneval_java", HumanEval.JAVA),
                                HumanEval::java))
                .forEach(reader -> ALL.put(reader.name(), reader));
    }

    private Suites() {}

    /** Sorted. */
    public static Set<String> names() {
        return Collections.unmodifiableSet(ALL.keySet());
    }

    /** @throws IllegalArgumentException for a name that isn't there; the message lists those that are */
    public static SuiteReader named(String name) {
        SuiteReader reader = ALL.get(name);
        if (reader == null) {
            throw new IllegalArgumentException("There is no suite '%s'; known are %s%s"
                    .formatted(name, String.join(", ", names()), Names.hint(name, names())));
        }
        return reader;
    }
}
