package dev.cermin.verify;

import java.util.Map;
import java.util.Objects;

/**
 * A verifier as an agent names it.
 *
 * @param name under which {@link Verifiers} know it, in kebab-case
 * @param settings its own, by name; values are strings, numbers, booleans, and lists and maps of them; default none
 */
public record VerifierSpec(String name, Map<String, Object> settings) {
    public VerifierSpec {
        Objects.requireNonNull(name, "name");
        settings = settings == null ? Map.of() : Map.copyOf(settings);
    }

    public VerifierSpec(String name) {
        this(name, Map.of());
    }
}
