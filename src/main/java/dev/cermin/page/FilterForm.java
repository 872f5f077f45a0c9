package dev.cermin.page;

import dev.cermin.loop.StopReason;
import dev.cermin.search.TraceFilter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The fields of a search as its form shows them.
 *
 * @param action where the form leads
 * @param values by parameter, as they were given
 * @param chips what is searched by, each with the address without it
 * @param unusual whether one of the fields that are folded away is used
 */
public record FilterForm(String action, Map<String, String> values, List<Chip> chips, boolean unusual) {
    private static final List<String> OUTCOMES = Arrays.stream(StopReason.values())
            .map(reason -> reason.name().toLowerCase(Locale.ROOT))
            .toList();

    private static final List<String> LABELS = List.of("right", "wrong", "unclear");

    private static final List<String> USUAL = List.of("text", "agent", "stopReason", "accepted", "unfinished");

    private static final Map<String, String> NAMES = Map.ofEntries(
            Map.entry("text", "text"),
            Map.entry("agent", "agent"),
            Map.entry("version", "version"),
            Map.entry("model", "model"),
            Map.entry("stopReason", "stopped by"),
            Map.entry("accepted", "accepted"),
            Map.entry("minScore", "score from"),
            Map.entry("maxScore", "score to"),
            Map.entry("minRounds", "corrections from"),
            Map.entry("maxRounds", "corrections to"),
            Map.entry("minCost", "cost from"),
            Map.entry("maxCost", "cost to"),
            Map.entry("from", "created from"),
            Map.entry("to", "created before"),
            Map.entry("tenant", "tenant"),
            Map.entry("label", "reviewed as"),
            Map.entry("unfinished", "running"));

    /**
     * One condition.
     *
     * @param name in words
     * @param value as given
     * @param without the address of the same search without it
     */
    public record Chip(String name, String value, String without) {}

    static FilterForm of(String action, TraceFilter filter) {
        Map<String, String> values = filter.parameters();
        List<Chip> chips = new ArrayList<>();
        values.forEach((name, value) -> {
            Map<String, String> others = new LinkedHashMap<>(values);
            others.remove(name);
            chips.add(new Chip(
                    NAMES.getOrDefault(name, name),
                    value,
                    Addresses.of(action, others).toString()));
        });
        return new FilterForm(action, values, chips, values.keySet().stream().anyMatch(name -> !USUAL.contains(name)));
    }

    /** What a field has; empty for nothing. */
    public String value(String name) {
        return values.getOrDefault(name, "");
    }

    public List<String> outcomes() {
        return OUTCOMES;
    }

    public List<String> labels() {
        return LABELS;
    }

    public boolean any() {
        return !chips.isEmpty();
    }
}
