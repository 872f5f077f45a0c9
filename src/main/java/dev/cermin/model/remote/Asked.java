package dev.cermin.model.remote;

import dev.cermin.model.ModelSettings;
import dev.cermin.text.Names;
import dev.langchain4j.http.client.HttpClientBuilder;
import dev.langchain4j.model.chat.Capability;
import dev.langchain4j.model.chat.request.ChatRequest;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What is configured of one model, read by its provider. Names of parameters may be written as their provider does,
 * {@code reasoning_effort}, or in kebab-case; what no provider asked for is refused in the end. Not thread-safe.
 */
final class Asked {
    private static final String HEADER = "header-";

    private final String provider;
    private final String model;
    private final ModelSettings settings;
    private final Map<String, String> parameters = new TreeMap<>();
    private final Set<String> known = new TreeSet<>();
    private boolean headers;
    private boolean schema;
    private UnaryOperator<ChatRequest> prepare = UnaryOperator.identity();

    Asked(String provider, String model, ModelSettings settings) {
        this.provider = provider;
        this.model = model;
        this.settings = settings;
        settings.parameters().forEach((name, value) -> parameters.put(kebab(name), value));
    }

    private static String kebab(String name) {
        return name.toLowerCase(Locale.ROOT).replace('_', '-').replace('.', '-');
    }

    /** The endpoint; null for the provider's own. */
    @Nullable
    String baseUrl() {
        URI url = settings.baseUrl();
        return url == null ? null : url.toString();
    }

    /** @param example of an endpoint */
    String baseUrlOrFail(String example) {
        String url = baseUrl();
        if (url == null) {
            throw lacks("base-url", "such as " + example);
        }
        return url;
    }

    @Nullable
    String apiKey() {
        String key = settings.apiKey();
        return key == null || key.isBlank() ? null : key.strip();
    }

    String apiKeyOrFail() {
        String key = apiKey();
        if (key == null) {
            throw lacks("api-key", "the secret that %s gave you".formatted(provider));
        }
        return key;
    }

    /** @param example of a name */
    String modelOrFail(String example) {
        String name = settings.model();
        if (name == null || name.isBlank()) {
            throw lacks("model", "such as " + example);
        }
        return name;
    }

    Duration timeout() {
        return settings.timeout();
    }

    HttpClientBuilder wire() {
        return WireBuilder.of(settings.timeout());
    }

    @Nullable
    String text(String name) {
        known.add(name);
        return parameters.get(name);
    }

    @Nullable
    Integer number(String name) {
        String value = text(name);
        try {
            return value == null ? null : Integer.valueOf(value.strip());
        } catch (NumberFormatException e) {
            throw wrong(name, value, "a whole number");
        }
    }

    boolean flag(String name, boolean otherwise) {
        String value = text(name);
        if (value == null) {
            return otherwise;
        }
        return switch (value.strip().toLowerCase(Locale.ROOT)) {
            case "true" -> true;
            case "false" -> false;
            default -> throw wrong(name, value, "true or false");
        };
    }

    /** Those of {@code header.NAME}, sent with each request. */
    Map<String, String> headers() {
        headers = true;
        Map<String, String> byName = new TreeMap<>();
        parameters.forEach((name, value) -> {
            if (name.startsWith(HEADER)) {
                byName.put(name.substring(HEADER.length()), value);
            }
        });
        return byName;
    }

    /** Whether answers can be asked for by a JSON schema; {@code json-schema} says otherwise. */
    void takesSchemas(boolean byDefault) {
        schema = flag("json-schema", byDefault);
    }

    /** Sets how a request becomes one that the model takes. */
    void prepares(UnaryOperator<ChatRequest> change) {
        prepare = change;
    }

    UnaryOperator<ChatRequest> preparation() {
        return prepare;
    }

    Set<Capability> capabilities() {
        return schema ? Set.of(Capability.RESPONSE_FORMAT_JSON_SCHEMA) : Set.of();
    }

    /** What the settings call secret, and every header. */
    Secrets secrets() {
        List<String> secrets = new ArrayList<>(settings.secrets());
        String key = apiKey();
        if (key != null) {
            secrets.add(key);
        }
        parameters.forEach((name, value) -> {
            if (name.startsWith(HEADER)) {
                secrets.add(value);
            }
        });
        return new Secrets(secrets);
    }

    /** @throws IllegalArgumentException for a parameter that nothing asked for */
    void refuseOthers() {
        for (String name : parameters.keySet()) {
            if (!known.contains(name) && !(headers && name.startsWith(HEADER))) {
                Set<String> all = new TreeSet<>(known);
                if (headers) {
                    all.add("header.NAME");
                }
                throw new IllegalArgumentException("%s is not known to provider '%s', which knows %s%s"
                        .formatted(key("parameters." + name), provider, all, Names.hint(name, all)));
            }
        }
    }

    IllegalArgumentException wrong(String parameter, @Nullable String given, String expected) {
        return new IllegalArgumentException(
                "%s is '%s'; %s is expected".formatted(key("parameters." + parameter), given, expected));
    }

    IllegalArgumentException lacks(String setting, String what) {
        return new IllegalArgumentException("Provider '%s' needs %s: %s".formatted(provider, key(setting), what));
    }

    private String key(String setting) {
        return "cermin.models.%s.%s".formatted(model, setting);
    }
}
