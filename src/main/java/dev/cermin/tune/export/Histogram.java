package dev.cermin.tune.export;

import dev.cermin.tune.Scores;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.stream.IntStream;

/** How a score is spread over a set, from 0 to {@value #END} and beyond; kept samples apart from the others. */
final class Histogram {
    static final int BINS = 40;
    static final int END = 2;

    private final String name;
    private final Function<Scores, OptionalDouble> score;
    /** The last one is of what lies beyond the end. */
    private final long[] kept = new long[BINS + 1];

    private final long[] others = new long[BINS + 1];
    private final Summary keptSummary = new Summary();
    private final Summary allSummary = new Summary();
    private long unscored;

    private Histogram(String name, Function<Scores, OptionalDouble> score) {
        this.name = name;
        this.score = score;
    }

    static List<Histogram> all() {
        return List.of(
                new Histogram("ifd_ppl", Scores::ifdPpl),
                new Histogram("ifd_loss", Scores::ifdLoss),
                new Histogram("rifd_ppl", Scores::rifdPpl),
                new Histogram("rifd_loss", Scores::rifdLoss));
    }

    /** Mean and ends of finite values. */
    static final class Summary {
        private long count;
        private double sum;
        private double least = Double.POSITIVE_INFINITY;
        private double most = Double.NEGATIVE_INFINITY;

        private void add(double value) {
            count++;
            sum += value;
            least = Math.min(least, value);
            most = Math.max(most, value);
        }

        long count() {
            return count;
        }

        double mean() {
            return sum / count;
        }

        double least() {
            return least;
        }

        double most() {
            return most;
        }
    }

    void add(Scores scores, boolean keeps) {
        OptionalDouble value = score.apply(scores);
        if (value.isEmpty() || !Double.isFinite(value.getAsDouble())) {
            unscored++;
            return;
        }
        double ratio = value.getAsDouble();
        int bin = (int) Math.max(0, Math.min(BINS, Math.floor(ratio / END * BINS)));
        (keeps ? kept : others)[bin]++;
        allSummary.add(ratio);
        if (keeps) {
            keptSummary.add(ratio);
        }
    }

    boolean any() {
        return allSummary.count() > 0;
    }

    String name() {
        return name;
    }

    String fileName() {
        return name.replace('_', '-') + ".svg";
    }

    long unscored() {
        return unscored;
    }

    Summary keptSummary() {
        return keptSummary;
    }

    Summary allSummary() {
        return allSummary;
    }

    long kept(int bin) {
        return kept[bin];
    }

    long others(int bin) {
        return others[bin];
    }

    long most() {
        return IntStream.rangeClosed(0, BINS)
                .mapToLong(bin -> kept[bin] + others[bin])
                .max()
                .orElse(0);
    }
}
