package dev.cermin.tune.export;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A histogram as bars, which a template writes as SVG. Sizes are in its units. */
final class Picture {
    static final int WIDTH = 440;
    static final int HEIGHT = 232;
    private static final int LEFT = 48;
    private static final int RIGHT = WIDTH - 12;
    private static final int TOP = 34;
    private static final int BOTTOM = 186;

    private final Histogram histogram;
    private final double each = (double) (RIGHT - LEFT) / (Histogram.BINS + 1);
    private final double unit;

    Picture(Histogram histogram) {
        this.histogram = histogram;
        unit = (double) (BOTTOM - TOP) / Math.max(1, histogram.most());
    }

    /** @param told for a pointer over it */
    record Bar(String style, double x, double y, double width, double height, String told) {}

    record Tick(double x, String text) {}

    List<Bar> bars() {
        List<Bar> bars = new ArrayList<>();
        for (int bin = 0; bin <= Histogram.BINS; bin++) {
            double kept = unit * histogram.kept(bin);
            double others = unit * histogram.others(bin);
            add(bars, "kept", bin, BOTTOM - kept, kept, histogram.kept(bin));
            add(bars, "others", bin, BOTTOM - kept - others, others, histogram.others(bin));
        }
        return bars;
    }

    private void add(List<Bar> bars, String style, int bin, double y, double height, long count) {
        if (count > 0) {
            bars.add(new Bar(
                    style,
                    tenth(LEFT + bin * each),
                    tenth(y),
                    tenth(each - 1),
                    tenth(height),
                    String.format(
                            Locale.ROOT, "%s: %,d %s", span(bin), count, style.equals("kept") ? "kept" : "not kept")));
        }
    }

    private static String span(int bin) {
        double step = (double) Histogram.END / Histogram.BINS;
        return bin == Histogram.BINS
                ? String.format(Locale.ROOT, "%d and more", Histogram.END)
                : String.format(Locale.ROOT, "%.2f to %.2f", bin * step, (bin + 1) * step);
    }

    List<Tick> ticks() {
        List<Tick> ticks = new ArrayList<>();
        for (int bin = 0; bin <= Histogram.BINS; bin += Histogram.BINS / 4) {
            double value = (double) bin * Histogram.END / Histogram.BINS;
            ticks.add(new Tick(tenth(LEFT + bin * each), String.format(Locale.ROOT, "%.1f", value)));
        }
        return ticks;
    }

    /** Where the ratio is one. */
    double one() {
        return tenth(LEFT + each * Histogram.BINS / Histogram.END);
    }

    String description() {
        Histogram.Summary all = histogram.allSummary();
        return String.format(
                Locale.ROOT,
                "%s of %,d scored samples: mean %.3f, from %.3f to %.3f; %,d of them are kept",
                histogram.name(),
                all.count(),
                all.mean(),
                all.least(),
                all.most(),
                histogram.keptSummary().count());
    }

    private static double tenth(double value) {
        return Math.round(value * 10) / 10.0;
    }
}
