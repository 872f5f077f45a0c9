package dev.cermin.verify.code;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cermin.verify.Answer;
import dev.cermin.verify.Check;
import dev.cermin.verify.VerifierSpec;
import dev.cermin.verify.Verifiers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** What code might try, in either language, and what becomes of it; afterwards nothing of it runs any more. */
class AttemptsTest {
    /** As an argument of the processes that are started, by which those left behind would be found. */
    private static final String MARK = "976531";

    private static final ServerSocket LISTENING = listening();

    /**
     * @param passes whether the code is right all the same: what it tried did no harm
     * @param outcome of the check, as a regular expression
     */
    record Attempt(String language, String what, String code, boolean passes, String outcome) {
        @Override
        public String toString() {
            return language + ": " + what;
        }
    }

    static final List<Attempt> ATTEMPTS = List.of(
            python(
                    "fork bomb",
                    "import os\nwhile True:\n    try: os.fork()\n    except OSError: pass",
                    "did not end within 2 s"),
            java(
                    "fork bomb",
                    "while (true) try { new ProcessBuilder(\"sleep\", \"MARK\").start(); } catch (Exception e) {}",
                    "Main did not end within 2 s|unable to create native thread"),
            java(
                    "thread bomb",
                    "while (true) new Thread(() -> { while (true) { } }).start();",
                    "unable to create native thread|did not end within|CPU time"),
            python("endless output", "while True: print('x' * 1000)", "it printed more than 64 KiB"),
            java(
                    "endless output",
                    "while (true) System.out.println(\"x\".repeat(1000));",
                    "it printed more than 64 KiB"),
            python("exit", "import sys\nsys.exit(0)", "it called exit"),
            python("exit at once", "import os\nos._exit(0)", "it ended with exit status 0"),
            java("exit", "System.exit(0);", "it ended with exit status 0"),
            java("exit at once", "Runtime.getRuntime().halt(0);", "it ended with exit status 0"),
            python("read /etc/passwd", "open('/etc/passwd').read()", "FileNotFoundError.*'/etc/passwd'"),
            java(
                    "read /etc/passwd",
                    "java.nio.file.Files.readString(java.nio.file.Path.of(\"/etc/passwd\"));",
                    "NoSuchFileException: /etc/passwd"),
            python(
                    "connect out",
                    "import socket\nsocket.create_connection(('1.1.1.1', 53), 1)",
                    "OSError: \\[Errno 101\\] Network is unreachable"),
            java("connect out", "new java.net.Socket(\"1.1.1.1\", 53);", "SocketException: Network is unreachable"),
            python(
                    "connect to this machine",
                    "import socket\nsocket.create_connection(('127.0.0.1', PORT), 1)",
                    "Error: \\[Errno (101|111)\\]"),
            java(
                    "connect to this machine",
                    "new java.net.Socket(\"127.0.0.1\", PORT);",
                    "java.net.(Connect|Socket)Exception"),
            python(
                    "memory without end",
                    "x = []\nwhile True: x.append(bytearray(1 << 20))",
                    "MemoryError|512 MiB of memory"),
            java(
                    "memory without end",
                    "var x = new java.util.ArrayList<byte[]>(); while (true) x.add(new byte[1 << 20]);",
                    "OutOfMemoryError|512 MiB of memory"),
            pythonRight(
                    "leave a child behind",
                    "import subprocess\nsubprocess.Popen(['sleep', 'MARK'], start_new_session=True)"),
            javaRight(
                    "leave a child behind",
                    "new ProcessBuilder(\"setsid\", \"-f\", \"sleep\", \"MARK\").start().waitFor();"),
            python("no end", "while True: pass", "did not end within 2 s|2 s of CPU time"),
            java("no end", "while (true) { }", "Main did not end within 2 s"));

    private static Attempt python(String what, String code, String outcome) {
        return new Attempt("Python", what, code, false, outcome);
    }

    private static Attempt pythonRight(String what, String code) {
        return new Attempt("Python", what, code, true, "The tests pass");
    }

    private static Attempt java(String what, String code, String outcome) {
        return new Attempt("Java", what, code, false, outcome);
    }

    private static Attempt javaRight(String what, String code) {
        return new Attempt("Java", what, code, true, "Main comes to its end");
    }

    private static ServerSocket listening() {
        try {
            return new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @AfterAll
    static void stopListening() throws IOException {
        LISTENING.close();
    }

    @ParameterizedTest
    @FieldSource("ATTEMPTS")
    void anAttemptComesToNothing(Attempt attempt) {
        Check check = attempt.language().equals("Python") ? python(attempt) : java(attempt);

        assertThat(check.passed()).as(check.message()).isEqualTo(attempt.passes());
        assertThat(check.message()).containsPattern(attempt.outcome());
        assertThat(left()).isEmpty();
    }

    private static Check python(Attempt attempt) {
        return check(
                "python-tests", Map.of("tests", "pass", "timeout-seconds", patience(attempt)), filled(attempt.code()));
    }

    private static Check java(Attempt attempt) {
        String code = "class Attempt { static void make() throws Exception { %s } }".formatted(filled(attempt.code()));
        String main = "public class Main { public static void main(String[] a) throws Exception { Attempt.make(); } }";
        return check(
                "java-tests",
                Map.of("tests", main, "main", "Main", "main-seconds", patience(attempt), "timeout-seconds", 90),
                code);
    }

    /** Short only where time is what ends it. */
    private static int patience(Attempt attempt) {
        return attempt.outcome().contains("2 s") ? 2 : 60;
    }

    private static String filled(String code) {
        return code.replace("MARK", MARK).replace("PORT", String.valueOf(LISTENING.getLocalPort()));
    }

    private static Check check(String verifier, Map<String, Object> settings, String code) {
        return Verifiers.standard().of(new VerifierSpec(verifier, settings)).verify(new Answer("", code));
    }

    private static List<String> left() {
        Stream<String> commands = ProcessHandle.allProcesses()
                .map(process -> process.info().commandLine().orElse(""));
        return commands.filter(line -> line.contains(MARK)).toList();
    }
}
