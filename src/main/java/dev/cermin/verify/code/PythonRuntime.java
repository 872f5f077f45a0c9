package dev.cermin.verify.code;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.cermin.verify.VerifierUnavailableException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * An interpreter and where its library is, as it says itself: what is on the PATH may be a link or a script that chooses.
 *
 * @param executable the interpreter proper
 * @param shown its folders, at their own paths
 * @param environment what it needs to find its own library, where that is not the system's
 */
record PythonRuntime(Path executable, Map<String, Path> shown, Map<String, String> environment) {
    private static final String ASK =
            "import sys\nprint(sys.executable)\nfor p in {sys.prefix, sys.base_prefix, sys.base_exec_prefix}: print(p)";

    private static final String REMEDY =
            " Install Python 3.8 or newer (apt install python3), or name it by the setting 'python'.";

    private static final Map<String, PythonRuntime> KNOWN = new ConcurrentHashMap<>();

    /** @throws VerifierUnavailableException where there is none; it is looked for again the next time */
    static PythonRuntime of(String interpreter) {
        return KNOWN.computeIfAbsent(interpreter, PythonRuntime::find);
    }

    /** The harness, with that answer and those tests. */
    Program program(List<String> arguments, String answer, String tests, String secret) {
        return program(arguments, answer, "tests.py", tests, secret);
    }

    /** The harness, with that answer and a workload to be timed. */
    Program timed(String answer, String workload, String secret) {
        return program(List.of(Program.INPUT), answer, "workload.py", workload, secret);
    }

    private Program program(List<String> arguments, String answer, String name, String other, String secret) {
        List<String> command = new ArrayList<>(List.of(executable.toString(), "-I", "-B"));
        command.add(Program.INPUT + "/harness.py");
        command.addAll(arguments);
        Map<String, byte[]> files = Map.of(
                "harness.py",
                Confinement.script("harness.py").getBytes(UTF_8),
                "answer.py",
                answer.getBytes(UTF_8),
                name,
                other.getBytes(UTF_8));
        return new Program(command, files, shown, environment, secret);
    }

    private static PythonRuntime find(String interpreter) {
        List<String> said = ask(interpreter);
        Path home = Path.of(System.getProperty("user.home", "/root"));
        Map<String, Path> shown = new LinkedHashMap<>();
        Map<String, String> environment = new LinkedHashMap<>();
        for (String folder : said.subList(1, said.size())) {
            Path prefix = Path.of(folder);
            if (prefix.startsWith("/usr")) {
                continue;
            }
            if (home.startsWith(prefix)) {
                throw new VerifierUnavailableException(
                        "The Python '%s' lies in %s itself, and to show that to a program would show all that is there."
                                        .formatted(interpreter, prefix)
                                + REMEDY);
            }
            shown.put(folder, prefix);
            if (Files.isDirectory(prefix.resolve("lib"))) {
                environment.put("LD_LIBRARY_PATH", folder + "/lib");
            }
        }
        return new PythonRuntime(Path.of(said.getFirst()), shown, environment);
    }

    private static List<String> ask(String interpreter) {
        try {
            Process process = new ProcessBuilder(interpreter, "-I", "-c", ASK)
                    .redirectErrorStream(true)
                    .start();
            process.getOutputStream().close();
            if (!process.waitFor(30, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new VerifierUnavailableException("The Python '" + interpreter + "' does not answer." + REMEDY);
            }
            List<String> said = process.inputReader().lines().toList();
            if (process.exitValue() != 0 || said.size() < 2 || !said.getFirst().startsWith("/")) {
                throw new VerifierUnavailableException(
                        "The Python '%s' fails: %s.".formatted(interpreter, String.join(" ", said)) + REMEDY);
            }
            return said;
        } catch (IOException e) {
            throw new VerifierUnavailableException("There is no Python '" + interpreter + "' here." + REMEDY, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new VerifierUnavailableException("Interrupted while Python was looked for", e);
        }
    }
}
