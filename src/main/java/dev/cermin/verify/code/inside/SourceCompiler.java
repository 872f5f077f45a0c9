package dev.cermin.verify.code.inside;

import com.sun.source.util.JavacTask;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** The JDK's compiler, without annotation processing, on texts. */
final class SourceCompiler implements AutoCloseable {
    /** Errors told at most. */
    private static final int TOLD = 20;

    private static final Set<String> OTHERS = Set.of("org.junit.", "org.opentest4j.", "dev.cermin.");

    private final JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    private final StandardJavaFileManager files = compiler.getStandardFileManager(null, Locale.ENGLISH, null);
    private final List<String> options;

    SourceCompiler(String classPath) {
        options = List.of("-proc:none", "-Xlint:none", "-g", "-parameters", "-classpath", classPath);
    }

    /** The answer alone. */
    Finding compile(Source answer) {
        return compile(List.of(answer), (loader, names) -> Finding.passed("The code compiles"));
    }

    /** With tests or a workload; what they came to is for {@code run}, with the names of those classes. */
    Finding compile(Source answer, Source other, BiFunction<ClassLoader, Set<String>, Finding> run) {
        return compile(List.of(other, answer), run);
    }

    private Finding compile(List<Source> sources, BiFunction<ClassLoader, Set<String>, Finding> run) {
        DiagnosticCollector<JavaFileObject> said = new DiagnosticCollector<>();
        ClassFiles classes = new ClassFiles(files);
        if (!compiler.getTask(null, classes, said, options, null, sources).call()) {
            return errors(said, sources);
        }
        if (!classes.holds(Source.ANSWER)) {
            return Finding.failed("The code defines no class");
        }
        for (String name : classes.names()) {
            if (OTHERS.stream().anyMatch(name::startsWith)) {
                return Finding.failed("The code must not define classes of others, such as " + name);
            }
        }
        return run.apply(
                classes.loader(), classes.topLevel(sources.getFirst().getName().replaceFirst("^/", "")));
    }

    private Finding errors(DiagnosticCollector<JavaFileObject> said, List<Source> sources) {
        String inAnswer = told(said, Source.ANSWER);
        if (!inAnswer.isEmpty()) {
            return Finding.failed("The code does not compile:\n" + inAnswer);
        }
        DiagnosticCollector<JavaFileObject> alone = new DiagnosticCollector<>();
        try {
            ((JavacTask) compiler.getTask(null, files, alone, options, null, List.of(sources.getFirst()))).parse();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        boolean tests = sources.getFirst().getName().endsWith(Source.TESTS);
        String inOther = told(alone, "");
        return inOther.isEmpty()
                ? Finding.failed("The %s not compile against the code:\n%s"
                        .formatted(tests ? "tests do" : "workload does", told(said, "")))
                : Finding.unusable("The %s no Java:\n%s".formatted(tests ? "tests are" : "workload is", inOther));
    }

    @Override
    public void close() throws IOException {
        files.close();
    }

    /** The errors in a source, or in all for an empty name. */
    private static String told(DiagnosticCollector<JavaFileObject> said, String source) {
        return said.getDiagnostics().stream()
                .filter(diagnostic -> diagnostic.getKind() == Diagnostic.Kind.ERROR)
                .filter(diagnostic -> source.isEmpty() || isIn(diagnostic, source))
                .limit(TOLD)
                .map(SourceCompiler::told)
                .collect(Collectors.joining("\n"));
    }

    private static String told(Diagnostic<? extends JavaFileObject> diagnostic) {
        String where =
                isIn(diagnostic, Source.TESTS) ? "tests, " : isIn(diagnostic, Source.WORKLOAD) ? "workload, " : "";
        return where + "line "
                + diagnostic.getLineNumber() + ": "
                + diagnostic.getMessage(Locale.ENGLISH).strip();
    }

    private static boolean isIn(Diagnostic<? extends JavaFileObject> diagnostic, String source) {
        return diagnostic.getSource() != null
                && diagnostic.getSource().getName().endsWith(source);
    }
}
