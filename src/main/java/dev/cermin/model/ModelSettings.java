package dev.cermin.model;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a configuration says of a model.
 *
 * @param provider who answers: {@code jlama}, {@code openai}, …
 * @param path a folder or file of a local model; null: the provider's own default
 * @param baseUrl the endpoint; null: the provider's own
 * @param apiKey its secret; null for none; never shown
 * @param model the provider's name of it
 * @param timeout of one call
 * @param maxRetries attempts after the first, on failures that may pass
 * @param price of its tokens
 * @param limits of its use
 * @param lane the lane that serves its steps; null: the role's own
 * @param tags by which it can be chosen
 * @param parameters what else the provider knows, by the provider's own names
 */
public record ModelSettings(
        String provider,
        @Nullable Path path,
        @Nullable URI baseUrl,
        @Nullable String apiKey,
        @Nullable String model,
        Duration timeout,
        int maxRetries,
        Price price,
        Limits limits,
        @Nullable String lane,
        Set<String> tags,
        Map<String, String> parameters) {
    private static final Pattern SECRET = Pattern.compile("(?i)key|secret|password|credential|token$");

    /** The model that comes with Cermin. */
    public static final ModelSettings BUNDLED = builder("jlama").maxRetries(0).build();

    public ModelSettings {
        tags = new TreeSet<>(tags);
        parameters = new TreeMap<>(parameters);
    }

    public static Builder builder(String provider) {
        return new Builder(provider);
    }

    /** The same at another endpoint. */
    public ModelSettings at(URI endpoint) {
        return new ModelSettings(
                provider, path, endpoint, apiKey, model, timeout, maxRetries, price, limits, lane, tags, parameters);
    }

    /** What no message may show: the key, a password in the endpoint, parameters that are named as secrets are. */
    public Set<String> secrets() {
        Set<String> secrets = new TreeSet<>();
        if (apiKey != null) {
            secrets.add(apiKey);
        }
        if (baseUrl != null && baseUrl.getUserInfo() != null) {
            secrets.add(baseUrl.getUserInfo());
        }
        parameters.forEach((name, value) -> {
            if (SECRET.matcher(name).find()) {
                secrets.add(value);
            }
        });
        return secrets;
    }

    /** Without the key and the parameters, which may hold secrets too. */
    @Override
    public String toString() {
        return "%s model %s at %s".formatted(provider, model, path != null ? path : shown(baseUrl));
    }

    /** An endpoint without user, password and query, which may hold secrets. */
    public static String shown(@Nullable URI endpoint) {
        if (endpoint == null) {
            return "its default endpoint";
        }
        String text = endpoint.toString().replaceFirst("[?#].*", "");
        return text.replaceFirst("//[^/@]*@", "//");
    }

    /** Not thread-safe. */
    public static final class Builder {
        private final String provider;
        private @Nullable Path path;
        private @Nullable URI baseUrl;
        private @Nullable String apiKey;
        private @Nullable String model;
        private Duration timeout = Duration.ofMinutes(2);
        private int maxRetries = 2;
        private Price price = Price.FREE;
        private Limits limits = Limits.NONE;
        private @Nullable String lane;
        private Set<String> tags = Set.of();
        private Map<String, String> parameters = Map.of();

        private Builder(String provider) {
            this.provider = provider;
        }

        /** Default none: the provider's own. */
        public Builder path(@Nullable Path folder) {
            path = folder;
            return this;
        }

        /** Default none: the provider's own. */
        public Builder baseUrl(@Nullable URI url) {
            baseUrl = url;
            return this;
        }

        /** Default none. */
        public Builder apiKey(@Nullable String key) {
            apiKey = key;
            return this;
        }

        /** Default none. */
        public Builder model(@Nullable String name) {
            model = name;
            return this;
        }

        /** Default two minutes. */
        public Builder timeout(Duration time) {
            timeout = time;
            return this;
        }

        /** Default 2. */
        public Builder maxRetries(int count) {
            maxRetries = count;
            return this;
        }

        /** Default free. */
        public Builder price(Price tokens) {
            price = tokens;
            return this;
        }

        /** Default none. */
        public Builder limits(Limits most) {
            limits = most;
            return this;
        }

        /** Default none: the role's own. */
        public Builder lane(@Nullable String name) {
            lane = name;
            return this;
        }

        /** Default none. */
        public Builder tags(Set<String> names) {
            tags = names;
            return this;
        }

        /** Default none. */
        public Builder parameters(Map<String, String> byName) {
            parameters = byName;
            return this;
        }

        public ModelSettings build() {
            return new ModelSettings(
                    provider, path, baseUrl, apiKey, model, timeout, maxRetries, price, limits, lane, tags, parameters);
        }
    }
}
