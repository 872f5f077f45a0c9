package dev.cermin.gateway;

import dev.cermin.critique.Critique;
import dev.cermin.json.Json;
import dev.cermin.trace.Findings;
import dev.cermin.trace.StepKind;
import dev.cermin.trace.TraceStep;
import dev.cermin.verify.Check;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A step as the page shows it.
 *
 * @param step as it is stored
 * @param text the input, the draft or the answer; null where it has none
 * @param label what the text is
 * @param findings a line each
 */
public record StepView(TraceStep step, @Nullable String text, String label, List<String> findings) {
    public static StepView of(TraceStep step) {
        String label = step.kind() == StepKind.SUBMIT ? "input" : step.kind() == StepKind.FINISH ? "answer" : "draft";
        return new StepView(step, step.texts().output(), label, findings(step));
    }

    private static List<String> findings(TraceStep step) {
        String json = step.texts().findings();
        if (json == null || step.kind() == StepKind.SUBMIT) {
            return List.of();
        }
        Findings found = Json.read(json, Findings.class);
        List<String> lines = new ArrayList<>();
        if (found.checks() != null) {
            found.checks().forEach(check -> lines.add(line(check)));
        }
        if (found.critique() != null) {
            lines.addAll(lines(found.critique(), step));
        }
        if (found.error() != null) {
            lines.add(found.error());
        }
        if (found.review() != null) {
            lines.add("by " + found.review().by());
            if (found.review().label() != null) {
                lines.add(found.review().label().key());
            }
            if (step.texts().response() != null) {
                lines.add(step.texts().response());
            }
        }
        if (found.stop() != null) {
            lines.add(found.stop().reason().name().toLowerCase(Locale.ROOT) + ": "
                    + found.stop().detail());
        }
        return lines;
    }

    private static String line(Check check) {
        return "%s %s: %s".formatted(check.passed() ? "✓" : "✗", check.verifier(), check.message());
    }

    private static List<String> lines(Critique critique, TraceStep step) {
        List<String> lines = new ArrayList<>();
        String opinion = critique.opinion().name().toLowerCase(Locale.ROOT);
        lines.add("%s: %s, score %s".formatted(critique.critic(), opinion, critique.score()));
        String said = step.texts().response();
        if (said != null) {
            lines.add(said);
        }
        return lines;
    }
}
