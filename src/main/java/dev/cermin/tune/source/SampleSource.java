package dev.cermin.tune.source;

import java.util.function.Consumer;
import java.util.function.Predicate;

/** Where samples are read from, one after the other and always in the same order. */
public interface SampleSource {
    /** For messages and for {@code Sample.Source}. */
    String name();

    /**
     * Reads to the end, or until enough is taken.
     *
     * @param samples says whether to go on
     * @param rejects what is broken
     * @throws SourceException where it can't be read
     */
    void read(Predicate<Candidate> samples, Consumer<Reject> rejects);
}
