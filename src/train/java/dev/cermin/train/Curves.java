package dev.cermin.train;

import dev.cermin.problem.Family;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.BitmapEncoder.BitmapFormat;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** A run's log as pictures. */
final class Curves {
    private static final int WIDTH = 900;
    private static final int HEIGHT = 420;

    private Curves() {}

    /** {@code curves.png}: the loss; right drafts, and right answers after the last round, by family. */
    static Path draw(Path folder) throws IOException {
        List<RunLog.Entry> log = new RunLog(folder).read();
        XYChart loss = chart("Loss while training", "nats a token");
        loss.getStyler().setYAxisLogarithmic(true).setLegendVisible(false);
        add(
                loss,
                "loss",
                log.stream().filter(entry -> entry.what().equals("loss")).toList(),
                false);
        Path file = folder.resolve("curves.png");
        BitmapEncoder.saveBitmap(
                List.of(
                        loss,
                        accuracy(log, 0, "Right, single shot"),
                        accuracy(log, Exam.ROUNDS, "Right after at most %d rounds".formatted(Exam.ROUNDS))),
                3,
                1,
                file.toString(),
                BitmapFormat.PNG);
        return file;
    }

    private static XYChart accuracy(List<RunLog.Entry> log, int round, String title) {
        XYChart chart = chart(title, "percent");
        chart.getStyler().setYAxisMin(0.0).setYAxisMax(100.0);
        for (Family family : Family.values()) {
            add(
                    chart,
                    family.key(),
                    log.stream()
                            .filter(entry -> entry.what().equals(family.key()) && entry.round() == round)
                            .toList(),
                    true);
        }
        return chart;
    }

    private static XYChart chart(String title, String y) {
        XYChart chart = new XYChartBuilder()
                .width(WIDTH)
                .height(HEIGHT)
                .title(title)
                .xAxisTitle("steps")
                .yAxisTitle(y)
                .build();
        chart.getStyler().setLegendPosition(LegendPosition.OutsideE).setChartBackgroundColor(java.awt.Color.WHITE);
        return chart;
    }

    private static void add(XYChart chart, String name, List<RunLog.Entry> entries, boolean marked) {
        if (entries.isEmpty()) {
            return;
        }
        double[] x = entries.stream().mapToDouble(RunLog.Entry::step).toArray();
        double[] y = entries.stream().mapToDouble(RunLog.Entry::value).toArray();
        chart.addSeries(name, x, y).setMarker(marked ? SeriesMarkers.CIRCLE : SeriesMarkers.NONE);
    }
}
