package dev.cermin.tune.source;

import dev.cermin.json.Json;
import dev.cermin.json.JsonException;
import dev.cermin.tune.Correction;
import dev.cermin.tune.Sample;
import dev.cermin.tune.lines.Lines;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What a source gave, as files of a folder: {@code samples.jsonl}, {@code rejects.jsonl} for what is broken,
 * {@code left-out.jsonl} for what filters or duplicates kept out, and of traces {@code corrections.jsonl}. All of it is in
 * exactly one of the first three. A correction is there once for every prompt, draft and answer, that of a sample which is a
 * duplicate too: other wrong drafts are other things to learn. Where the folder has an intake of the same terms, it is taken as it is, and the source
 * is not read.
 *
 * @param samples in the source's order
 * @param rejects how many were broken
 * @param filtered how many the filter kept out
 * @param duplicates how many were there before
 * @param corrections how many corrections there are
 */
public record Intake(List<Sample> samples, int rejects, int filtered, int duplicates, int corrections) {
    /** The usual similarity of text corpora from which two samples are one. */
    public static final double NEAR = 0.85;

    /** The lowest; one in ten thousand such pairs is missed, and below many more. */
    public static final double LEAST_NEAR = 0.7;

    private static final String TERMS = "intake.json";
    private static final String SAMPLES = "samples.jsonl";

    /**
     * What makes an intake another one.
     *
     * @param source what is read, with whatever tells it from another
     * @param near from this share of their runs of three words in common two are the same, usually {@link #NEAR}; from
     *     {@link #LEAST_NEAR}; 1 and more: only the same words are
     * @param limit samples at most; what stands behind the last one is not looked at
     */
    public record Terms(String source, Filter filter, double near, int limit) {
        /** @throws IllegalArgumentException for a similarity that is too low */
        public Terms {
            if (!(near >= LEAST_NEAR)) {
                throw new IllegalArgumentException(
                        "The similarity is %s; %s or more is expected, as many below are missed"
                                .formatted(near, LEAST_NEAR));
            }
        }
    }

    /** What stays out, and which of the two keeps it there. */
    public record LeftOut(String id, String by, String reason) {}

    private record Kept(
            String source,
            String filter,
            double near,
            int limit,
            int rejects,
            int filtered,
            int duplicates,
            int corrections) {
        String most() {
            return limit == Integer.MAX_VALUE ? "" : ", at most " + limit;
        }

        boolean of(Terms terms) {
            return source.equals(terms.source())
                    && filter.equals(terms.filter().toString())
                    && near == terms.near()
                    && limit == terms.limit();
        }
    }

    public Intake {
        samples = List.copyOf(samples);
    }

    /**
     * Reads a source into a folder, or what the folder has of it.
     *
     * @throws SourceException where it can't be read, or gives no sample; or where the folder has another intake, or another
     *     run is at work there
     */
    @SuppressWarnings("try") // the lock is only held
    public static Intake of(SampleSource source, Terms terms, Path folder) {
        Path before = folder.resolve(TERMS);
        try (FolderLock held = FolderLock.of(folder)) {
            return Files.exists(before) ? again(before, terms, folder) : new Reading(source, terms, folder).read();
        }
    }

    private static Intake again(Path file, Terms terms, Path folder) {
        try {
            Kept kept = Json.read(Files.readString(file), Kept.class);
            if (!kept.of(terms)) {
                throw new SourceException(
                        "%s has samples of another run: of %s with %s, similarity %s%s. Give another folder, or remove this one"
                                .formatted(folder, kept.source(), kept.filter(), kept.near(), kept.most()));
            }
            List<Sample> samples = new ArrayList<>();
            try (BufferedReader lines = Files.newBufferedReader(folder.resolve(SAMPLES))) {
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    samples.add(Json.read(line, Sample.class));
                }
            }
            return new Intake(samples, kept.rejects(), kept.filtered(), kept.duplicates(), kept.corrections());
        } catch (IOException | JsonException e) {
            throw new SourceException(
                    "What was read before can't be read from %s: %s. Remove the folder, and begin anew"
                            .formatted(folder, e),
                    e);
        }
    }

    /** What a correction teaches. */
    private record Pair(String prompt, String rejected, String corrected) {}

    /** One pass over a source. */
    private static final class Reading {
        private final SampleSource source;
        private final Terms terms;
        private final Path folder;
        private final Duplicates seen;
        private final List<Sample> samples = new ArrayList<>();
        private final Set<Pair> pairs = new HashSet<>();
        private int filtered;
        private int duplicates;
        private String firstReject = "";

        Reading(SampleSource source, Terms terms, Path folder) {
            this.source = source;
            this.terms = terms;
            this.folder = folder;
            this.seen = new Duplicates(terms.near());
        }

        Intake read() {
            try (LinesFile taken = new LinesFile(folder.resolve(SAMPLES));
                    LinesFile rejects = new LinesFile(folder.resolve("rejects.jsonl"));
                    LinesFile leftOut = new LinesFile(folder.resolve("left-out.jsonl"));
                    LinesFile corrections = new LinesFile(folder.resolve("corrections.jsonl"));
                    LinesFile done = new LinesFile(folder.resolve(TERMS))) {
                source.read(candidate -> take(candidate, taken, leftOut, corrections), reject -> {
                    firstReject = firstReject.isEmpty()
                            ? "%s:%d: %s".formatted(reject.file(), reject.line(), reject.reason())
                            : firstReject;
                    rejects.add(Json.text(reject));
                });
                rejects.commit();
                leftOut.commit();
                requireAny(rejects.lines());
                taken.commit();
                if (corrections.lines() > 0) {
                    corrections.commit();
                }
                Kept kept = new Kept(
                        terms.source(),
                        terms.filter().toString(),
                        terms.near(),
                        terms.limit(),
                        rejects.lines(),
                        filtered,
                        duplicates,
                        corrections.lines());
                done.add(Json.text(kept));
                done.commit();
                return new Intake(samples, rejects.lines(), filtered, duplicates, corrections.lines());
            }
        }

        private boolean take(Candidate candidate, LinesFile taken, LinesFile leftOut, LinesFile corrections) {
            Sample sample = candidate.sample();
            String refusal = terms.filter().refusal(candidate);
            if (refusal != null) {
                filtered++;
                leftOut.add(Json.text(new LeftOut(sample.id(), "filter", refusal)));
                return true;
            }
            Correction correction =
                    candidate.traced() == null ? null : candidate.traced().correction();
            if (correction != null
                    && pairs.add(new Pair(correction.prompt(), correction.rejected(), correction.corrected()))) {
                corrections.add(Lines.text(correction));
            }
            refusal = seen.refusal(candidate);
            if (refusal != null) {
                duplicates++;
                leftOut.add(Json.text(new LeftOut(sample.id(), "duplicate", refusal)));
                return true;
            }
            samples.add(sample);
            taken.add(Json.text(sample));
            return samples.size() < terms.limit();
        }

        private void requireAny(int rejects) {
            if (samples.isEmpty()) {
                throw new SourceException("%s gave no sample: %d are broken%s, %d were filtered out; %s has the reasons"
                        .formatted(
                                source.name(),
                                rejects,
                                firstReject.isEmpty() ? "" : " (the first: " + firstReject + ")",
                                filtered,
                                folder));
            }
        }
    }
}
