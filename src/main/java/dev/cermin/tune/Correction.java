package dev.cermin.tune;

import org.jspecify.annotations.Nullable;

/**
 * An accepted correction with the draft that it replaced, from a stored trace.
 *
 * @param trace the task's id
 * @param prompt the task, as it was asked
 * @param rejected the draft
 * @param reflection what was said of the draft; null where nothing was
 * @param corrected the later attempt
 * @param judge who says that it is strictly better
 */
public record Correction(
        String trace,
        String prompt,
        String rejected,
        @Nullable String reflection,
        String corrected,
        Judge judge) {
    /** Preferences are written only on the word of the first two. */
    public enum Judge {
        /** A deterministic check failed before and none does now. */
        VERIFIER,
        /** A person's review. */
        REVIEWER,
        /** The model's own opinion. */
        CRITIC
    }
}
