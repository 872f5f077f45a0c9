package dev.cermin.tune;

import org.jspecify.annotations.Nullable;

/**
 * What a stage decided on a sample, and by which figures.
 *
 * @param taken whether the teacher's version is kept, or at the last stage the sample itself
 * @param before the score of what was there; null where unscored
 * @param after the score of the teacher's version; null where unscored or where there is none
 */
public record Decision(
        Stage stage,
        boolean taken,
        String reason,
        @Nullable Double before,
        @Nullable Double after) {
    /** In this order. */
    public enum Stage {
        /** The teacher reflects on the instruction; kept where IFD rises. */
        INSTRUCTION,
        /** The teacher reflects on the response; kept where r-IFD falls. */
        RESPONSE,
        /** IFD and r-IFD both under 1, and the response was reflected on. */
        FINAL
    }
}
