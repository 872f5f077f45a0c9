package dev.cermin.trace;

import java.util.Locale;

/**
 * What a stored step records. The first of a trace is always {@link #SUBMIT}, the last of its loop {@link #FINISH}; only
 * what people do stands behind that.
 */
public enum StepKind {
    SUBMIT,
    GENERATE,
    VERIFY,
    REFLECT,
    CORRECT,
    /** A person's act: see {@link Review}. */
    REVIEW,
    FINISH;

    /** As in events, rows and URLs. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }
}
