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
import java.lang.reflect.InvocationTargetException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class JavaVerifierTest {
    private static final String TESTS = """
            import static org.junit.jupiter.api.Assertions.*;
            import org.junit.jupiter.api.*;

            class AdderTest {
                @Test void addsSmall() { assertEquals(3, new Adder().add(1, 2)); }
                @Test void addsLarge() { assertEquals(30, new Adder().add(10, 20)); }
                @Nested class Negative {
                    @Test void adds() { assertEquals(-3, new Adder().add(-1, -2), "below zero"); }
                }
            }
            """;

    @Test
    void rightCodePasses() {
        assertThat(
                        check(
                                "Here:\n```java\npublic class Adder {\n    int add(int a, int b) { return a + b; }\n}\n```\nDone."))
                .isEqualTo(Check.pass("java-tests", "All 3 tests pass"));
    }

    @Test
    void everyFailingTestIsToldWithItsMessage() {
        assertThat(check(adding("return a > 9 ? new int[] {a}[b] : a * b;")).message())
                .startsWith("3 of 3 tests fail:\n")
                .contains(
                        "addsSmall(): expected: <3> but was: <2>",
                        "addsLarge(): java.lang.ArrayIndexOutOfBoundsException:"
                                + " Index 20 out of bounds for length 1 (line 2)",
                        "Negative > adds(): below zero ==> expected: <-3> but was: <2>");
    }

    @Test
    void whatDoesNotCompileFailsWithTheLines() {
        Verifier compiles = verifier("java-compiles", Map.of());

        assertThat(compiles.verify(new Answer("", adding("return a + c;"))).message())
                .isEqualTo("The code does not compile:\nline 2: cannot find symbol\n"
                        + "  symbol:   variable c\n  location: class Adder");
        assertThat(compiles.verify(new Answer("", adding("return a + b;"))))
                .isEqualTo(Check.pass("java-compiles", "The code compiles"));
        assertThat(compiles.verify(new Answer("", "It adds.")).passed()).isFalse();
    }

    @Test
    void codeThatTheTestsDoNotFitFailsWithWhatTheyAsk() {
        assertThat(check("class Adder {}").message())
                .startsWith("The tests do not compile against the code:\ntests, line 5: cannot find symbol")
                .contains("method add(int,int)");
    }

    @Test
    void codeThatEndsOrPretendsDoesNotPass() {
        List<String> tricks = List.of(
                "System.out.println(\"passed\"); Runtime.getRuntime().halt(0);",
                "if (a < 10) sneak(new org.opentest4j.TestAbortedException());",
                "sneak(new AssertionError() { public String getMessage() { throw new RuntimeException(); } });");

        assertThat(tricks.parallelStream()
                        .filter(trick -> check(adding(trick + " return a + b;")).passed()))
                .isEmpty();
    }

    @Test
    void codeOfJUnitsNameIsRefused() {
        Answer answer = new Answer("", "package org.junit.jupiter.api; public class Assertions {}");

        assertThat(verifier("java-compiles", Map.of()).verify(answer).message())
                .isEqualTo("The code must not define classes of others, such as org.junit.jupiter.api.Assertions");
    }

    @Test
    void whatTheSandboxDeniesFailsTheTestsWithTheError() throws IOException {
        try (ServerSocket here = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String message = attempts(here.getLocalPort());

            assertThat(message)
                    .contains(
                            "home(): java.nio.file.NoSuchFileException",
                            "passwords(): java.nio.file.NoSuchFileException",
                            "write(): java.nio.file.FileSystemException: /written: Read-only file system",
                            "loopback(): java.net.",
                            "outside(): java.net.SocketException: Network is unreachable",
                            "secret(): java.lang.NullPointerException",
                            "program(): java.io.IOException");
        }
    }

    private static String attempts(int port) {
        String attempts = """
                import java.net.*;
                import java.nio.file.*;
                class Tries {
                    void home() throws Exception { Files.list(Path.of("%s", ".m2")); }
                    void passwords() throws Exception { Files.readString(Path.of("/etc/passwd")); }
                    void write() throws Exception { Files.writeString(Path.of("/written"), ""); }
                    void loopback() throws Exception { new Socket("127.0.0.1", %d); }
                    void outside() throws Exception { new Socket("1.1.1.1", 53); }
                    void secret() { System.getenv("CERMIN_SECRET").length(); }
                    void program() throws Exception { new ProcessBuilder("/input/none").start(); }
                }
                """.formatted(System.getProperty("user.home"), port);
        String tests = """
                class TriesTest {
                    @org.junit.jupiter.api.Test void home() throws Exception { new Tries().home(); }
                    @org.junit.jupiter.api.Test void passwords() throws Exception { new Tries().passwords(); }
                    @org.junit.jupiter.api.Test void write() throws Exception { new Tries().write(); }
                    @org.junit.jupiter.api.Test void loopback() throws Exception { new Tries().loopback(); }
                    @org.junit.jupiter.api.Test void outside() throws Exception { new Tries().outside(); }
                    @org.junit.jupiter.api.Test void secret() { new Tries().secret(); }
                    @org.junit.jupiter.api.Test void program() throws Exception { new Tries().program(); }
                }
                """;

        return verifier("java-tests", Map.of("tests", tests))
                .verify(new Answer("", attempts))
                .message();
    }

    @Test
    void memoryWithoutEndFailsTheTest() {
        assertThat(check(adding("long[][] all = new long[1000][]; for (int i = 0;; i++) all[i] = new long[1 << 20];"))
                        .message())
                .contains(
                        "adds",
                        "(): java.lang.OutOfMemoryError: Java heap space (line 2); what comes after it did not run");
    }

    @Test
    void aTestWithoutEndIsStopped() {
        Verifier verifier = verifier("java-tests", Map.of("tests", TESTS, "timeout-seconds", 3));
        String sleeping = adding("try { Thread.sleep(100_000); } catch (InterruptedException e) { } return a + b;");

        assertThat(verifier.verify(new Answer("", sleeping)).message())
                .startsWith("The program did not come to the end of its tests: it did not end within 3 s");
    }

    @Test
    void theTestThatTheProgramEndedInIsNamed() {
        assertThat(check(adding("System.exit(0); return 0;")).message())
                .startsWith(
                        "The program did not come to the end of its tests: it ended with exit status 0 during the test ")
                .contains("adds");
    }

    @Test
    void whatHasNoTestsJudgesNothing() {
        Answer right = new Answer("", adding("return a + b;"));

        assertThatThrownBy(() -> verifier("java-tests", Map.of("tests", "class Nothing {}"))
                        .verify(right))
                .isInstanceOf(VerifierUnavailableException.class)
                .hasMessageContaining("The tests hold no JUnit test");
        assertThatThrownBy(() -> verifier("java-tests", Map.of("tests", "class Broken {"))
                        .verify(right))
                .isInstanceOf(VerifierUnavailableException.class)
                .hasMessageContaining("The tests are no Java:\ntests, line 1");
        assertThatThrownBy(() -> verifier("java-tests", Map.of()).verify(right))
                .isInstanceOf(VerifierUnavailableException.class)
                .hasMessageContaining("has no tests");
    }

    @Test
    void aMainMethodMayBeTheTests() {
        Map<String, Object> settings = Map.of("tests", """
                public class Main {
                    public static void main(String[] arguments) {
                        if (new Adder().add(1, 2) != 3) throw new AssertionError("1+2");
                    }
                }
                """, "main", "Main", "main-seconds", 2);
        Verifier verifier = verifier("java-tests", settings);

        assertThat(verifier.verify(new Answer("", adding("return a + b;"))))
                .isEqualTo(Check.pass("java-tests", "Main comes to its end"));
        assertThat(verifier.verify(new Answer("", adding("return a * b;"))).message())
                .isEqualTo("Main fails: 1+2");
        assertThat(verifier.verify(new Answer("", adding("int[] none = {}; return none[a];")))
                        .message())
                .isEqualTo(
                        "Main fails: java.lang.ArrayIndexOutOfBoundsException: Index 1 out of bounds for length 0 (line 2)");
        assertThat(verifier.verify(new Answer("", adding("while (true) { }"))).message())
                .isEqualTo("Main did not end within 2 s");
    }

    @Test
    void aMainMethodThatIsNotThereJudgesNothing() {
        Verifier verifier = verifier("java-tests", Map.of("tests", "class Other {}", "main", "Main"));

        assertThatThrownBy(() -> verifier.verify(new Answer("", adding("return a + b;"))))
                .isInstanceOf(VerifierUnavailableException.class)
                .hasMessageContaining("The tests hold no class Main with a method main(String[])");
        assertThatThrownBy(() -> verifier("java-tests", Map.of("main-seconds", 3)))
                .isInstanceOf(SettingException.class)
                .hasMessageContaining("needs main");
    }

    @Test
    void testsAreNoSettingOfWhatOnlyCompiles() {
        assertThatThrownBy(() -> verifier("java-compiles", Map.of("tests", TESTS)))
                .isInstanceOf(SettingException.class)
                .hasMessageContaining("known are [class-path, memory-mib, timeout-seconds]");
    }

    @Test
    void aClassPathThatIsNotThereIsRefused() {
        assertThatThrownBy(() -> verifier("java-compiles", Map.of("class-path", "/is/not/there.jar")))
                .isInstanceOf(SettingException.class)
                .hasMessageContaining("/is/not/there.jar");
    }

    @Test
    void withoutJUnitItSaysWhatToAdd() throws ReflectiveOperationException, IOException {
        URL cermin = Verifiers.class.getProtectionDomain().getCodeSource().getLocation();
        try (URLClassLoader alone = new URLClassLoader(new URL[] {cermin}, ClassLoader.getPlatformClassLoader())) {
            Class<?> junit = alone.loadClass(JUnit.class.getName());
            var find = junit.getDeclaredMethod("classPath", Set.class);
            find.setAccessible(true);

            assertThatThrownBy(() -> find.invoke(null, Set.of()))
                    .isInstanceOf(InvocationTargetException.class)
                    .cause()
                    .hasMessageContaining(
                            "Add org.junit.platform:junit-platform-launcher and org.junit.jupiter:junit-jupiter");
        }
    }

    private static String adding(String body) {
        return """
                class Adder {
                    int add(int a, int b) { %s }
                    @SuppressWarnings("unchecked")
                    static <T extends Throwable> void sneak(Throwable thrown) throws T { throw (T) thrown; }
                }
                """.formatted(body);
    }

    private static Check check(String answer) {
        return verifier("java-tests", Map.of("tests", TESTS)).verify(new Answer("", answer));
    }

    /** Patient with a busy machine, unless the test is about time. */
    private static Verifier verifier(String name, Map<String, Object> settings) {
        Map<String, Object> all = new HashMap<>(Map.of("timeout-seconds", 90));
        all.putAll(settings);
        return Verifiers.standard().of(new VerifierSpec(name, all));
    }
}
