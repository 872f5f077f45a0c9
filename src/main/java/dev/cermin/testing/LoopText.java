package dev.cermin.testing;

import dev.cermin.critique.Critique;
import dev.cermin.loop.Attempt;
import dev.cermin.loop.Outcome;
import dev.cermin.loop.Verdict;
import dev.cermin.verify.Check;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;

/** A loop as text. */
final class LoopText {
    private static final int MOST = 160;

    private LoopText() {}

    /** For people: a line for each draft, check and critique, long ones cut; the answer has a star. */
    static String brief(Outcome outcome) {
        List<String> lines = new ArrayList<>();
        lines.add("The loop, %s, %s: %s"
                .formatted(
                        Brief.count(outcome.usage().calls(), "call", "calls"),
                        Brief.count(outcome.usage().tokens(), "token", "tokens"),
                        Brief.line(
                                outcome.stop().reason() + ", " + outcome.stop().detail(), MOST)));
        for (Attempt attempt : outcome.attempts()) {
            String star = attempt.equals(outcome.best()) ? "*" : " ";
            lines.add("%s round %d, %s: %s"
                    .formatted(
                            star,
                            attempt.round(),
                            verdict(attempt),
                            Brief.line(attempt.draft().output(), MOST)));
            found(attempt, text -> Brief.line(text, MOST)).forEach(line -> lines.add("    " + line));
        }
        if (outcome.attempts().isEmpty()) {
            lines.add("  no draft");
        }
        return String.join(System.lineSeparator(), lines);
    }

    /** To compare two: stop reason, and every draft with all that was found; no ids, models, usage, warnings. */
    static String whole(Outcome outcome) {
        List<String> lines = new ArrayList<>();
        lines.add("stop: " + outcome.stop().reason());
        for (int i = 0; i < outcome.attempts().size(); i++) {
            Attempt attempt = outcome.attempts().get(i);
            lines.add("draft %d, round %d%s"
                    .formatted(i + 1, attempt.round(), attempt.equals(outcome.best()) ? ", the answer" : ""));
            lines.add("  thinking: " + attempt.draft().thinking());
            lines.add("  output: " + attempt.draft().output());
            attempt.draft().problems().forEach(problem -> lines.add("  problem: " + problem));
            found(attempt, UnaryOperator.identity()).forEach(line -> lines.add("  " + line));
            Verdict verdict = attempt.verdict();
            lines.add("  verdict: " + verdict(attempt) + (verdict == null ? "" : " " + verdict.reasons()));
        }
        return String.join("\n", lines);
    }

    private static List<String> found(Attempt attempt, UnaryOperator<String> cut) {
        List<String> lines = new ArrayList<>();
        List<Check> checks = attempt.checks() == null ? List.of() : attempt.checks();
        for (Check check : checks) {
            lines.add("%s %s: %s".formatted(check.passed() ? "✓" : "✗", check.verifier(), cut.apply(check.message())));
        }
        for (Critique critique : attempt.critiques()) {
            String said = critique.issues().isEmpty() ? "" : ": " + cut.apply(String.join("; ", critique.issues()));
            lines.add("%s %s, %s %s%s"
                    .formatted(
                            critique.opinion() == Critique.Opinion.ACCEPT ? "✓" : "✗",
                            critique.critic(),
                            critique.opinion().name().toLowerCase(Locale.ROOT),
                            critique.score(),
                            said));
        }
        return lines;
    }

    private static String verdict(Attempt attempt) {
        Verdict verdict = attempt.verdict();
        String what = verdict == null ? "not judged" : verdict.accepted() ? "accepted" : "to be revised";
        return attempt.adopted() ? what : what + ", set aside";
    }
}
