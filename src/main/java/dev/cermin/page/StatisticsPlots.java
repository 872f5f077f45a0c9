package dev.cermin.page;

import dev.cermin.plot.Drawing;
import dev.cermin.plot.Scale;
import dev.cermin.search.Statistics;
import dev.cermin.search.Statistics.Day;
import dev.cermin.search.Statistics.Flips;
import dev.cermin.search.Statistics.Group;
import dev.cermin.search.Statistics.Round;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/** The plots of the statistics; one of which there is nothing to show is left out. */
final class StatisticsPlots {
    private static final int LEFT = 48;
    private static final int RIGHT = Drawing.WIDTH - 12;
    private static final int TOP = 26;
    private static final int BOTTOM = 200;
    private static final int HEIGHT = 248;
    private static final int LINE = 44;

    /** Days that a plot shows: the last ones. */
    private static final int DAYS = 60;

    private StatisticsPlots() {}

    static List<Drawing> of(Statistics figures) {
        List<Drawing> plots = new ArrayList<>();
        if (figures.rounds().stream().anyMatch(round -> round.decided() > 0)) {
            plots.add(gain(figures.rounds()));
        }
        if (figures.flips().decided() > 0) {
            plots.add(flips(figures.flips()));
        }
        if (!figures.stopReasons().isEmpty()) {
            plots.add(stops(figures.stopReasons()));
        }
        List<Day> days = figures.days()
                .subList(
                        Math.max(0, figures.days().size() - DAYS),
                        figures.days().size());
        if (!days.isEmpty()) {
            plots.add(loops(days));
        }
        if (days.stream().anyMatch(day -> day.cost().signum() > 0)) {
            plots.add(columns("Cost a day", days, day -> day.cost().doubleValue(), day -> 0));
        }
        return plots;
    }

    private static Drawing gain(List<Round> rounds) {
        Drawing drawing = new Drawing(
                "Right answers by round",
                rounds.stream()
                        .map(round -> "after %d corrections %s of %d"
                                .formatted(round.round(), Shown.percent(round.share()), round.decided()))
                        .collect(Collectors.joining("; ")),
                HEIGHT);
        Scale shares = new Scale(0, 1, BOTTOM, TOP, 0.25);
        drawing.text("axis", LEFT - 40, TOP - 12, "right, %");
        for (double tick : shares.ticks()) {
            drawing.line("grid", LEFT, shares.at(tick), RIGHT, shares.at(tick));
            drawing.text("tick end", LEFT - 8, shares.at(tick) + 4, String.valueOf(Math.round(100 * tick)));
        }
        drawing.text("axis middle", (LEFT + RIGHT) / 2.0, HEIGHT - 8, "corrections (0: the first draft)");
        double each = (double) (RIGHT - LEFT) / rounds.size();
        for (int i = 0; i < rounds.size(); i++) {
            double x = LEFT + (i + 0.5) * each;
            double y = shares.at(rounds.get(i).share());
            if (i > 0) {
                drawing.line("path", x - each, shares.at(rounds.get(i - 1).share()), x, y);
            }
            drawing.text(
                    "tick middle", x, BOTTOM + 18, String.valueOf(rounds.get(i).round()));
        }
        for (int i = 0; i < rounds.size(); i++) {
            Round round = rounds.get(i);
            double x = LEFT + (i + 0.5) * each;
            double y = shares.at(round.share());
            drawing.circle("loop", x, y, 4.5, "%s of %s".formatted(Shown.percent(round.share()), round.decided()));
            drawing.text("name middle", x, y < TOP + 20 ? y + 20 : y - 10, Shown.percent(round.share()));
        }
        return drawing;
    }

    private static Drawing flips(Flips flips) {
        Drawing drawing = new Drawing(
                "What corrections did",
                "%d wrong to right, %d right to wrong, of %d"
                        .formatted(flips.wrongToRight(), flips.rightToWrong(), flips.decided()),
                TOP + 2 * LINE + 4);
        drawing.text(
                "axis",
                8,
                16,
                "of %s whose first and last draft a verifier decided about".formatted(Shown.grouped(flips.decided())));
        long most = Math.max(1, Math.max(flips.wrongToRight(), flips.rightToWrong()));
        bar(drawing, 0, "wrong to right", "right", flips.wrongToRight(), most);
        bar(drawing, 1, "right to wrong", "wrong", flips.rightToWrong(), most);
        return drawing;
    }

