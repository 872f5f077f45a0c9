package dev.cermin.eval.report;

import dev.cermin.plot.Drawing;
import dev.cermin.plot.Scale;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Accuracy against the tokens that an item takes. */
final class TokensPlot {
    private static final double LINE = 14;

    private TokensPlot() {}

    /** A point's name, and where it stands. */
    private record Name(String text, double x, double y, boolean before) {}

    static Drawing of(Report report) {
        Drawing drawing = new Drawing(
                "Accuracy against tokens",
                report.rows().stream()
                        .map(row -> "%s %s for %s tokens"
                                .formatted(
                                        row.answers(),
                                        Words.percent(row.decisive().share()),
                                        Words.count(row.spent().mean().tokens())))
                        .collect(Collectors.joining("; ")),
                ShareAxis.HEIGHT);
        Scale shares = ShareAxis.of(report.rows());
        ShareAxis.draw(drawing, shares, "tokens for an item");
        double most = report.rows().stream()
                .mapToDouble(row -> row.spent().mean().tokens())
                .max()
                .orElse(0);
        Scale tokens = Scale.around(0, Math.max(1, most), ShareAxis.LEFT, ShareAxis.RIGHT - 8);
        for (double tick : tokens.ticks()) {
            drawing.text("tick middle", tokens.at(tick), ShareAxis.BOTTOM + 18, Words.tick(tick));
        }
        Row before = null;
        for (Row row : report.rows()) {
            if (row.round() != null) {
                if (before != null) {
                    drawing.line("path", x(tokens, before), y(shares, before), x(tokens, row), y(shares, row));
                }
                before = row;
            }
        }
        List<Name> names = new ArrayList<>();
        for (Row row : report.rows()) {
            ShareAxis.point(drawing, shares, row, x(tokens, row));
            if (named(report, row)) {
                double x = x(tokens, row);
                names.add(new Name(row.answers(), x, y(shares, row), x > (ShareAxis.LEFT + ShareAxis.RIGHT) / 2.0));
            }
        }
        place(drawing, names);
        return drawing;
    }

    /** The rounds between the first and the last would crowd it; a pointer over them tells which they are. */
    private static boolean named(Report report, Row row) {
        return row.round() == null || row.equals(report.single()) || row.equals(report.last());
    }

    /** From the top down, each below the one before it on its side. */
    private static void place(Drawing drawing, List<Name> names) {
        names.sort(Comparator.comparingDouble(Name::y));
        @Nullable Double left = null;
        @Nullable Double right = null;
        for (Name name : names) {
            Double last = name.before() ? left : right;
            double y = last == null ? name.y() - 8 : Math.max(name.y() - 8, last + LINE);
            drawing.text(name.before() ? "name end" : "name", name.x() + (name.before() ? -6 : 6), y, name.text());
            if (name.before()) {
                left = y;
            } else {
                right = y;
            }
        }
    }

    private static double x(Scale tokens, Row row) {
        return tokens.at(row.spent().mean().tokens());
    }

    private static double y(Scale shares, Row row) {
        return shares.at(row.decisive().share());
    }
}
