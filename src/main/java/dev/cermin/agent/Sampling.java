package dev.cermin.agent;

import org.jspecify.annotations.Nullable;

/**
 * How tokens are chosen.
 *
 * @param temperature 0 (always the likeliest) or more; null: the model's own default
 * @param topP in (0, 1]; null: the model's own default
 * @param maxTokens tokens a reply may have; null: the model's own default
 */
public record Sampling(
        @Nullable Double temperature,
        @Nullable Double topP,
        @Nullable Integer maxTokens) {
    public static final Sampling DEFAULT = new Sampling(null, null, null);
}
