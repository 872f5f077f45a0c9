package dev.cermin.model;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a configuration says of a model.
 *
 * @param provider {@code jlama} or {@code openai}
 * @param path the folder of a {@code jlama} model; null: the bundled one
 * @param baseUrl the endpoint of an {@code openai} model
 * @param apiKey its bearer token; null for none; never shown
 * @param model the provider's name of it
 * @param timeout of one call
 * @param maxRetries attempts after the first, on failures that may pass
 * @param price of its tokens
 */
public record ModelSettings(
        String provider,
        @Nullable Path path,
        @Nullable URI baseUrl,
        @Nullable String apiKey,
        @Nullable String model,
        Duration timeout,
        int maxRetries,
        Price price) {
    /** The model that comes with Cermin. */
    public static final ModelSettings BUNDLED =
            new ModelSettings("jlama", null, null, null, null, Duration.ofMinutes(2), 0, Price.FREE);

    @Override
    public String toString() {
        return "%s model %s at %s".formatted(provider, model, path != null ? path : baseUrl);
    }
}
