package dev.cermin.tune.source;

import dev.cermin.tune.Sample;
import org.jspecify.annotations.Nullable;

/**
 * A sample with the trace that it was made from.
 *
 * @param traced null for one from a file
 * @param preface characters at the front of its instruction that don't count when it is compared with others: a system
 *     message, which many samples may share
 */
public record Candidate(Sample sample, @Nullable Traced traced, int preface) {
    public Candidate(Sample sample, @Nullable Traced traced) {
        this(sample, traced, 0);
    }
}
