package dev.cermin.verify.code;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.cermin.verify.Answer;
import dev.cermin.verify.Check;
import dev.cermin.verify.SettingException;
import dev.cermin.verify.Settings;
import dev.cermin.verify.Verifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Compiles the answer's Java, by the JDK that this runs on and without annotation processing, and with
 * {@code java-tests} runs JUnit tests against it; all in a JVM of its own in the {@link Sandbox}: 10 s, 512 MiB. The code
 * is the first fenced block of Java, the first of any, or the whole answer, and a class in it may have any name. The
 * tests are compiled with it, as of the same package or importing it.
 *
 * <p>Settings: {@code tests} (else from the task's metadata), {@code main} (a class of the tests whose main method is run
 * in JUnit's place, which then isn't needed; an exception fails the answer), {@code main-seconds} (that it may take; default
 * as long as the whole), {@code class-path} (jars and folders to be seen beside JUnit), {@code timeout-seconds}, {@code
 * memory-mib}. JUnit's launcher and engine are taken from the application's class path, or from that setting. Blocks until
 * the program ends. Thread-safe.
 */
final class JavaVerifier implements Verifier {
    static final String TESTS = "java-tests";
    static final String COMPILES = "java-compiles";

    private static final Map<String, byte[]> TRIVIAL = Map.of("answer.java", "class Trivial {}".getBytes(UTF_8));

    private final String name;
    private final CodeSettings code;
    private final Set<Path> classPath;
    private final List<String> main;

    /** @param main the class whose main method tests and its seconds; empty where JUnit's tests do */
    private JavaVerifier(String name, CodeSettings code, Set<Path> classPath, List<String> main) {
        this.name = name;
        this.code = code;
        this.classPath = classPath;
        this.main = main;
    }

    static JavaVerifier tests(Settings settings) {
        return read(TESTS, settings);
    }

    static JavaVerifier compiles(Settings settings) {
        return read(COMPILES, settings);
    }

    private static JavaVerifier read(String name, Settings settings) {
        CodeSettings code = name.equals(TESTS)
                ? CodeSettings.read(settings, Limits.JAVA)
                : CodeSettings.readLimits(settings, Limits.JAVA);
        Set<Path> classPath = classPath(settings);
        List<String> main = name.equals(TESTS) ? main(settings, code.limits()) : List.of();
        settings.noOthers();
        return new JavaVerifier(name, code, classPath, main);
    }

    private static List<String> main(Settings settings, Limits limits) {
        Optional<String> main = settings.optionalText("main");
        OptionalInt seconds = settings.optionalWhole("main-seconds", 1);
        if (main.isEmpty() && seconds.isPresent()) {
            throw new SettingException("main-seconds", "needs main, the class whose main method is run");
        }
        long most = limits.wallClock().plusMillis(999).toSeconds();
        return main.map(type -> List.of(type, String.valueOf(seconds.isPresent() ? seconds.getAsInt() : most)))
                .orElse(List.of());
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Check verify(Answer answer) {
        Map<String, byte[]> files = new HashMap<>();
        files.put("answer.java", CodeBlock.in(answer.output(), "java").getBytes(UTF_8));
        Set<Path> seen = new LinkedHashSet<>(classPath);
        if (name.equals(TESTS)) {
            String tests = CodeSettings.of(code.tests(), answer, CodeSettings.TESTS, name);
            files.put("tests.java", tests.getBytes(UTF_8));
            seen.addAll(main.isEmpty() ? JUnit.classPath(classPath) : Set.of());
        }
        Sandbox.here(); // where there is none, that is told first
        JavaRuntime java = JavaRuntime.here();
        Program program = java.program(files, List.copyOf(seen), main, code.limits(), Report.secret());
        Program trivial = java.program(TRIVIAL, List.copyOf(seen), List.of(), code.limits(), Report.secret());
        return Report.of(name, program, trivial, code.limits());
    }

    private static Set<Path> classPath(Settings settings) {
        Set<Path> paths = new LinkedHashSet<>();
        for (String text : settings.has("class-path") ? settings.texts("class-path") : List.<String>of()) {
            Path path = Path.of(text).toAbsolutePath();
            if (!Files.isReadable(path)) {
                throw new SettingException("class-path", "a jar or a folder that is there is expected, not " + text);
            }
            paths.add(path);
        }
        return paths;
    }
}
