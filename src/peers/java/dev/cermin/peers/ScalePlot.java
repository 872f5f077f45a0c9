package dev.cermin.peers;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.BitmapEncoder.BitmapFormat;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** The curves: two in a row where that fills all rows, as the encoder has it, else below each other. */
final class ScalePlot {
    private ScalePlot() {}

    static Path draw(List<ScaleRun.Series> all, Path out) throws IOException {
        List<XYChart> charts = all.stream().map(ScalePlot::chart).toList();
        int columns = charts.size() % 2 == 0 ? 2 : 1;
        BitmapEncoder.saveBitmap(charts, charts.size() / columns, columns, out.toString(), BitmapFormat.PNG);
        return out;
    }

    private static XYChart chart(ScaleRun.Series series) {
        XYChart chart = new XYChartBuilder()
                .width(560)
                .height(380)
                .title(series.title())
                .xAxisTitle(series.axis())
                .yAxisTitle("loops a second")
                .build();
        chart.getStyler()
                .setYAxisMin(0.0)
                .setXAxisLogarithmic(series.points().getLast().x() > 3)
                .setLegendPosition(LegendPosition.InsideSE)
                .setChartBackgroundColor(java.awt.Color.WHITE);
        double[] x = series.points().stream().mapToDouble(ScaleRun.Point::x).toArray();
        chart.addSeries(
                        "till the result",
                        x,
                        series.points().stream()
                                .mapToDouble(ScaleRun.Point::perSecond)
                                .toArray())
                .setMarker(SeriesMarkers.CIRCLE);
        chart.addSeries(
                        "till all is stored",
                        x,
                        series.points().stream()
                                .mapToDouble(ScaleRun.Point::stored)
                                .toArray())
                .setMarker(SeriesMarkers.CIRCLE);
        return chart;
    }
}
