package dev.cermin.verify.code;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.cermin.verify.Answer;
import dev.cermin.verify.Check;
import dev.cermin.verify.SettingException;
import dev.cermin.verify.Settings;
import dev.cermin.verify.Verifier;
import dev.cermin.verify.VerifierUnavailableException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Measures whether the answer's code is faster than other code that does the same. Both do one workload in the
 * {@link Sandbox}, in turns, each time in a process of its own, so that nothing is kept from one time to the next. The
 * code must first come to the same result, and its median time must then be a given factor shorter. Times are CPU time of
 * the workload alone, of all threads, which other programs on the machine disturb least: to share the same work among
 * threads, or to wait less, is not faster. Compilers and what the workload prepares are not counted.
 *
 * <p>The workload is in Python source that defines {@code workload()}, called where the code's names are known; in Java a
 * class {@code Workload} with a static method {@code run()}, of the code's package or importing it. What they return is
 * compared as text: Java's by {@code toString}, arrays by their elements, Python's by {@code repr}.
 *
 * <p>Settings: {@code workload}, {@code reference} (the code to be faster than), {@code factor} (above 1, default 2),
 * either else from the task's metadata; a reference that is in neither is the first fenced block of the task's text.
 * Then {@code rounds} (each runs both, default 3), {@code timeout-seconds} (of each run; Java 10, Python 3),
 * {@code memory-mib} (512), and for Python {@code python}. Blocks for all of the runs; a factor near the one
 * asked for is a matter of chance all the same. Python code that sets out to deceive the clock, in whose process it runs, is
 * not told from fast code. Thread-safe.
 */
final class SpeedVerifier implements Verifier {
    static final String JAVA = "java-speed";
    static final String PYTHON = "python-speed";

    private static final String WORKLOAD = "workload";
    private static final String REFERENCE = "reference";
    private static final String FACTOR = "factor";
    private static final double DEFAULT_FACTOR = 2;
    private static final int DEFAULT_ROUNDS = 3;

    private final String name;
    private final String[] languages;
    private final Limits limits;
    private final Optional<String> workload;
    private final Optional<String> reference;
    private final Optional<Double> factor;
    private final int rounds;
    private final Programs programs;

    /** Makes the program that times code at a workload. */
    private interface Programs {
        Program of(String code, String workload, Limits limits);
    }

    private SpeedVerifier(String name, Settings settings, Limits defaults, Programs programs, String... languages) {
        this.name = name;
        this.languages = languages;
        this.limits = CodeSettings.readLimits(settings, defaults).limits();
        this.workload = settings.optionalText(WORKLOAD);
        this.reference = settings.optionalText(REFERENCE);
        this.factor = settings.optionalText(FACTOR)
                .map(text -> number(text)
                        .orElseThrow(() -> new SettingException(FACTOR, "a number above 1 is expected, not " + text)));
        this.rounds = settings.optionalWhole("rounds", 1).orElse(DEFAULT_ROUNDS);
        this.programs = programs;
        settings.noOthers();
    }

    static SpeedVerifier java(Settings settings) {
        return new SpeedVerifier(JAVA, settings, Limits.JAVA, SpeedVerifier::javaProgram, "java");
    }

    static SpeedVerifier python(Settings settings) {
        String interpreter = settings.optionalText("python").orElse("python3");
        Programs programs =
                (code, workload, limits) -> PythonRuntime.of(interpreter).timed(code, workload, Report.secret());
        return new SpeedVerifier(PYTHON, settings, Limits.PYTHON, programs, "python", "python3", "py");
    }

    private static Program javaProgram(String code, String workload, Limits limits) {
        Map<String, byte[]> files =
                Map.of("answer.java", code.getBytes(UTF_8), "workload.java", workload.getBytes(UTF_8));
        return JavaRuntime.here().program(files, List.of(), List.of(), limits, Report.secret());
    }

    private static Optional<Double> number(String text) {
        try {
            double number = Double.parseDouble(text);
            return number > 1 && Double.isFinite(number) ? Optional.of(number) : Optional.empty();
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Check verify(Answer answer) {
        String work = CodeSettings.of(workload, answer, WORKLOAD, name);
        String slow = reference
                .or(() -> Optional.ofNullable(answer.metadata().get(REFERENCE)))
                .or(() -> CodeBlock.find(answer.input(), languages))
                .orElseThrow(() -> new VerifierUnavailableException(
                        "The verifier '%s' has no reference: give it as its setting 'reference', in the task's metadata under 'reference', or as a fenced block of code in the task"
                                .formatted(name)));
        double wanted = factor(answer);
        Sandbox.here(); // where there is none, that is told first
        return race(CodeBlock.in(answer.output(), languages), slow, work, wanted);
    }

    private double factor(Answer answer) {
        return factor.or(() -> Optional.ofNullable(answer.metadata().get(FACTOR))
                        .map(text -> number(text)
                                .orElseThrow(() -> new VerifierUnavailableException(
                                        "The task's metadata has the factor '%s', and a number above 1 is expected"
                                                .formatted(text)))))
                .orElse(DEFAULT_FACTOR);
    }

    private Check race(String fast, String slow, String work, double wanted) {
        Race race = new Race();
        for (int round = 0; round < rounds; round++) {
            Check theirs = run(slow, slow, work);
            if (!theirs.passed()) {
                throw new VerifierUnavailableException(
                        "The verifier '%s' has nothing to compare with. The reference: %s"
                                .formatted(name, theirs.message()));
            }
            Check ours = run(fast, slow, work);
            if (!ours.passed()) {
                return ours;
            }
            Optional<String> difference = race.round(theirs.message(), ours.message());
            if (difference.isPresent()) {
                return Check.fail(name, difference.get());
            }
        }
        return race.factor() >= wanted
                ? Check.pass(name, race.describe())
                : Check.fail(name, race.describe() + "; %s times as fast is expected".formatted(Race.shown(wanted)));
    }

    /** @param trivial code that is known to run, for the doubt whether it is the code that failed */
    private Check run(String code, String trivial, String work) {
        return Report.of(name, programs.of(code, work, limits), programs.of(trivial, work, limits), limits, WORKLOAD);
    }
}
