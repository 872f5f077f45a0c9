package dev.cermin.tune.source;

import dev.cermin.tune.Sample;
import org.jspecify.annotations.Nullable;

/**
 * A sample with the trace that it was made from.
 *
 * @param traced null for one from a file
 */
public record Candidate(Sample sample, @Nullable Traced traced) {}
