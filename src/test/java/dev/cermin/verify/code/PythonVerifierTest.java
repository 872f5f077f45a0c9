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
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PythonVerifierTest {
    private static final String TESTS = """
            assert add(1, 2) == 3
            assert add(2, 2) == 4
            """;
    private static final String RIGHT = "def add(a, b):\n    return a + b\n";

    @Test
    void rightCodePasses() {
        assertThat(check("Here it is:\n```python\n" + RIGHT + "```\nIt adds."))
                .isEqualTo(Check.pass("python-tests", "The tests pass"));
        assertThat(check(RIGHT).passed()).as("without a fence").isTrue();
    }

    @Test
    void wrongCodeFailsWithTheTestAndWhatCameOut() {
        assertThat(check("def add(a, b):\n    return a * b\n").message())
                .isEqualTo(
                        "A test fails:\ntests, line 1: assert add(1, 2) == 3: AssertionError, and the left side is 2");
    }

    @Test
    void anExceptionIsToldWithTheLineOfTheCode() {
        assertThat(check("def add(a, b):\n    c = [a]\n    return c[b]\n").message())
                .isEqualTo("A test fails:\ntests, line 1: assert add(1, 2) == 3:"
                        + " IndexError: list index out of range (line 3)");
    }

    @Test
    void whatIsNoPythonFailsWithTheLine() {
        assertThat(check("def add(a, b):\n    return a +\n").message())
                .isEqualTo("The code is no Python: line 2: invalid syntax: return a +");
    }

    @Test
    void codeWithoutTheFunctionFails() {
        assertThat(check("def sub(a, b):\n    return a - b\n").message())
                .isEqualTo("A test fails:\ntests, line 1: assert add(1, 2) == 3: NameError: name 'add' is not defined");
    }

    @Test
    void theEntryPointIsChecked() {
        Map<String, String> task =
                Map.of("tests", "def check(candidate):\n    assert candidate(2, 2) == 4\n", "entry-point", "add");
        Verifier verifier = verifier(Map.of());

        assertThat(verifier.verify(new Answer("", RIGHT, task)).passed()).isTrue();
        assertThat(verifier.verify(new Answer("", "def add(a, b): return 5", task))
                        .message())
                .contains("assert candidate(2, 2) == 4", "the left side is 5");
        assertThat(verifier.verify(new Answer("", "x = 1", task)).message()).isEqualTo("The code does not define add");
    }

    @Test
    void functionsAndCasesOfTheTestsAreCalledAndAllFailuresAreTold() {
        String tests = """
                import unittest

                def test_small():
                    assert add(1, 2) == 3

                def test_large():
                    assert add(10, 20) == 30

                class Case(unittest.TestCase):
                    def test_zero(self):
                        self.assertEqual(add(0, 1), 1)
                """;
        Verifier verifier = verifier(Map.of("tests", tests));

        assertThat(verifier.verify(new Answer("", RIGHT)).passed()).isTrue();
        assertThat(verifier.verify(new Answer("", "def add(a, b):\n    return a * b\n"))
                        .message())
                .startsWith("3 of the tests fail:\n")
                .contains("test_small: tests, line 4", "test_large: tests, line 7", "test_zero", "0 != 1");
    }

    @Test
    void anAgentsTestsGoBeforeThoseOfATask() {
        Answer answer = new Answer("", RIGHT, Map.of("tests", "assert False"));

        assertThat(verifier(Map.of("tests", TESTS)).verify(answer).passed()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "import os; os._exit(0)",
                "raise SystemExit(0)",
                "import sys; sys.exit()",
                "import os, signal; os.kill(os.getpid(), signal.SIGKILL)",
                "import ctypes; ctypes.string_at(0)",
                "print('passed', flush=True); import os; os._exit(0)",
                "import os, base64; os.write(1, b'passed \\n'); os.write(3, b'started \\npassed \\n'); os._exit(0)",
                "import os; os.ftruncate(3, 0); os._exit(0)",
                "import builtins; builtins.exec = lambda *a: None",
                "import os; os.write = lambda *a: 0",
            })
    void codeThatEndsOrPretendsDoesNotPass(String trick) {
        assertThat(check("def add(a, b):\n    " + trick + "\n    return 0\n" + trick)
                        .passed())
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "open('/etc/passwd')",
                "open('/root/.profile')",
                "import os; os.listdir('/home')",
                "open('/written', 'w')",
                "open('/usr/written', 'w')",
                "open('/input/answer.py', 'a')",
                "import socket; socket.create_connection(('127.0.0.1', 22), 5)",
                "import socket; socket.create_connection(('1.1.1.1', 53), 5)",
                "import socket; socket.getaddrinfo('example.org', 80)",
                "import os; os.environ['CERMIN_SECRET']",
                "import os; os.environ['JAVA_HOME']",
                "import os; os.setuid(1)",
                "import os; os.kill(os.getppid(), 9); os.chroot('/scratch')",
                "bytearray(4 << 30)",
                "open('/scratch/f', 'wb').write(bytes(80 << 20))",
                "import sys; sys.stdin.read(1)[0]",
            })
    void whatTheSandboxDeniesFailsTheCodeWithTheError(String attempt) {
        assertThat(check(attempt + "\n" + RIGHT))
                .returns(false, Check::passed)
                .extracting(Check::message)
                .asString()
                .startsWith("The code fails by itself: ")
                .containsPattern("[eE]rror.*\\(line 1\\)");
    }

    @Test
    void whatHasNoEndIsStoppedAndSaysWhy() {
        Verifier verifier = verifier(Map.of("tests", TESTS, "timeout-seconds", 1));

        assertThat(verifier.verify(new Answer("", "while True: pass")).message())
                .startsWith("The program did not come to the end of its tests: it ")
                .containsAnyOf("did not end within 1 s", "used more than 1 s of CPU time");
        assertThat(verifier.verify(
                                new Answer("", "import os\nwhile True:\n    try: os.fork()\n    except OSError: pass"))
                        .message())
                .contains("did not end within 1 s");
        assertThat(check("while True: print('x' * 1000)").message()).contains("it printed more than 64 KiB");
    }

    @Test
    void whatTheCodePrintsIsInNobodysWay() {
        assertThat(check("print('passed')\n" + RIGHT).passed()).isTrue();
        assertThat(check("print('so far'); import os; os._exit(7)").message())
                .isEqualTo("The program did not come to the end of its tests: it ended with exit status 7");
    }

    @Test
    void whatHasNoTestsJudgesNothing() {
        assertThatThrownBy(() -> verifier(Map.of()).verify(new Answer("", RIGHT)))
                .isInstanceOf(VerifierUnavailableException.class)
                .hasMessage("The verifier 'python-tests' has no tests: give them as its setting 'tests', or in the"
                        + " task's metadata under 'tests'");
        assertUnusable("assert add(1, 2) ==", "The tests are no Python");
        assertUnusable("def check(candidate):\n    assert candidate(1, 2) == 3", "the setting entry-point is missing");
        assertUnusable("import no_such_module", "The tests import no_such_module");
        assertUnusable("def test_it(fixture): pass", "test_it takes arguments");
    }

    @Test
    void anInterpreterThatIsNotThereIsToldWithWhatToInstall() {
        assertThatThrownBy(() -> verifier(Map.of("tests", TESTS, "python", "python-of-nowhere"))
                        .verify(new Answer("", RIGHT)))
                .isInstanceOf(VerifierUnavailableException.class)
                .hasMessageStartingWith("There is no Python 'python-of-nowhere' here.")
                .hasMessageContaining("apt install python3");
    }

    @Test
    void anInterpreterThatDoesNotStartInTheSandboxIsNotBlamedOnTheCode(@TempDir Path folder) throws IOException {
        Path script = Files.writeString(folder.resolve("python"), "#!/bin/sh\necho /usr/bin/false\necho /usr\n");
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));

        assertThatThrownBy(() -> verifier(Map.of("tests", TESTS, "python", script.toString()))
                        .verify(new Answer("", RIGHT)))
                .isInstanceOf(VerifierUnavailableException.class)
                .hasMessage("The verifier 'python-tests' can't start its program in the sandbox:"
                        + " it ended with exit status 1");
    }

    @Test
    void aSettingThatIsNoneIsRefused() {
        assertThatThrownBy(() -> verifier(Map.of("test", TESTS))).isInstanceOf(SettingException.class);
    }

    private static void assertUnusable(String tests, String message) {
        assertThatThrownBy(() -> verifier(Map.of("tests", tests)).verify(new Answer("", RIGHT)))
                .isInstanceOf(VerifierUnavailableException.class)
                .hasMessageContaining(message);
    }

    private static Check check(String answer) {
        return verifier(Map.of("tests", TESTS)).verify(new Answer("", answer));
    }

    /** Patient with a busy machine, unless the test is about time. */
    private static Verifier verifier(Map<String, Object> settings) {
        Map<String, Object> all = new HashMap<>(Map.of("timeout-seconds", 60));
        all.putAll(settings);
        return Verifiers.standard().of(new VerifierSpec("python-tests", all));
    }
}
