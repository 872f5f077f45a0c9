package dev.cermin.plot;

import java.util.ArrayList;
import java.util.List;

/**
 * An axis: values to places.
 *
 * @param low the value at its start
 * @param high the value at its end
 * @param from the place of its start
 * @param to the place of its end
 * @param step between ticks
 */
public record Scale(double low, double high, double from, double to, double step) {
    private static final int TICKS = 5;

    /** Ends at round values that enclose those given. */
    public static Scale around(double low, double high, double from, double to) {
        double step = step(Math.max(high - low, 1e-9));
        double start = Math.floor(low / step + 1e-9) * step;
        double end = Math.ceil(high / step - 1e-9) * step;
        return new Scale(start, end > start ? end : start + step, from, to, step);
    }

    /** The place of a value; beyond the ends for one that is. */
    public double at(double value) {
        return from + (value - low) / (high - low) * (to - from);
    }

    /** From the start, a step apart. */
    public List<Double> ticks() {
        List<Double> ticks = new ArrayList<>();
        for (int i = 0; low + i * step <= high + step / 1e6; i++) {
            ticks.add(low + i * step);
        }
        return ticks;
    }

    private static double step(double span) {
        double power = Math.pow(10, Math.floor(Math.log10(span / TICKS)));
        for (double factor : new double[] {1, 2, 5}) {
            if (span / (factor * power) <= TICKS) {
                return factor * power;
            }
        }
        return 10 * power;
    }
}
