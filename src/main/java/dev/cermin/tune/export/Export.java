package dev.cermin.tune.export;

import dev.cermin.tune.Correction;
import dev.cermin.tune.Sample;
import dev.cermin.tune.Selected;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Writes a tuning set into a folder: a file for each format, a card, and where each row comes from. It is read once and
 * as it is written, so a set may be larger than the memory.
 *
 * <pre>{@code
 * Export.ofFile(Path.of("selected.jsonl")).as(Format.ALPACA, Format.MESSAGES).licence("cc-by-4.0").write(folder);
 * }</pre>
 *
 * <p>Files are written beside their places and moved there at the end. An earlier export's card goes before the first of
 * them, and the card comes last: where it stands, all is there. Not thread-safe; one export at a time into a folder.
 */
public final class Export {
    /** Hands a set's parts to the collector. */
    interface Parts {
        void into(Collector collector);
    }

    private final Parts parts;
    private final Set<Format> formats = EnumSet.allOf(Format.class);
    private final List<String> licences = new ArrayList<>();
    private final List<String> rules = new ArrayList<>();

    private Export(Parts parts) {
        this.parts = parts;
    }

    /** Samples without a selection: all are in the set. */
    public static Export ofSamples(Iterable<Sample> samples) {
        return new Export(collector -> samples.forEach(collector::add));
    }

    /** Those in the final set; the others are counted. */
    public static Export ofSelected(Iterable<Selected> selected) {
        return new Export(collector -> selected.forEach(collector::add));
    }

    public static Export ofCorrections(Iterable<Correction> corrections) {
        return new Export(collector -> corrections.forEach(collector::add));
    }

    /** Of one file: see {@link #ofFiles}. */
    public static Export ofFile(Path file) {
        return ofFiles(List.of(file));
    }

    /**
     * Of files such as {@code selected.jsonl} and {@code corrections.jsonl}; lines of both kinds may stand in one. Lines
     * that are neither are counted and set aside, with their numbers, in {@code rejects.jsonl}.
     */
    public static Export ofFiles(Collection<Path> files) {
        List<Path> all = List.copyOf(files);
        return new Export(collector -> all.forEach(file -> new LineFile(file).into(collector)));
    }

    /** Default: all formats. */
    public Export as(Format... wanted) {
        return as(List.of(wanted));
    }

    /** @throws IllegalArgumentException where none is given */
    public Export as(Collection<Format> wanted) {
        if (wanted.isEmpty()) {
            throw new IllegalArgumentException(
                    "No format is given; at least one of %s is expected".formatted(Format.labels()));
        }
        formats.clear();
        formats.addAll(wanted);
        return this;
    }

    /** Under which the texts may be used, for the card; an SPDX identifier or any words. Default: the card says none. */
    public Export licence(String licence) {
        licences.add(licence);
        return this;
    }

    /** A rule that held when the set was made, for the card. */
    public Export rule(String rule) {
        rules.add(rule);
        return this;
    }

    /**
     * Replaces an earlier export: its files of other formats, which its {@code sources.jsonl} names, go too. Files of
     * any other name stay.
     *
     * @throws ExportException where it can't be read or written; then what stood there before still stands, or, where
     *     files can't be moved, no card does
     */
    public Exported write(Path folder) {
        try (OutputFolder out = new OutputFolder(folder, formats)) {
            Collector collector = new Collector(out);
            parts.into(collector);
            return out.finish(collector, new Terms(licences, rules));
        }
    }

    /** What the caller says of the set. */
    record Terms(List<String> licences, List<String> rules) {
        Terms {
            licences = List.copyOf(licences);
            rules = List.copyOf(rules);
        }
    }
}
