package dev.cermin.eval.suite;

import dev.cermin.eval.Item;
import dev.cermin.eval.Score;
import dev.cermin.eval.Suite;
import dev.cermin.verify.Answer;
import dev.cermin.verify.Verifier;
import dev.cermin.verify.VerifierSpec;
import dev.cermin.verify.VerifierUnavailableException;
import dev.cermin.verify.Verifiers;
import dev.cermin.verify.code.Sandbox;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;

/** Chen et al. 2021, arXiv:2107.03374; in Java, HumanEval-X, Zheng et al. 2023, arXiv:2303.17568. */
final class HumanEval {
    static final String PYTHON = "HumanEval.jsonl";
    static final String JAVA = "humaneval_java.jsonl";

    /** For a program that is right on a machine that is not idle; the JVM and its compiler are another matter. */
    static final int SECONDS = 3;

    private static final int JVM_SECONDS = 30;

    private static final String INSTRUCTION =
            "Read the following function signature and docstring, and fully implement the"
                    + " function described. Your response should only contain the code for this function.\n";

    private static final String RAW = "harness: the prompt alone, to be gone on with.";
    private static final String INSTRUCTED =
            "simple-evals: an instruction to implement the function and to answer with code only, then the prompt.";

    private HumanEval() {}

    static Suite python(Path folder, Convention convention) {
        return python(folder, convention, SECONDS);
    }

    static Suite java(Path folder, Convention convention) {
        return java(folder, convention, SECONDS);
    }

    /** @param seconds that a program may take */
    static Suite python(Path folder, Convention convention, int seconds) {
        requireConfinement("humaneval", Sandbox.supported());
        trial("python-tests", Map.of("tests", "pass", "timeout-seconds", JVM_SECONDS), "pass");
        String prompting = prompting(convention) + pythonReading(seconds);
        return suite("humaneval", folder, PYTHON, prompting, row -> {
            String prompt = row.text("prompt");
            String function = row.text("entry_point");
            String tests = row.text("test");
            PythonCompletion completion = new PythonCompletion(prompt, function);
            return item(
                    row,
                    "python",
                    convention,
                    prompt,
                    () -> new CodeScorer(
                            completion::program,
                            "python",
                            verifier(
                                    "python-tests",
                                    Map.of("tests", tests, "entry-point", function, "timeout-seconds", seconds))));
        });
    }

    /** @param seconds that a program may take, beside the JVM and the compiler */
    static Suite java(Path folder, Convention convention, int seconds) {
        requireConfinement("humaneval-java", Sandbox.supported());
        trial("java-compiles", Map.of("timeout-seconds", JVM_SECONDS), "class Trial {}");
        String prompting = prompting(convention) + javaReading(seconds);
        return suite("humaneval-java", folder, JAVA, prompting, row -> {
            String prompt = row.text("prompt");
            JavaCompletion completion = new JavaCompletion(prompt);
            String tests = completion.imports() + row.text("test");
            Supplier<CodeScorer> scorer = () ->
                    new CodeScorer(completion::program, "java", verifier("java-tests", javaSettings(tests, seconds)));
            return item(row, "java", convention, prompt, scorer);
        });
    }

    private static Map<String, Object> javaSettings(String tests, int seconds) {
        return Map.of("tests", tests, "main", "Main", "main-seconds", seconds, "timeout-seconds", JVM_SECONDS);
    }

    static void requireConfinement(String suite, Sandbox.Support support) {
        if (!support.confines()) {
            throw new VerifierUnavailableException(
                    "The suite '%s' runs programs that a model wrote, and that is refused here. %s"
                            .formatted(suite, support.reason()));
        }
    }

    /** What is missing is told before any model is asked. */
    private static void trial(String verifier, Map<String, Object> settings, String code) {
        verifier(verifier, settings).verify(new Answer("", code));
    }

    private static Suite suite(String name, Path folder, String file, String prompting, Function<Row, Item> item) {
        return new Suite(name, name + " " + file, prompting, JsonLines.read(folder.resolve(file), item));
    }

    private static Item item(
            Row row, String category, Convention convention, String prompt, Supplier<CodeScorer> scorer) {
        String id = row.id("task_id");
        String solution = row.text("canonical_solution");
        String input = convention == Convention.HARNESS ? prompt : INSTRUCTION + prompt;
        // a row with faults has no settings for a verifier, and its item is never seen
        return new Item(id, category, input, solution, row.isSound() ? scorer.get() : answer -> unread(id));
    }

    private static Score unread(String id) {
        throw new IllegalStateException(id);
    }

    private static String prompting(Convention convention) {
        return convention == Convention.HARNESS ? RAW : INSTRUCTED;
    }

    private static String pythonReading(int seconds) {
        return """
                 The first fenced block is read, or else the text up to "\\nclass", "\\ndef", "\\n#", "\\nif" or \
                "\\nprint"; code that defines the function follows the prompt, other code goes on with it, and gets \
                back an indent that was stripped. It is right if the tests pass, in a sandbox, within %d \
                s.""".formatted(seconds);
    }

    private static String javaReading(int seconds) {
        return """
                 The first fenced block is read, or else the text; it may be the class, the method, or what goes on \
                with the prompt up to the class's last brace, and missing braces are added. It is right if it compiles \
                and the tests pass, in a sandbox, within %d s; the JVM and its compiler may take %d s in \
                all.""".formatted(seconds, JVM_SECONDS);
    }

    private static Verifier verifier(String name, Map<String, Object> settings) {
        return Verifiers.standard().of(new VerifierSpec(name, settings));
    }
}
