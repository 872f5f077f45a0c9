package dev.cermin.eval.report;

import dev.cermin.plot.Drawing;
import dev.cermin.plot.Scale;
import java.util.List;

/** The frame of the plots that have accuracy upwards. */
final class ShareAxis {
    static final int LEFT = 48;
    static final int RIGHT = Drawing.WIDTH - 12;
    static final int TOP = 26;
    static final int BOTTOM = 236;
    static final int HEIGHT = 284;

    private ShareAxis() {}

    /** As tall as the rows' intervals need, so that small differences can be seen; the ticks tell where it starts. */
    static Scale of(List<Row> rows) {
        double low = rows.stream()
                .mapToDouble(row -> row.decisive().interval().low())
                .min()
                .orElse(0);
        double high = rows.stream()
                .mapToDouble(row -> row.decisive().interval().high())
                .max()
                .orElse(1);
        Scale scale = Scale.around(low, high, BOTTOM, TOP);
        return new Scale(Math.max(0, scale.low()), Math.min(1, scale.high()), BOTTOM, TOP, scale.step());
    }

    static void draw(Drawing drawing, Scale shares, String below) {
        drawing.text("axis", LEFT - 40, TOP - 12, "right, %");
        for (double tick : shares.ticks()) {
            double y = shares.at(tick);
            drawing.line("grid", LEFT, y, RIGHT, y);
            drawing.text("tick end", LEFT - 8, y + 4, Words.tick(100 * tick));
        }
        drawing.text("axis middle", (LEFT + RIGHT) / 2.0, HEIGHT - 8, below);
    }

    static void point(Drawing drawing, Scale shares, Row row, double x) {
        Interval interval = row.decisive().interval();
        String style = row.round() == null ? "base" : "loop";
        drawing.line("whisker " + style, x, shares.at(interval.low()), x, shares.at(interval.high()));
        drawing.circle(
                style, x, shares.at(row.decisive().share()), 4.5, row.answers() + ": " + Words.percent(row.decisive()));
    }
}
