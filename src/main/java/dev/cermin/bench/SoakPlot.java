package dev.cermin.bench;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** A soak's memory over time, as SVG. */
final class SoakPlot {
    private static final int WIDTH = 720;
    private static final int HEIGHT = 300;
    private static final int LEFT = 56;
    private static final int RIGHT = 600;
    private static final int TOP = 40;
    private static final int BOTTOM = 250;
    private static final List<String> COLOURS = List.of("#2b7a9b", "#c2602b", "#4d8f3b", "#7b5aa6", "#8a8f94");
    private static final double STEP = 50;

    private SoakPlot() {}

    static String svg(Soak soak, String title) {
        double most = 0;
        double end = 1;
        for (String service : soak.services()) {
            for (double[] point : soak.curve(service)) {
                most = Math.max(most, point[1]);
                end = Math.max(end, point[0]);
            }
        }
        double top = Math.ceil(most / STEP) * STEP;
        StringBuilder svg = new StringBuilder("""
                <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" width="%d" height="%d" role="img">
                <style>svg{background:#fdfdfc;font:12.5px system-ui,sans-serif}text{fill:#1d1f21}.grid{stroke:#dcdfe1}\
                .end{text-anchor:end}.middle{text-anchor:middle}polyline{fill:none;stroke-width:1.6}</style>
                <text x="8" y="20">%s, MiB</text>
                """.formatted(WIDTH, HEIGHT, WIDTH, HEIGHT, title));
        for (double level = 0; level <= top; level += 2 * STEP) {
            double y = BOTTOM - level / top * (BOTTOM - TOP);
            svg.append(String.format(
                    Locale.ROOT,
                    "<line class=\"grid\" x1=\"%d\" y1=\"%.1f\" x2=\"%d\" y2=\"%.1f\"/>"
                            + "<text class=\"end\" x=\"%d\" y=\"%.1f\">%.0f</text>%n",
                    LEFT,
                    y,
                    RIGHT,
                    y,
                    LEFT - 6,
                    y + 4,
                    level));
        }
        for (int i = 0; i <= 6; i++) {
            svg.append(String.format(
                    Locale.ROOT,
                    "<text class=\"middle\" x=\"%.1f\" y=\"%d\">%.1f</text>%n",
                    LEFT + (RIGHT - LEFT) * i / 6.0,
                    BOTTOM + 18,
                    end * i / 6 / 60));
        }
        svg.append(String.format(
                Locale.ROOT,
                "<text class=\"middle\" x=\"%d\" y=\"%d\">minutes</text>%n",
                (LEFT + RIGHT) / 2,
                BOTTOM + 38));
        for (int i = 0; i < soak.services().size(); i++) {
            String service = soak.services().get(i);
            List<double[]> curve = soak.curve(service);
            double last = end;
            String points = curve.stream()
                    .map(point -> String.format(
                            Locale.ROOT,
                            "%.1f,%.1f",
                            LEFT + point[0] / last * (RIGHT - LEFT),
                            BOTTOM - point[1] / top * (BOTTOM - TOP)))
                    .collect(Collectors.joining(" "));
            String colour = COLOURS.get(i % COLOURS.size());
            svg.append(String.format(Locale.ROOT, "<polyline stroke=\"%s\" points=\"%s\"/>%n", colour, points));
            svg.append(String.format(
                    Locale.ROOT,
                    "<text x=\"%d\" y=\"%.1f\" style=\"fill:%s\">%s</text>%n",
                    RIGHT + 8,
                    BOTTOM - curve.getLast()[1] / top * (BOTTOM - TOP) + 4,
                    colour,
                    service));
        }
        return svg.append("</svg>\n").toString();
    }
}
