package dev.cermin.eval.report;

import dev.cermin.plot.Drawing;
import dev.cermin.plot.Scale;
import java.util.List;
import java.util.stream.Collectors;

/** The plots of lying bars: flips, stop reasons, categories. */
final class BarPlots {
    private static final int TOP = 34;
    private static final int LINE = 48;
    private static final int LEFT = 8;
    private static final int RIGHT = Drawing.WIDTH - 8;

    private BarPlots() {}

    /** Right to wrong to the left, wrong to right to the right, on one scale. */
    static Drawing flips(List<Paired> pairs) {
        Drawing drawing = new Drawing(
                "Flips",
                pairs.stream()
                        .map(pair -> "from %s to %s %d wrong to right, %d right to wrong"
                                .formatted(
                                        pair.before(),
                                        pair.after(),
                                        pair.gained().size(),
                                        pair.lost().size()))
                        .collect(Collectors.joining("; ")),
                TOP + LINE * pairs.size() + 4);
        double middle = Drawing.WIDTH / 2.0;
        int most = pairs.stream()
                .mapToInt(pair -> Math.max(pair.gained().size(), pair.lost().size()))
                .max()
                .orElse(0);
        // room for the counts at the ends
        double each = (middle - 50) / Math.max(1, most);
        drawing.text("axis end", middle - 10, 16, "right to wrong");
        drawing.text("axis", middle + 10, 16, "wrong to right");
        for (int i = 0; i < pairs.size(); i++) {
            Paired pair = pairs.get(i);
            double y = TOP + i * LINE;
            double lost = each * pair.lost().size();
            double gained = each * pair.gained().size();
            drawing.text("name", LEFT, y + 6, "from " + pair.before());
            drawing.rect("wrong", middle - lost, y + 12, lost, 16, "right to wrong");
            drawing.rect("right", middle, y + 12, gained, 16, "wrong to right");
            drawing.text(
                    "count end",
                    middle - lost - 6,
                    y + 25,
                    Words.count(pair.lost().size()));
            drawing.text(
                    "count",
                    middle + gained + 6,
                    y + 25,
                    Words.count(pair.gained().size()));
        }
        return drawing.line("zero", middle, TOP - 10, middle, TOP + LINE * pairs.size() - 6);
    }

    static Drawing stops(List<Stopped> stops) {
        Drawing drawing = new Drawing(
                "Why loops ended",
                stops.stream()
                        .map(stop -> "%s: %d right, %d wrong".formatted(stop.reason(), stop.right(), stop.wrong()))
                        .collect(Collectors.joining("; ")),
                TOP + LINE * stops.size() + 4);
        drawing.rect("right", LEFT, 6, 12, 12, "").text("axis", LEFT + 18, 16, "right");
        drawing.rect("wrong", LEFT + 66, 6, 12, 12, "").text("axis", LEFT + 84, 16, "wrong");
        int most = stops.stream().mapToInt(Stopped::items).max().orElse(0);
        double each = (double) (RIGHT - LEFT - 90) / Math.max(1, most);
        for (int i = 0; i < stops.size(); i++) {
            Stopped stop = stops.get(i);
            double y = TOP + i * LINE;
            double right = each * stop.right();
            double wrong = each * stop.wrong();
            drawing.text("name", LEFT, y + 6, stop.reason());
            drawing.rect("right", LEFT, y + 12, right, 16, "right: " + stop.right());
            drawing.rect("wrong", LEFT + right, y + 12, wrong, 16, "wrong: " + stop.wrong());
            drawing.text(
                    "count",
                    LEFT + right + wrong + 6,
                    y + 25,
                    "%s + %s".formatted(Words.count(stop.right()), Words.count(stop.wrong())));
        }
        return drawing;
    }

    /** Reflection's bars with their intervals; a stroke where the single shot was. */
    static Drawing categories(List<Category> categories) {
        Drawing drawing = new Drawing(
                "Accuracy by category",
                categories.stream()
                        .map(category -> "%s: single shot %s, reflection %s"
                                .formatted(
                                        category.name(),
                                        Words.percent(single(category).share()),
                                        Words.percent(last(category))))
                        .collect(Collectors.joining("; ")),
                TOP + LINE * categories.size() + 24);
        Scale shares = new Scale(0, 1, LEFT, RIGHT - 60, 0.25);
        double bottom = TOP + LINE * categories.size();
        drawing.rect("loop", LEFT, 6, 12, 12, "").text("axis", LEFT + 18, 16, "reflection, with its interval");
        drawing.line("single", LEFT + 222, 4, LEFT + 222, 20).text("axis", LEFT + 230, 16, "single shot");
        for (double tick : shares.ticks()) {
            double x = shares.at(tick);
            drawing.line("grid", x, TOP - 6, x, bottom);
            drawing.text(tick == 0 ? "tick" : "tick middle", x, bottom + 16, Words.tick(100 * tick));
        }
        drawing.text("axis", shares.at(1) + 22, bottom + 16, "right, %");
        for (int i = 0; i < categories.size(); i++) {
            Category category = categories.get(i);
            double y = TOP + i * LINE;
            Accuracy accuracy = last(category);
            Interval interval = accuracy.interval();
            double single = shares.at(single(category).share());
            drawing.text("name", LEFT, y + 6, Words.clip("%s (%d)".formatted(category.name(), category.items()), 56));
            drawing.rect("loop", LEFT, y + 12, shares.at(accuracy.share()) - LEFT, 16, Words.percent(accuracy));
            drawing.line("whisker over", shares.at(interval.low()), y + 20, shares.at(interval.high()), y + 20);
            drawing.line("single", single, y + 9, single, y + 31);
            drawing.text("count", shares.at(1) + 10, y + 25, Words.percent(accuracy.share()));
        }
        return drawing;
    }

    private static Accuracy single(Category category) {
        return category.rows().getFirst().decisive();
    }

    private static Accuracy last(Category category) {
        return category.rows().getLast().decisive();
    }
}
