package dev.cermin.gateway;

import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * What a person says of a draft: a label, a comment, or both.
 *
 * @param label {@code right}, {@code wrong} or {@code unclear}
 * @param comment up to 20,000 characters
 * @param round of the draft; default: the answer
 */
@Schema(name = "ReviewRequest")
public record ReviewRequest(
        @Nullable String label,
        @Nullable String comment,
        @Nullable Integer round) {}
