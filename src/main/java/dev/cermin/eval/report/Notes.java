package dev.cermin.eval.report;

import dev.cermin.eval.After;
import dev.cermin.eval.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a reader must know beside the figures. */
final class Notes {
    private static final String STORED = "stored traces";

    private Notes() {}

    static String title(Report report) {
        return "%s, %s".formatted(report.info().suite(), report.info().agent());
    }

    /** The result in a paragraph. */
    static String summary(Report report) {
        if (report.done() == 0) {
            return "No item is done yet.";
        }
        return "Reflection has %s. The single shot has %s. %s"
                .formatted(
                        share(report.last(), true),
                        share(report.single(), false),
                        Words.sentence(report.pairs().getFirst().says()));
    }

    private static String share(Row row, boolean whole) {
        Accuracy accuracy = row.decisive();
        return "%s%s right: %s"
                .formatted(
                        Words.count(accuracy.right()),
                        whole ? " of " + Words.items(accuracy.of()) : "",
                        Words.percent(accuracy));
    }

    /** What makes the figures less than they seem; for the top. */
    static List<String> warnings(Report report) {
        List<String> warnings = new ArrayList<>();
        if (report.partial()) {
            warnings.add("PARTIAL: %s of %s done. The figures are of those alone."
                    .formatted(
                            Words.count(report.done()),
                            Words.items(report.info().items()) + (report.info().items() == 1 ? " is" : " are")));
        }
        if (!report.failures().isEmpty()) {
            warnings.add("Failed, which counts as wrong: %s. What that took of models isn't known."
                    .formatted(Stream.of(Method.values())
                            .filter(method -> failed(report, method) > 0)
                            .map(method -> "%s by %s".formatted(Words.items(failed(report, method)), method.label()))
                            .collect(Collectors.joining(", "))));
        }
        for (Row row : report.rows()) {
            if (row.method() != Method.REFLECTION) {
                long tokens = tokens(report, row.method(), Method.REFLECTION);
                long reflection = tokens(report, Method.REFLECTION, row.method());
                if (tokens > reflection) {
                    warnings.add("Not at equal tokens: %s took %s, reflection %s for the same items."
                            .formatted(row.answers(), Words.count(tokens), Words.count(reflection)));
                }
            }
        }
        return warnings;
    }

    private static int failed(Report report, Method method) {
        return (int) report.failures().stream()
                .filter(failure -> failure.method() == method)
                .count();
    }

    /** A method's, for the items that another has an answer to as well. */
    private static long tokens(Report report, Method method, Method other) {
        Step step = new Step("", method, null);
        Step beside = new Step("", other, null);
        return report.items().stream()
                .filter(item -> beside.of(item).isPresent())
                .flatMap(item -> step.of(item).stream())
                .mapToLong(After::tokens)
                .sum();
    }

    /** How the figures are to be read; for the end. */
    static List<String> remarks(Report report) {
        List<String> remarks = new ArrayList<>();
        remarks.add("In brackets: 95 % intervals, of a share by Wilson, of a difference by Newcombe for pairs.");
        remarks.add(
                "McNemar's test is exact and two-sided; below p = 0.05 a difference is called one, each by itself.");
        String decides = report.last().decisive().convention();
        if (report.last().accuracy().size() > 1) {
            remarks.add("What is right, \"%s\" decides.".formatted(decides));
        }
        remarks.add(
                "The single shot is reflection's own first draft; its tokens, cost and time are of that draft alone."
                        + " A round's are with all before it, and with the calls that told whether its draft is good.");
        remarks.add("Tokens per gain: those beyond the single shot's for each answer right beyond the single shot's.");
        boolean baselines = report.rows().stream().anyMatch(row -> row.method() != Method.REFLECTION);
        if (report.info().carriage().equals(STORED)) {
            remarks.add("These are stored traces: there are no baselines, since nothing was asked twice, and right is"
                    + " what a verifier or a reviewer decided. Items that neither decided aren't in here.");
        } else if (!baselines) {
            remarks.add(
                    "No baselines were asked for: this doesn't tell whether the same tokens do more by other means.");
        } else {
            remarks.add(
                    "Baselines drew as many drafts as reflection's tokens would have paid for, summed over all items; the"
                            + " best of n takes fewer where it accepts a draft before the last.");
        }
        return remarks;
    }

    /** Each pair's result in a sentence. */
    static List<String> pairs(Report report) {
        return report.pairs().stream()
                .map(pair -> Words.sentence("%s against %s: %s".formatted(pair.after(), pair.before(), pair.says())))
                .toList();
    }

    static String acceptance(Acceptance acceptance) {
        List<String> says = new ArrayList<>();
        if (acceptance.accepted() > 0) {
            says.add("of %s accepted %s"
                    .formatted(
                            Words.items(acceptance.accepted()),
                            right(acceptance.acceptedRight(), acceptance.accepted(), "right")));
        }
        if (acceptance.right() > 0) {
            says.add("of %s right %s"
                    .formatted(
                            Words.items(acceptance.right()),
                            right(acceptance.acceptedRight(), acceptance.right(), "accepted")));
        }
        return says.isEmpty() ? "Nothing was accepted, and nothing is right." : Words.sentence(String.join("; ", says));
    }

    private static String right(int part, int of, String what) {
        return "%s %s %s (%s)"
                .formatted(Words.count(part), part == 1 ? "is" : "are", what, Words.percent((double) part / of));
    }
}
