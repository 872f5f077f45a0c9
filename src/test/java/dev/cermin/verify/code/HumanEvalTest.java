package dev.cermin.verify.code;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.cermin.json.Json;
import dev.cermin.verify.Answer;
import dev.cermin.verify.Check;
import dev.cermin.verify.Verifier;
import dev.cermin.verify.VerifierSpec;
import dev.cermin.verify.Verifiers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Published problems with solutions that are known to be right, and the same with one operator turned round. */
class HumanEvalTest {
    private static final Path DATA = Path.of("../shared/data");
    private static final Map<String, String> TURNED =
            Map.of(" < ", " >= ", " > ", " <= ", " == ", " != ", " + ", " - ");

    @Test
    void solutionsInPythonPassAndTurnedOnesFail() throws IOException {
        Verifier verifier = verifier("python-tests");

        assertTold(
                "humaneval/HumanEval.jsonl",
                Set.of("0", "3", "31", "56", "75"),
                Set.of("0", "3", "31", "56", "75"),
                (problem, solution) -> {
                    Map<String, String> task =
                            Map.of("tests", problem.get("test"), "entry-point", problem.get("entry_point"));
                    return verifier.verify(
                            new Answer("", "```python\n" + problem.get("prompt") + solution + "\n```", task));
                });
    }

    @Test
    void solutionsInJavaPassAndTurnedOnesFail() throws IOException {
        Verifier verifier = verifier("java-tests");

        assertTold(
                "humaneval_java/humaneval_java.jsonl",
                Set.of("3", "30", "42", "53", "63"),
                Set.of("30", "63"),
                (problem, solution) -> {
                    String tests = "import java.util.*;\n" + problem.get("test")
                            + "\nclass MainTest { @org.junit.jupiter.api.Test void main() { Main.main(new String[0]); } }";
                    return verifier.verify(new Answer(
                            "", "```java\n" + problem.get("prompt") + solution + "\n```", Map.of("tests", tests)));
                });
    }

    /** Checks a solution to a problem. */
    private interface Checking {
        Check check(Map<String, String> problem, String solution);
    }

    private static void assertTold(String file, Set<String> right, Set<String> turned, Checking checking)
            throws IOException {
        Path path = DATA.resolve(file);
        assumeTrue(Files.exists(path), path + " is needed: the published problems, which this project does not copy");
        try (Stream<String> lines = Files.lines(path)) {
            List<Map<String, String>> problems = lines.map(
                            line -> Json.read(line, new TypeReference<Map<String, String>>() {}))
                    .toList();
            of(problems, right).forEach(problem -> {
                Check check = checking.check(problem, problem.get("canonical_solution"));
                assertThat(check.passed()).as(problem.get("task_id") + check).isTrue();
            });
            of(problems, turned).forEach(problem -> {
                Check check = checking.check(problem, turned(problem.get("canonical_solution")));
                assertThat(check.passed()).as(problem.get("task_id") + check).isFalse();
                assertThat(check.message()).contains("AssertionError");
            });
        }
    }

    private static Stream<Map<String, String>> of(List<Map<String, String>> problems, Set<String> numbers) {
        return problems.parallelStream()
                .filter(problem -> numbers.contains(problem.get("task_id").replaceAll(".*/", "")));
    }

    private static String turned(String solution) {
        return TURNED.keySet().stream()
                .sorted()
                .filter(solution::contains)
                .findFirst()
                .map(operator -> solution.replaceFirst(Pattern.quote(operator), TURNED.get(operator)))
                .orElseThrow();
    }

    private static Verifier verifier(String name) {
        return Verifiers.standard().of(new VerifierSpec(name, Map.of("timeout-seconds", 60)));
    }
}
