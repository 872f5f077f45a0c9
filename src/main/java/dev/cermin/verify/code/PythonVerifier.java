package dev.cermin.verify.code;

import dev.cermin.verify.Answer;
import dev.cermin.verify.Check;
import dev.cermin.verify.Settings;
import dev.cermin.verify.Verifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Runs the answer's Python and then the tests, in one module and in the {@link Sandbox}: 3 s, 512 MiB. The code is the
 * first fenced block, or the whole answer; the tests fail it by an exception. Functions of the tests named {@code test…}
 * and test cases of {@code unittest} are called as well, and {@code check(entry_point)} where an entry point is given.
 *
 * <p>Settings: {@code tests}, {@code entry-point} (either else from the task's metadata), {@code python} (the
 * interpreter; default {@code python3}), {@code timeout-seconds}, {@code memory-mib}. Blocks until the program ends.
 * Code that sets out to change its own tests, in whose process it runs, is not told from code that is right. Thread-safe.
 */
final class PythonVerifier implements Verifier {
    static final String NAME = "python-tests";
    private static final String ENTRY_POINT = "entry-point";

    private final CodeSettings code;
    private final Optional<String> entryPoint;
    private final String interpreter;

    PythonVerifier(Settings settings) {
        code = CodeSettings.read(settings, Limits.PYTHON);
        entryPoint = settings.optionalText(ENTRY_POINT);
        interpreter = settings.optionalText("python").orElse("python3");
        settings.noOthers();
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Check verify(Answer answer) {
        String tests = CodeSettings.of(code.tests(), answer, CodeSettings.TESTS, NAME);
        List<String> arguments = new ArrayList<>(List.of(Program.INPUT));
        entryPoint
                .or(() -> Optional.ofNullable(answer.metadata().get(ENTRY_POINT)))
                .ifPresent(arguments::add);
        Sandbox.here(); // where there is none, that is told first
        PythonRuntime python = PythonRuntime.of(interpreter);
        String source = CodeBlock.in(answer.output(), "python", "python3", "py");
        Program program = python.program(arguments, source, tests, Report.secret());
        Program trivial = python.program(List.of(Program.INPUT), "", "", Report.secret());
        return Report.of(NAME, program, trivial, code.limits());
    }
}
