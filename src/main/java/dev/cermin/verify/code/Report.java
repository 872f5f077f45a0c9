package dev.cermin.verify.code;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.cermin.verify.Check;
import dev.cermin.verify.VerifierUnavailableException;
import dev.cermin.verify.code.Finished.Ending;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;

/**
 * What the harness in the sandbox says: lines of a word or two and a text in Base64. The last begins with a secret that
 * only the harness is told, so that a program that ends early, or prints what looks like a success, has none.
 */
final class Report {
    private static final SecureRandom RANDOM = new SecureRandom();
    /** Of what the program printed, in a message. */
    private static final int TAIL = 500;

    private static final int MESSAGE = 4000;

    private Report() {}

    static String secret() {
        byte[] bytes = new byte[16];
        RANDOM.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    /**
     * Runs a program and reads its report.
     *
     * @param trivial the same with nothing to find fault with, for the doubt whether it is the program that failed
     * @throws VerifierUnavailableException where the harness does not start, or the tests are none
     */
    static Check of(String verifier, Program program, Program trivial, Limits limits) {
        return of(verifier, program, trivial, limits, "tests");
    }

    /** @param work what the program did not come to the end of, if it did not */
    static Check of(String verifier, Program program, Program trivial, Limits limits, String work) {
        Sandbox sandbox = Sandbox.here();
        Finished finished = sandbox.run(program, limits);
        List<String[]> lines = lines(finished);
        if (!hasStarted(lines)) {
            Finished trial = sandbox.run(trivial, limits);
            if (!hasStarted(lines(trial))) {
                throw new VerifierUnavailableException("The verifier '%s' can't start its program in the sandbox: %s%s"
                        .formatted(verifier, trial.describe(limits), tail(trial.errors())));
            }
        }
        List<String[]> findings = lines.stream()
                .filter(line -> line.length == 3 && line[0].equals(program.input()))
                .toList();
        // a program that forks may come to the end more than once
        boolean passed = !findings.isEmpty() && findings.stream().allMatch(line -> line[1].equals("passed"));
        if (passed && finished.ending() == Ending.BY_ITSELF) {
            return Check.pass(verifier, text(findings.getLast()[2]));
        }
        for (String[] finding : findings) {
            if (finding[1].equals("unusable")) {
                throw new VerifierUnavailableException(
                        "The verifier '%s' has nothing to judge by. %s".formatted(verifier, text(finding[2])));
            }
            if (finding[1].equals("failed")) {
                return Check.fail(verifier, text(finding[2]));
            }
        }
        String during = lines.stream()
                .filter(line -> line.length == 2 && line[0].equals("running"))
                .reduce((first, second) -> second)
                .map(line -> " during the test " + text(line[1]))
                .orElse("");
        return Check.fail(
                verifier,
                "The program did not come to the end of its %s: %s%s%s"
                        .formatted(work, finished.describe(limits), during, tail(finished.errors())));
    }

    private static List<String[]> lines(Finished finished) {
        return finished.output().lines().map(line -> line.split(" ", -1)).toList();
    }

    private static boolean hasStarted(List<String[]> lines) {
        return lines.stream().anyMatch(line -> line[0].equals("started"));
    }

    private static String text(String base64) {
        try {
            String text = new String(Base64.getDecoder().decode(base64), UTF_8);
            return text.length() > MESSAGE ? text.substring(0, MESSAGE) + "…" : text;
        } catch (IllegalArgumentException e) {
            return base64; // not the harness's
        }
    }

    private static String tail(String printed) {
        String text = printed.strip();
        return text.isEmpty()
                ? ""
                : ". It printed: " + (text.length() > TAIL ? "…" + text.substring(text.length() - TAIL) : text);
    }
}
