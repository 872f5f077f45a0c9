package dev.cermin.eval.report;

import dev.cermin.eval.Answered;
import dev.cermin.eval.ItemResult;
import dev.cermin.eval.Method;
import dev.cermin.eval.Results;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Counts a report's figures. */
final class Figures {
    private static final String ACCEPTED = "accepted";
    private static final String FAILED = "failed";

    private final Results results;
    private final List<Step> steps;
    private final Conventions conventions;

    Figures(Results results) {
        this.results = results;
        steps = Step.of(results);
        conventions = Conventions.of(results.items());
    }

    List<Row> rows(List<ItemResult> items) {
        List<Row> rows = new ArrayList<>();
        for (Step step : steps) {
            List<Accuracy> accuracy = conventions.accuracy(items, step);
            Spent spent = Spent.of(
                    items.stream().flatMap(item -> step.of(item).stream()).toList());
            rows.add(new Row(
                    step.label(),
                    step.method(),
                    step.round(),
                    accuracy,
                    spent,
                    rows.isEmpty() ? null : perGain(rows.getFirst(), accuracy.getFirst(), spent)));
        }
        return rows;
    }

    private static @Nullable Double perGain(Row single, Accuracy accuracy, Spent spent) {
        int gain = accuracy.right() - single.decisive().right();
        return gain <= 0
                ? null
                : (double) Math.max(0, spent.tokens() - single.spent().tokens()) / gain;
    }

    List<Paired> pairs() {
        Step last = steps.getLast();
        return steps.stream()
                .filter(step -> step.equals(steps.getFirst()) || step.method() != Method.REFLECTION)
                .map(step -> Paired.of(
                        step.label(), last.label(), results.items(), ItemResult::id, step::right, last::right))
                .toList();
    }

    Acceptance acceptance() {
        int[][] counts = new int[2][2];
        for (ItemResult item : results.items()) {
            counts[stop(item).equals(ACCEPTED) ? 0 : 1][steps.getLast().right(item) ? 0 : 1]++;
        }
        return new Acceptance(counts[0][0], counts[0][1], counts[1][0], counts[1][1]);
    }

    List<Stopped> stops() {
        Map<String, int[]> counts = new TreeMap<>();
        for (ItemResult item : results.items()) {
            counts.computeIfAbsent(stop(item), reason -> new int[2])[
                    steps.getLast().right(item) ? 0 : 1]++;
        }
        return counts.entrySet().stream()
                .map(entry -> new Stopped(entry.getKey(), entry.getValue()[0], entry.getValue()[1]))
                .sorted(Comparator.comparingInt(Stopped::items).reversed())
                .toList();
    }

    private static String stop(ItemResult item) {
        return Optional.ofNullable(item.by().get(Method.REFLECTION))
                .map(Answered::stop)
                .orElse(FAILED);
    }

    List<Category> categories() {
        Map<String, List<ItemResult>> byName = new LinkedHashMap<>();
        for (ItemResult item : results.items()) {
            byName.computeIfAbsent(item.category(), name -> new ArrayList<>()).add(item);
        }
        return byName.entrySet().stream()
                .map(entry -> new Category(entry.getKey(), entry.getValue().size(), rows(entry.getValue())))
                .toList();
    }

    List<Failure> failures() {
        List<Failure> failures = new ArrayList<>();
        for (ItemResult item : results.items()) {
            for (Method method : results.info().methods()) {
                Answered answered = item.by().get(method);
                if (answered == null) {
                    failures.add(new Failure(item.id(), method, "There is no record of it"));
                } else if (answered.rounds().isEmpty()) {
                    failures.add(new Failure(
                            item.id(), method, Objects.requireNonNullElse(answered.fault(), "There is no draft")));
                }
            }
        }
        return failures;
    }
}
