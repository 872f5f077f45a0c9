package dev.cermin.verify.code;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cermin.verify.Answer;
import dev.cermin.verify.Check;
import dev.cermin.verify.SettingException;
import dev.cermin.verify.Verifier;
import dev.cermin.verify.VerifierSpec;
import dev.cermin.verify.VerifierUnavailableException;
import dev.cermin.verify.Verifiers;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SpeedVerifierTest {
    private static final String SLOW = """
            def pairs(numbers, total):
                found = 0
                for i in range(len(numbers)):
                    for j in range(i + 1, len(numbers)):
                        if numbers[i] + numbers[j] == total:
                            found += 1
                return found
            """;
    private static final String FAST = """
            def pairs(numbers, total):
                seen, found = {}, 0
                for number in numbers:
                    found += seen.get(total - number, 0)
                    seen[number] = seen.get(number, 0) + 1
                return found
            """;
    private static final String WORKLOAD = """
            data = [i * 7 % 1009 for i in range(1500)]

            def workload():
                return pairs(data, 1009)
            """;

    private static final String JAVA_SLOW = """
            class Fibonacci {
                static long of(int n) { return n < 2 ? n : of(n - 1) + of(n - 2); }
            }
            """;
    private static final String JAVA_FAST = """
            class Fibonacci {
                static long of(int n) {
                    long a = 0, b = 1;
                    for (int i = 0; i < n; i++) { long c = a + b; a = b; b = c; }
                    return a;
                }
            }
            """;
    private static final String JAVA_WORKLOAD = """
            class Workload {
                static long[] run() { return new long[] {Fibonacci.of(36)}; }
            }
            """;

    @Test
    void fasterPythonPassesWithBothTimesAndTheFactor() {
        Check check = python(Map.of("factor", 5)).verify(answer(SLOW, FAST));

        assertThat(check.passed()).as(check.message()).isTrue();
        assertThat(check.message())
                .matches("[0-9.]+ times as fast: [0-9.]+ ms of CPU time, where the reference takes [0-9.]+ ms"
                        + " \\(medians of 3 rounds\\)");
    }

    @Test
    void codeThatIsNoFasterFailsWithBothTimesAndTheFactorExpected() {
        Check check = python(Map.of("factor", 5, "rounds", 1)).verify(answer(SLOW, SLOW));

        assertThat(check.passed()).isFalse();
        assertThat(check.message())
                .matches(
                        "(?:Not faster, )?[0-9.]+ times as fast: [0-9.]+ ms of CPU time, where the reference takes [0-9.]+ ms"
                                + " \\(one round\\); 5 times as fast is expected");
    }

    @Test
    void fasterJavaPassesAndTheSameCodeFails() {
        Verifier verifier = java(Map.of("workload", JAVA_WORKLOAD, "factor", 3, "rounds", 1));

        Check fast = verifier.verify(new Answer(fenced("java", JAVA_SLOW), fenced("java", JAVA_FAST)));
        assertThat(fast.passed()).as(fast.message()).isTrue();
        Check same = verifier.verify(new Answer(fenced("java", JAVA_SLOW), fenced("java", JAVA_SLOW)));
        assertThat(same.message()).endsWith("; 3 times as fast is expected");
    }

    @Test
    void workThatIsDoneElsewhereIsCountedToo() {
        String process = """
                import os

                def pairs(numbers, total):
                    read, write = os.pipe()
                    child = os.fork()
                    if child == 0:
                        os.write(write, str(slow(numbers, total)).encode())
                        os._exit(0)
                    os.waitpid(child, 0)
                    return int(os.read(read, 100))
                """;
        String threads = """
                import threading

                def pairs(numbers, total):
                    found = []
                    thread = threading.Thread(target=lambda: found.append(slow(numbers, total)))
                    thread.start()
                    thread.join()
                    return found[0]
                """;
        for (String elsewhere : List.of(process, threads)) {
            String code = elsewhere + SLOW.replace("pairs", "slow");
            assertThat(python(Map.of("factor", 5, "rounds", 1))
                            .verify(answer(SLOW, code))
                            .message())
                    .endsWith("; 5 times as fast is expected");
        }
    }

    @Test
    void anotherResultFailsHoweverFast() {
        assertThat(python(Map.of())
                        .verify(answer(SLOW, "def pairs(numbers, total): return 1"))
                        .message())
                .matches("The workload comes to 1, and with the reference to [0-9]+");
        Verifier java = java(Map.of("workload", JAVA_WORKLOAD));
        assertThat(java.verify(new Answer(
                                fenced("java", JAVA_SLOW), "class Fibonacci { static long of(int n) { return n; } }"))
                        .message())
                .isEqualTo("The workload comes to [36], and with the reference to [14930352]");
    }

    @Test
    void aLongResultIsComparedToItsEnd() {
        String work = "def workload(): return text()";
        Verifier verifier = python(Map.of("workload", work));

        assertThat(verifier.verify(answer(
                                "def text(): return 'x' * 100000 + 'a'", "def text(): return 'x' * 100000 + 'b'"))
                        .message())
                .startsWith("The workload comes to 'xxxx")
                .hasSizeLessThan(600);
    }

    @Test
    void codeThatFailsIsToldWithItsLine() {
        assertThat(python(Map.of())
                        .verify(answer(SLOW, "def pairs(a, b):\n    return a[-b * 9]"))
                        .message())
                .isEqualTo("The workload fails: IndexError: list index out of range (line 2)");
        assertThat(python(Map.of()).verify(answer(SLOW, "def pairs(a, b")).message())
                .startsWith("The code is no Python: line 1");
        assertThat(python(Map.of()).verify(answer(SLOW, "1 / 0")).message())
                .isEqualTo("The code fails by itself: ZeroDivisionError: division by zero (line 1)");
        Verifier java = java(Map.of("workload", JAVA_WORKLOAD));
        String task = fenced("java", JAVA_SLOW);
        assertThat(java.verify(new Answer(task, "class Fibonacci {}")).message())
                .startsWith("The workload does not compile against the code:\nworkload, line 2: cannot find symbol");
        assertThat(java.verify(new Answer(task, "class Fibonacci {\n static long of(int n) { return 1 / (n - n); } }"))
                        .message())
                .isEqualTo("The workload fails: java.lang.ArithmeticException: / by zero (line 2)");
        assertThat(java.verify(new Answer(task, "class Fibonacci {")).message())
                .startsWith("The code does not compile:\nline 1: ");
    }

    @Test
    void whatHasNoEndIsStopped() {
        assertThat(python(Map.of("timeout-seconds", 1))
                        .verify(answer("def pairs(a, b): return 1", "def pairs(a, b):\n    while True: pass"))
                        .message())
                .startsWith("The program did not come to the end of its workload: it ");
    }

    @Test
    void theTaskGivesWhatTheSettingsDoNot() {
        Map<String, String> task = Map.of("workload", WORKLOAD, "reference", SLOW, "factor", "1.5");
        Map<String, String> impossible = Map.of("workload", WORKLOAD, "reference", SLOW, "factor", "1e6");
        Verifier verifier = verifier("python-speed", Map.of("rounds", 1));

        assertThat(verifier.verify(new Answer("Make it faster", FAST, task)).passed())
                .isTrue();
        assertThat(verifier.verify(new Answer("Make it faster", FAST, impossible))
                        .message())
                .endsWith("; 1000000 times as fast is expected");
    }

    @Test
    void whatCanNotBeMeasuredJudgesNothing() {
        assertUnavailable(verifier("python-speed", Map.of()), "has no workload: give");
        assertUnavailable(verifier("java-speed", Map.of("workload", "x")), "has no reference: give");
        assertUnavailable(
                python(Map.of("reference", "def pears(): pass")), "The reference: The workload fails: NameError");
        assertUnavailable(
                python(Map.of("reference", SLOW, "workload", "def work(): pass")), "define a function workload()");
        assertUnavailable(python(Map.of("reference", SLOW, "workload", "def work(")), "The workload is no Python");
        assertUnavailable(
                java(Map.of("reference", JAVA_SLOW, "workload", "class Work {}")),
                "to have a class Workload with a static method run()");
        assertUnavailable(
                java(Map.of("reference", JAVA_SLOW, "workload", "class Workload {")), "The workload is no Java");
        assertThatThrownBy(() -> verifier("python-speed", Map.of("workload", WORKLOAD, "reference", SLOW))
                        .verify(new Answer("", FAST, Map.of("factor", "fast"))))
                .isInstanceOf(VerifierUnavailableException.class)
                .hasMessage("The task's metadata has the factor 'fast', and a number above 1 is expected");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "0.5", "fast", "NaN", "Infinity"})
    void aFactorIsANumberAboveOne(String factor) {
        assertThatThrownBy(() -> verifier("java-speed", Map.of("factor", factor)))
                .isInstanceOf(SettingException.class)
                .hasMessage("a number above 1 is expected, not " + factor);
    }

    @Test
    void medianTimesDecide() {
        Race race = new Race();
        race.round("100000000\nd\n1", "10000000\nd\n1");
        race.round("900000000\nd\n1", "20000000\nd\n1");
        race.round("120000000\nd\n1", "500000000\nd\n1");

        assertThat(race.factor()).isEqualTo(6.0);
        assertThat(race.describe())
                .isEqualTo(
                        "6 times as fast: 20 ms of CPU time, where the reference takes 120 ms (medians of 3 rounds)");
    }

    private static void assertUnavailable(Verifier verifier, String message) {
        assertThatThrownBy(() -> verifier.verify(new Answer("Make it faster", FAST)))
                .isInstanceOf(VerifierUnavailableException.class)
                .hasMessageContaining(message);
    }

    private static Answer answer(String slow, String fast) {
        return new Answer("Make this faster:\n" + fenced("python", slow), "Done:\n" + fenced("python", fast));
    }

    private static String fenced(String language, String code) {
        return "```%s\n%s\n```".formatted(language, code);
    }

    private static Verifier python(Map<String, Object> settings) {
        return verifier("python-speed", with(settings, "workload", WORKLOAD));
    }

    private static Verifier java(Map<String, Object> settings) {
        return verifier("java-speed", settings);
    }

    private static Map<String, Object> with(Map<String, Object> settings, String key, Object otherwise) {
        Map<String, Object> all = new HashMap<>(settings);
        all.putIfAbsent(key, otherwise);
        return all;
    }

    /** Patient with a busy machine, unless the test is about time. */
    private static Verifier verifier(String name, Map<String, Object> settings) {
        return Verifiers.standard().of(new VerifierSpec(name, with(settings, "timeout-seconds", 60)));
    }
}
