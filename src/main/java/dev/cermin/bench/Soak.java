package dev.cermin.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** The samples of a soak, and what they say. Not thread-safe. */
final class Soak {
    private static final double MIB = 1 << 20;
    private static final double FLAT = 0.05;

    private final List<Sample> samples = new ArrayList<>();

    /**
     * One look at all services.
     *
     * @param second since the load began; below 0 before it
     * @param loops done till then
     * @param bytes resident, by service
     */
    record Sample(double second, long loops, Map<String, Long> bytes) {}

    void add(double second, long loops, Map<String, Long> bytes) {
        samples.add(new Sample(second, loops, new LinkedHashMap<>(bytes)));
    }

    List<Sample> samples() {
        return List.copyOf(samples);
    }

    List<String> services() {
        return List.copyOf(samples.getFirst().bytes().keySet());
    }

    String firstMiB() {
        return samples.getFirst().bytes().entrySet().stream()
                .map(each -> "%s %.0f MiB".formatted(each.getKey(), each.getValue() / MIB))
                .collect(Collectors.joining(", "));
    }

    /** Seconds and MiB under load. */
    List<double[]> curve(String service) {
        return samples.stream()
                .filter(sample -> sample.second() >= 0 && sample.bytes().containsKey(service))
                .map(sample -> new double[] {sample.second(), sample.bytes().get(service) / MIB})
                .toList();
    }

    /** The widest that a service's memory lay from its mean in the second half, as a share of that. */
    double spread(String service) {
        List<double[]> half = secondHalf(service);
        double mean = mean(half);
        return half.stream()
                .mapToDouble(point -> Math.abs(point[1] - mean) / mean)
                .max()
                .orElse(0);
    }

    boolean flat() {
        return services().stream().allMatch(service -> spread(service) <= FLAT);
    }

    private List<double[]> secondHalf(String service) {
        List<double[]> all = curve(service);
        double middle = all.getLast()[0] / 2;
        return all.stream().filter(point -> point[0] >= middle).toList();
    }

    private static double mean(List<double[]> points) {
        return points.stream().mapToDouble(point -> point[1]).average().orElse(0);
    }

    String table() {
        StringBuilder table = new StringBuilder("%-12s %10s %10s %18s %10s%n"
                .formatted("MiB resident", "idle", "first min", "second half, mean", "within"));
        for (String service : services()) {
            List<double[]> first =
                    curve(service).stream().filter(point -> point[0] <= 60).toList();
            table.append(String.format(
                    Locale.ROOT,
                    "%-12s %10.0f %10.0f %18.0f %9.1f%%%n",
                    service,
                    samples.getFirst().bytes().get(service) / MIB,
                    mean(first),
                    mean(secondHalf(service)),
                    100 * spread(service)));
        }
        long loops = samples.getLast().loops() - samples.get(1).loops();
        double seconds = samples.getLast().second() - samples.get(1).second();
        return table
                + String.format(
                        Locale.ROOT,
                        "%d loops in %.0f s. Memory of the second half %s within 5 %% of its mean",
                        loops,
                        seconds,
                        flat() ? "stays" : "does NOT stay");
    }
}
