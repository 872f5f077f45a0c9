package dev.cermin.eval.report;

import dev.cermin.eval.ItemResult;
import dev.cermin.eval.Results;
import dev.cermin.eval.RunInfo;
import dev.cermin.json.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Two reports on the same items, item by item. Immutable.
 *
 * @param before the one that is compared with
 * @param after the one that is looked at
 * @param items that are done in both, which the pairs are of
 * @param pairs of the same kind of answers, before and after: reflection first, then the single shot and the baselines
 *     that both have
 * @param categories reflection's pair for each, in the suite's order
 */
public record Comparison(Side before, Side after, int items, List<Of> pairs, List<Of> categories) {
    private static final String BEFORE = "before";
    private static final String AFTER = "after";

    public Comparison {
        pairs = List.copyOf(pairs);
        categories = List.copyOf(categories);
    }

    /**
     * What is compared, before and after.
     *
     * @param what the answers, such as {@code reflection}, or the category
     * @param pair of the two reports
     */
    public record Of(String what, Paired pair) {}

    /**
     * One of the reports.
     *
     * @param info what was run
     * @param done items
     * @param row where its reflection ended, over all that are done
     */
    public record Side(RunInfo info, int done, Row row) {
        static Side of(Report report) {
            return new Side(report.info(), report.done(), report.last());
        }
    }

    /** Whether reflection's answers are significantly worse afterwards. */
    public boolean worse() {
        Paired reflection = pairs.getFirst().pair();
        return reflection.p() < Paired.SIGNIFICANCE
                && reflection.lost().size() > reflection.gained().size();
    }

    /** An item that both have. */
    private record Both(ItemResult before, ItemResult after) {}

    /** @throws IllegalArgumentException where they are of other suites, items or conventions */
    public static Comparison of(Report before, Report after) {
        same("suites", before.info().suite(), after.info().suite());
        same(
                "items (by the hash of ids and inputs)",
                before.info().fingerprint(),
                after.info().fingerprint());
        if (before.done() > 0 && after.done() > 0) {
            same("conventions", deciding(before), deciding(after));
        }
        Map<String, ItemResult> earlier =
                before.items().stream().collect(Collectors.toMap(ItemResult::id, Function.identity()));
        List<Both> items = new ArrayList<>();
        Map<String, List<Both>> byCategory = new LinkedHashMap<>();
        for (ItemResult item : after.items()) {
            ItemResult was = earlier.get(item.id());
            if (was != null) {
                Both both = new Both(was, item);
                items.add(both);
                byCategory
                        .computeIfAbsent(item.category(), name -> new ArrayList<>())
                        .add(both);
            }
        }
        List<Step> steps = steps(before.results());
        List<Step> later = steps(after.results());
        List<Of> pairs = new ArrayList<>();
        for (Step step : steps) {
            later.stream()
                    .filter(other -> other.label().equals(step.label()))
                    .map(other -> pair(step.label(), items, step, other))
                    .forEach(pairs::add);
        }
        List<Of> categories = new ArrayList<>();
        byCategory.forEach((name, both) -> categories.add(pair(name, both, steps.getFirst(), later.getFirst())));
        return new Comparison(Side.of(before), Side.of(after), items.size(), pairs, categories);
    }

    /** Reflection's end, the single shot and the baselines. */
    private static List<Step> steps(Results results) {
        List<Step> all = Step.of(results);
        List<Step> steps = new ArrayList<>(List.of(all.getLast(), all.getFirst()));
        all.stream().filter(step -> step.round() == null).forEach(steps::add);
        return steps;
    }

    private static Of pair(String what, List<Both> items, Step before, Step after) {
        return new Of(
                what,
                Paired.of(
                        BEFORE,
                        AFTER,
                        items,
                        both -> both.after().id(),
                        both -> before.right(both.before()),
                        both -> after.right(both.after())));
    }

    private static String deciding(Report report) {
        return report.last().decisive().convention();
    }

    private static void same(String what, String before, String after) {
        if (!before.equals(after)) {
            throw new IllegalArgumentException("The reports can't be compared, their %s differ: '%s' before, '%s' after"
                    .formatted(what, before, after));
        }
    }

    /** The comparison as JSON, under the components' names. */
    public String json() {
        return Json.text(this);
    }

    /** The comparison for a terminal. */
    public String text() {
        return ComparisonText.of(this);
    }
}
