package dev.cermin.peers;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** What a contender's JVM measured, told on its standard output: {@code figure NAME VALUE}, a line each. */
final class Figures {
    static final String IDLE = "idle-p50-ms";
    static final String IN_FLIGHT = "in-flight";
    static final String BACKLOG = "backlog";
    static final String STORED = "stored";

    private static final String MARK = "figure ";

    private final Map<String, Double> values = new TreeMap<>();

    static void tell(String name, double value) {
        System.out.println(MARK + name + " " + String.format(Locale.ROOT, "%.3f", value));
    }

    static Figures read(List<String> lines) {
        Figures figures = new Figures();
        for (String line : lines) {
            if (line.startsWith(MARK)) {
                String[] parts = line.split(" ", -1);
                figures.values.put(parts[1], Double.parseDouble(parts[2]));
            }
        }
        return figures;
    }

    void put(String name, double value) {
        values.put(name, value);
    }

    /** NaN where it was not measured. */
    double get(String name) {
        return values.getOrDefault(name, Double.NaN);
    }
}
