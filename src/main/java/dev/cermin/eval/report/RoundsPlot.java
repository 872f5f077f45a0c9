package dev.cermin.eval.report;

import dev.cermin.plot.Drawing;
import dev.cermin.plot.Scale;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/** Accuracy by round, beside the baselines. */
final class RoundsPlot {
    private RoundsPlot() {}

    static Drawing of(Report report) {
        List<Row> rounds =
                report.rows().stream().filter(row -> row.round() != null).toList();
        // where no item took a correction, the first and the last are the same
        boolean corrected =
                !Objects.equals(report.single().round(), report.last().round());
        List<Row> loop = corrected ? rounds : rounds.subList(0, 1);
        List<Row> baselines =
                report.rows().stream().filter(row -> row.round() == null).toList();
        Drawing drawing = new Drawing(
                "Accuracy by round",
                describe(loop) + (baselines.isEmpty() ? "" : "; " + describe(baselines)),
                ShareAxis.HEIGHT);
        Scale shares = ShareAxis.of(report.rows());
        ShareAxis.draw(
                drawing, shares, "corrections (0: the single shot)" + (baselines.isEmpty() ? "" : ", baselines"));
        // each baseline's name takes as much as two rounds
        int places = loop.size() + 2 * baselines.size();
        double each = (double) (ShareAxis.RIGHT - ShareAxis.LEFT) / places;
        for (int i = 0; i < loop.size(); i++) {
            double x = ShareAxis.LEFT + (i + 0.5) * each;
            if (i > 0) {
                drawing.line(
                        "path",
                        x - each,
                        shares.at(loop.get(i - 1).decisive().share()),
                        x,
                        shares.at(loop.get(i).decisive().share()));
            }
            drawing.text(
                    "tick middle",
                    x,
                    ShareAxis.BOTTOM + 18,
                    String.valueOf(loop.get(i).round()));
        }
        for (int i = 0; i < loop.size(); i++) {
            ShareAxis.point(drawing, shares, loop.get(i), ShareAxis.LEFT + (i + 0.5) * each);
        }
        for (int i = 0; i < baselines.size(); i++) {
            double x = ShareAxis.LEFT + (loop.size() + 2 * i + 1) * each;
            drawing.text(
                    "tick middle", x, ShareAxis.BOTTOM + 18, baselines.get(i).answers());
            ShareAxis.point(drawing, shares, baselines.get(i), x);
        }
        return drawing;
    }

    private static String describe(List<Row> rows) {
        return rows.stream()
                .map(row -> row.answers() + " " + Words.percent(row.decisive()))
                .collect(Collectors.joining("; "));
    }
}
