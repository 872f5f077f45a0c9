package dev.cermin.eval.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cermin.eval.Item;
import dev.cermin.eval.Score;
import dev.cermin.eval.Suite;
import dev.cermin.json.Json;
import dev.cermin.verify.VerifierUnavailableException;
import dev.cermin.verify.code.Sandbox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Published problems with solutions that are known to be right, and the same with one thing changed. */
class HumanEvalTest {
    /** Mutants of each problem; without that setting, some problems get one. */
    private static final int MUTANTS = Integer.getInteger("cermin.mutants", 0);

    private static final int PATIENT = 60;

    @TempDir
    Path folder;

    @Test
    void solutionsInPythonPass() {
        assertPass(HumanEval.python(Data.at("humaneval"), Convention.HARNESS, PATIENT), 1);
    }

    /** A JVM and a compiler for each: all of them take minutes. */
    @Test
    void solutionsInJavaPass() {
        assertPass(HumanEval.java(Data.at("humaneval_java"), Convention.HARNESS, PATIENT), MUTANTS > 0 ? 1 : 8);
    }

    private static void assertPass(Suite suite, int step) {
        assertThat(suite.items()).hasSize(82);
        assertThat(every(step, suite.items()).parallelStream()
                        .map(item -> item.id() + ": " + failure(item, item.gold()))
                        .filter(told -> !told.endsWith(": "))
                        .toList())
                .isEmpty();
    }

    private static List<Item> every(int step, List<Item> items) {
        return IntStream.range(0, items.size())
                .filter(i -> i % step == 0)
                .mapToObj(items::get)
                .toList();
    }

    private static String failure(Item item, String answer) {
        Score score = Data.score(item.scorer(), answer);
        return score.right() ? "" : score.reason();
    }

    @Test
    void changedSolutionsInPythonFail() {
        assertFail(Suites.named("humaneval").read(Data.at("humaneval")), 4);
    }

    @Test
    void changedSolutionsInJavaFail() {
        assertFail(Suites.named("humaneval-java").read(Data.at("humaneval_java")), 8);
    }

    private static void assertFail(Suite suite, int step) {
        Map<Item, List<Mutant>> chosen = new LinkedHashMap<>();
        List<Item> items = every(MUTANTS > 0 ? 1 : step, suite.items());
        for (Item item : items) {
            chosen.put(item, some(Mutant.of(item.gold()), chosen.size()));
        }

        List<String> survivors = chosen.entrySet().parallelStream()
                .flatMap(entry -> entry.getValue().parallelStream()
                        .filter(mutant -> Data.score(entry.getKey().scorer(), mutant.program())
                                .right())
                        .map(mutant -> entry.getKey().id() + ": " + mutant.change()))
                .sorted()
                .toList();
        int all = chosen.values().stream().mapToInt(List::size).sum();
        assertThat(all).isGreaterThan(items.size() * 3 / 4);
        assertThat(survivors).as("of %d changed solutions, these pass", all).isSubsetOf(Survivors.known());
    }

    @Test
    void repliesOfEitherShapeAreRun() throws IOException {
        String prompt = "def twice(n):\n    \"\"\" Twice n. \"\"\"\n";
        String row = Json.text(Map.of(
                "task_id", "HumanEval/0",
                "prompt", prompt,
                "entry_point", "twice",
                "canonical_solution", "    return 2 * n",
                "test", "def check(candidate):\n    assert candidate(2) == 4\n"));
        Files.writeString(folder.resolve(HumanEval.PYTHON), row);
        Item raw = Suites.named("humaneval")
                .read(folder, SuiteOptions.DEFAULT.withConvention(Convention.HARNESS))
                .items()
                .getFirst();
        Item instructed = Suites.named("humaneval").read(folder).items().getFirst();

        assertThat(raw.input()).isEqualTo(prompt);
        assertThat(instructed.input())
                .startsWith("Read the following function signature")
                .endsWith(prompt);
        assertThat(failure(raw, "return 2 * n")).isEmpty();
        assertThat(failure(instructed, "Here:\n```python\ndef twice(n):\n    return n + n\n```"))
                .isEmpty();
        assertThat(failure(raw, "    return 3 * n")).contains("AssertionError");
        assertThat(failure(raw, "    while True: pass")).containsPattern("did not end within 3 s|3 s of CPU time");
        assertThat(failure(raw, "")).isNotEmpty();
    }

    @Test
    void withoutASandboxNothingIsRead() {
        Sandbox.Support none =
                new Sandbox.Support(false, "Programs can be confined on Linux only, and this is Plan 9.");

        assertThatThrownBy(() -> HumanEval.requireConfinement("humaneval", none))
                .isInstanceOf(VerifierUnavailableException.class)
                .hasMessage("The suite 'humaneval' runs programs that a model wrote, and that is refused here."
                        + " Programs can be confined on Linux only, and this is Plan 9.");
    }

    @Test
    void anInterruptedThreadIsTold() {
        Item item = Suites.named("humaneval").read(Data.at("humaneval")).items().getFirst();
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> item.scorer().score(item.gold())).isInstanceOf(InterruptedException.class);
        assertThat(Thread.interrupted()).isFalse();
    }

    @Test
    void whatARowLacksIsTold() throws IOException {
        Files.writeString(
                folder.resolve(HumanEval.JAVA), "{\"task_id\": \"Java/0\", \"prompt\": \"class Solution {\"}\n");

        assertThatThrownBy(() -> Suites.named("humaneval-java").read(folder))
                .isInstanceOf(SuiteException.class)
                .hasMessageContaining("humaneval_java.jsonl:1: test: is missing; a text is expected")
                .hasMessageContaining("humaneval_java.jsonl:1: canonical_solution: is missing; a text is expected");
    }

    /** So that every kind of change has its turn. */
    private static List<Mutant> some(List<Mutant> mutants, int turn) {
        int most = Math.min(Math.max(1, MUTANTS), mutants.size());
        return IntStream.range(0, most)
                .mapToObj(i -> mutants.get((turn * 7 + i) % mutants.size()))
                .toList();
    }
}
