package dev.cermin.observe;

import org.jspecify.annotations.Nullable;

/** What the request that this thread serves says of its place in a distributed trace. Thread-safe. */
@FunctionalInterface
public interface CallerTrace {
    /** Null where this thread serves none, or it says nothing. */
    @Nullable
    TraceParent get();
}
