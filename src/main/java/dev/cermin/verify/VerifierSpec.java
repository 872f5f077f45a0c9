package dev.cermin.verify;

import java.util.Map;
import java.util.Objects;

/**
 * A verifier as an agent names it. Equal specs give equal JSON, and are equal again once they were read from it.
 *
 * @param name under which {@link Verifiers} know it, in kebab-case
 * @param settings its own, by name, sorted; values are texts, numbers, booleans, nulls, and lists and maps of them;
 *     decimals are doubles; default none
 */
public record VerifierSpec(String name, Map<String, Object> settings) {
    /** @throws SettingException for a value of another type, or a number that is not finite */
    public VerifierSpec {
        Objects.requireNonNull(name, "name");
        settings = settings == null ? Map.of() : SettingValues.of(settings);
    }

    public VerifierSpec(String name) {
        this(name, Map.of());
    }
}
