package dev.cermin.trace;

import java.util.Locale;

/** What a stored step records. The first of a trace is always {@link #SUBMIT}, the last {@link #FINISH}. */
public enum StepKind {
    SUBMIT,
    GENERATE,
    VERIFY,
    REFLECT,
    CORRECT,
    FINISH;

    /** As in events, rows and URLs. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }
}
