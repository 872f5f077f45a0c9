package dev.cermin.verify.code.inside;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The main class of the sandbox's JVM. Arguments: the folder with {@code answer.java} and, where there are tests,
 * {@code tests.java}; the compiler's class path; and where it is a main method that tests, its class and how many seconds it
 * may take; standard input: a secret. What was found is one line on standard output, and its first word is the secret, which
 * the answer's code has no way to ask for.
 */
public final class JavaHarness {
    private JavaHarness() {}

    public static void main(String... arguments) throws IOException {
        String secret = new String(System.in.readAllBytes(), UTF_8);
        OutputStream report = new FileOutputStream(FileDescriptor.out);
        // what the answer prints is no report
        System.setOut(new PrintStream(new FileOutputStream(FileDescriptor.err), true, UTF_8));
        Locale.setDefault(Locale.ENGLISH);
        say(report, "started", "");

        Path folder = Path.of(arguments[0]);
        Path tests = folder.resolve("tests.java");
        Finding finding;
        try (SourceCompiler compiler = new SourceCompiler(arguments[1])) {
            Source answer = new Source(Source.ANSWER, Files.readString(folder.resolve(Source.ANSWER)));
            finding = !Files.exists(tests)
                    ? compiler.compile(answer)
                    : compiler.compile(
                            answer,
                            new Source(Source.TESTS, Files.readString(tests)),
                            (loader, names) -> run(arguments, loader, names, name -> say(report, "running", name)));
        }
        say(report, secret + " " + finding.kind(), finding.message());
        // threads that the answer left behind don't hold it up
        Runtime.getRuntime().halt(0);
    }

    private static Finding run(String[] arguments, ClassLoader loader, Set<String> names, Consumer<String> running) {
        return arguments.length > 3
                ? new MainRun(arguments[2], Duration.ofSeconds(Integer.parseInt(arguments[3]))).run(loader)
                : new TestRun(running).run(loader, names);
    }

    private static void say(OutputStream report, String what, String text) {
        String line = what + " " + Base64.getEncoder().encodeToString(text.getBytes(UTF_8)) + "\n";
        try {
            report.write(line.getBytes(UTF_8));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
