package dev.cermin.eval.suite;

import dev.cermin.verify.Check;
import dev.cermin.verify.Verifier;
import java.util.List;
import java.util.stream.Collectors;

/** What a case says in plain words. */
final class CaseChecks {
    private static final int SHOWN = 120;

    private CaseChecks() {}

    static Verifier equal(String expected) {
        String wanted = expected.strip();
        return Verifier.of("equals", answer -> {
            String given = answer.output().strip();
            return given.equals(wanted)
                    ? Check.pass("equals", "It is " + quoted(wanted))
                    : Check.fail("equals", "It is %s, where %s is expected".formatted(quoted(given), quoted(wanted)));
        });
    }

    static Verifier contain(List<String> texts) {
        return Verifier.of("contains", answer -> {
            String missing = texts.stream()
                    .filter(text -> !answer.output().contains(text))
                    .map(CaseChecks::quoted)
                    .collect(Collectors.joining(", "));
            return missing.isEmpty()
                    ? Check.pass("contains", "All of it is there")
                    : Check.fail("contains", "It lacks " + missing);
        });
    }

    private static String quoted(String text) {
        return "'" + (text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "…") + "'";
    }
}
