package dev.cermin.tune.export;

import dev.cermin.tune.Correction;
import dev.cermin.tune.Sample;
import dev.cermin.tune.Selected;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/** Takes a set's parts one after the other, makes rows of them and counts. */
final class Collector {
    private static final Made NOT_KEPT = new Made.LeftOut("the selection did not keep it");

    private final OutputFolder out;
    private final Map<String, Count> sources = new TreeMap<>();
    private final Map<Correction.Judge, Long> judges = new EnumMap<>(Correction.Judge.class);
    private final List<Histogram> histograms = Histogram.all();
    private final List<Exported.Broken> broken = new ArrayList<>();
    private final List<InputFile> inputs = new ArrayList<>();
    private long read;
    private long samples;
    private long kept;
    private boolean selection;

    Collector(OutputFolder out) {
        this.out = out;
    }

    /**
     * Of a source.
     *
     * @param read what came from it
     * @param used what at least one row was made of
     */
    record Count(long read, long used) {
        Count and(Count other) {
            return new Count(read + other.read, used + other.used);
        }
    }

    /** @param sha256 of its content */
    record InputFile(String name, String sha256) {}

    void add(Sample sample) {
        samples++;
        kept++;
        add(format -> format.made(sample), Origin.of(sample));
    }

    void add(Selected selected) {
        selection = true;
        samples++;
        boolean keeps = selected.kept();
        histograms.forEach(histogram -> histogram.add(selected.scores(), keeps));
        Sample sample = selected.sample();
        if (keeps) {
            kept++;
        }
        add(format -> keeps ? format.made(sample) : NOT_KEPT, Origin.of(sample));
    }

    void add(Correction correction) {
        judges.merge(correction.judge(), 1L, Long::sum);
        add(format -> format.made(correction), Origin.of(correction));
    }

    private void add(Function<Format, Made> made, Origin origin) {
        read++;
        boolean used = false;
        for (Sheet sheet : out.sheets()) {
            used |= sheet.add(made.apply(sheet.format()), origin);
        }
        sources.merge(origin.source(), new Count(1, used ? 1 : 0), Count::and);
    }

    void broken(String file, long line, String reason, String text) {
        Exported.Broken one = new Exported.Broken(file, line, reason);
        out.reject(one, text);
        if (broken.size() < Exported.SHOWN) {
            broken.add(one);
        }
    }

    void input(InputFile file) {
        inputs.add(file);
    }

    long read() {
        return read;
    }

    long samples() {
        return samples;
    }

    long kept() {
        return kept;
    }

    /** Whether a selection decided on the samples. */
    boolean selection() {
        return selection;
    }

    Map<String, Count> sources() {
        return sources;
    }

    Map<Correction.Judge, Long> judges() {
        return judges;
    }

    List<Histogram> histograms() {
        return histograms;
    }

    List<Exported.Broken> broken() {
        return broken;
    }

    List<InputFile> inputs() {
        return inputs;
    }
}
