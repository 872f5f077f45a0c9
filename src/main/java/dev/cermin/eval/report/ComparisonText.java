package dev.cermin.eval.report;

import dev.cermin.eval.RunInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** A comparison for a terminal. */
final class ComparisonText {
    private static final int NAMED = 20;

    private ComparisonText() {}

    static String of(Comparison comparison) {
        Comparison.Side before = comparison.before();
        Comparison.Side after = comparison.after();
        Paired first = comparison.pairs().getFirst().pair();
        List<String> parts = new ArrayList<>();
        parts.add("%s, before and after".formatted(after.info().suite()));
        parts.add(partial("before", before));
        parts.add(partial("after", after));
        parts.add("Of %s in both reports reflection has %s right before and %s after. %s"
                .formatted(
                        Words.items(comparison.items()),
                        Words.count(rightBefore(first)),
                        Words.count(rightAfter(first)),
                        Words.sentence(first.says())));
        parts.add(changes(before.info(), after.info()));
        parts.add(ReportText.table(table("Answers", comparison.pairs())));
        parts.add(ReportText.table(took(before, after)));
        if (comparison.categories().size() > 1) {
            parts.add(ReportText.table(table("Reflection by category", comparison.categories())));
        }
        parts.add(ids("Wrong to right", first.gained()));
        parts.add(ids("Right to wrong", first.lost()));
        return parts.stream().filter(part -> !part.isEmpty()).collect(Collectors.joining("\n\n", "", "\n"));
    }

    private static String partial(String name, Comparison.Side side) {
        return side.done() < side.info().items()
                ? "PARTIAL: %s, %s of %s are done."
                        .formatted(
                                name,
                                Words.count(side.done()),
                                Words.items(side.info().items()))
                : "";
    }

    private static String changes(RunInfo before, RunInfo after) {
        List<Map.Entry<String, String>> changes = new ArrayList<>();
        change(changes, "agent", before.agent(), after.agent());
        change(changes, "agent's hash", before.agentHash(), after.agentHash());
        Set<String> roles = new TreeSet<>(before.models().keySet());
        roles.addAll(after.models().keySet());
        for (String role : roles) {
            change(
                    changes,
                    "model, " + role,
                    before.models().getOrDefault(role, "none"),
                    after.models().getOrDefault(role, "none"));
        }
        change(changes, "asked", before.prompting(), after.prompting());
        change(changes, "carried", before.carriage(), after.carriage());
        change(changes, "seed", seed(before), seed(after));
        change(changes, "started", before.started().toString(), after.started().toString());
        return changes.isEmpty() ? "" : "What changed\n" + ReportText.named(changes);
    }

    private static String seed(RunInfo info) {
        Long seed = info.seed();
        return seed == null ? "none" : seed.toString();
    }

    private static void change(List<Map.Entry<String, String>> changes, String name, String before, String after) {
        if (!before.equals(after)) {
            changes.add(Map.entry(name, before + " -> " + after));
        }
    }

    private static Table table(String title, List<Comparison.Of> pairs) {
        return new Table(
                title,
                List.of(
                        "",
                        "items",
                        "right before",
                        "right after",
                        "wrong to right",
                        "right to wrong",
                        "points",
                        "McNemar"),
                pairs.stream().map(ComparisonText::cells).toList());
    }

    private static List<String> cells(Comparison.Of of) {
        Paired pair = of.pair();
        return List.of(
                of.what(),
                Words.count(pair.items()),
                Words.count(rightBefore(pair)),
                Words.count(rightAfter(pair)),
                Words.count(pair.gained().size()),
                Words.count(pair.lost().size()),
                Tables.difference(pair),
                Words.p(pair.p()));
    }

    private static Table took(Comparison.Side before, Comparison.Side after) {
        return new Table(
                "What an item takes of reflection",
                List.of("", "calls", "tokens", "cost", "time", "half within", "95 % within"),
                List.of(
                        took("before", before.row().spent()),
                        took("after", after.row().spent())));
    }

    private static List<String> took(String name, Spent spent) {
        return List.of(
                name,
                Words.count(spent.mean().calls()),
                Words.count(spent.mean().tokens()),
                Words.about(spent.mean().cost()),
                Words.seconds(spent.mean().millis()),
                Words.seconds(spent.medianMillis()),
                Words.seconds(spent.slowMillis()));
    }

    private static int rightBefore(Paired pair) {
        return pair.bothRight() + pair.lost().size();
    }

    private static int rightAfter(Paired pair) {
        return pair.bothRight() + pair.gained().size();
    }

    private static String ids(String title, List<String> ids) {
        if (ids.isEmpty()) {
            return "";
        }
        return ids.stream().limit(NAMED).collect(Collectors.joining(", ", title + ": ", ""))
                + (ids.size() > NAMED ? " and %s more, which the JSON names".formatted(ids.size() - NAMED) : "");
    }
}