    private static Drawing stops(List<Group> reasons) {
        Drawing drawing = new Drawing(
                "Why loops ended",
                reasons.stream()
                        .map(reason -> reason.name() + " " + reason.traces())
                        .collect(Collectors.joining("; ")),
                TOP + LINE * reasons.size() + 4);
        long most = reasons.stream().mapToLong(Group::traces).max().orElse(1);
        long all = reasons.stream().mapToLong(Group::traces).sum();
        drawing.text("axis", 8, 16, "of %s loops".formatted(Shown.grouped(all)));
        for (int i = 0; i < reasons.size(); i++) {
            Group reason = reasons.get(i);
            String style = reason.name().equals("accepted") ? "right" : "base";
            bar(drawing, i, Shown.spaced(reason.name()), style, reason.traces(), most);
        }
        return drawing;
    }

    private static void bar(Drawing drawing, int line, String name, String style, long count, long most) {
        double y = TOP + 4 + line * LINE;
        double width = (double) (RIGHT - 80) * count / most;
        drawing.text("name", 8, y + 8, name);
        drawing.rect(style, 8, y + 14, width, 14, name + ": " + count);
        drawing.text("count", 8 + width + 6, y + 26, Shown.grouped(count));
    }

    private static Drawing loops(List<Day> days) {
        return columns("Loops a day", days, Day::traces, Day::accepted);
    }

    /** A column a day, of which a part may be accepted ones. */
    private static Drawing columns(
            String title, List<Day> days, ToDoubleFunction<Day> whole, ToDoubleFunction<Day> accepted) {
        Drawing drawing = new Drawing(
                title,
                days.stream()
                        .map(day -> "%s %s".formatted(day.day(), figure(whole.applyAsDouble(day))))
                        .collect(Collectors.joining("; ")),
                HEIGHT);
        double most = days.stream().mapToDouble(whole).max().orElse(1);
        Scale scale = Scale.around(0, most, BOTTOM, TOP);
        for (double tick : scale.ticks()) {
            drawing.line("grid", LEFT, scale.at(tick), RIGHT, scale.at(tick));
            drawing.text("tick end", LEFT - 8, scale.at(tick) + 4, figure(tick));
        }
        double each = (double) (RIGHT - LEFT) / Math.max(days.size(), 7);
        boolean parts = days.stream().anyMatch(day -> accepted.applyAsDouble(day) > 0);
        if (parts) {
            drawing.rect("right", LEFT, TOP - 20, 10, 10, "").text("axis", LEFT + 15, TOP - 11, "accepted");
            drawing.rect("base", LEFT + 84, TOP - 20, 10, 10, "").text("axis", LEFT + 99, TOP - 11, "not");
        }
        for (int i = 0; i < days.size(); i++) {
            Day day = days.get(i);
            double x = LEFT + i * each + each * 0.1;
            double top = scale.at(whole.applyAsDouble(day));
            double middle = scale.at(accepted.applyAsDouble(day));
            String tells = "%s: %s".formatted(day.day(), figure(whole.applyAsDouble(day)));
            column(drawing, parts ? "base" : "loop", x, top, each * 0.8, middle - top, tells);
            column(drawing, "right", x, middle, each * 0.8, BOTTOM - middle, tells);
        }
        drawing.text("tick", LEFT, BOTTOM + 18, days.getFirst().day().toString());
        if (days.size() > 1) {
            double end = LEFT + days.size() * each;
            drawing.text(
                    "tick end",
                    Math.max(end, LEFT + 150),
                    BOTTOM + 18,
                    days.getLast().day().toString());
        }
        return drawing;
    }

    private static void column(
            Drawing drawing, String style, double x, double y, double width, double height, String tells) {
        if (height > 0) {
            drawing.rect(style, x, y, width, height, tells);
        }
    }

    private static String figure(double value) {
        return value == Math.rint(value)
                ? String.format(Locale.ROOT, "%,.0f", value)
                : Shown.money(BigDecimal.valueOf(value));
    }
}
