package dev.cermin.eval.report;

import dev.cermin.eval.After;
import dev.cermin.eval.ItemResult;
import dev.cermin.eval.Mark;
import dev.cermin.eval.Score;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The conventions that answers are scored by, the one that decides first.
 *
 * @param names of them
 * @param several whether items have several points, for each
 */
record Conventions(List<String> names, List<Boolean> several) {
    /** What the one that decides is called where nothing has been scored. */
    private static final String UNNAMED = "right";

    static Conventions of(List<ItemResult> items) {
        List<String> names = List.of();
        boolean[] several = new boolean[0];
        for (ItemResult item : items) {
            for (Score score : scores(item).toList()) {
                List<String> own = score.marks().stream().map(Mark::convention).toList();
                if (names.isEmpty()) {
                    names = own;
                    several = new boolean[own.size()];
                }
                if (!names.equals(own)) {
                    throw new IllegalArgumentException(
                            "Item '%s' is scored by %s and an item before it by %s; a suite has one list of conventions"
                                    .formatted(item.id(), own, names));
                }
                for (int i = 0; i < several.length; i++) {
                    several[i] |= score.marks().get(i).of() > 1;
                }
            }
        }
        if (names.isEmpty()) {
            return new Conventions(List.of(UNNAMED), List.of(false));
        }
        List<Boolean> boxed = new ArrayList<>();
        for (boolean one : several) {
            boxed.add(one);
        }
        return new Conventions(names, boxed);
    }

    /** How each of the step's answers did under each of them. */
    List<Accuracy> accuracy(List<ItemResult> items, Step step) {
        List<Accuracy> all = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            int convention = i;
            int right = 0;
            int got = 0;
            int of = 0;
            for (ItemResult item : items) {
                Mark mark = step.of(item)
                        .map(after -> after.score().marks().get(convention))
                        .orElseGet(() -> new Mark(names.get(convention), 0, points(item, convention)));
                right += mark.full() ? 1 : 0;
                got += mark.right();
                of += mark.of();
            }
            all.add(Accuracy.of(
                    names.get(i), right, items.size(), several.get(i) ? Accuracy.Points.of(got, of) : null));
        }
        return List.copyOf(all);
    }

    private static int points(ItemResult item, int convention) {
        return scores(item)
                .mapToInt(score -> score.marks().get(convention).of())
                .max()
                .orElse(1);
    }

    private static Stream<Score> scores(ItemResult item) {
        return item.by().values().stream()
                .flatMap(answered -> answered.rounds().stream())
                .map(After::score);
    }
}
