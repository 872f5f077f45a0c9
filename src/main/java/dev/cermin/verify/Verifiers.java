package dev.cermin.verify;

import java.util.Collections;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;

/** The verifiers that agent files can name. Immutable, so thread-safe. */
public final class Verifiers {
    private final SortedMap<String, Supplier<Verifier>> byName;

    private Verifiers(SortedMap<String, Supplier<Verifier>> byName) {
        this.byName = byName;
    }

    /** Those that come with Cermin: {@code equation}, {@code arithmetic}. */
    public static Verifiers standard() {
        var all = new TreeMap<String, Supplier<Verifier>>();
        all.put(EquationVerifier.NAME, EquationVerifier::new);
        all.put(ArithmeticVerifier.NAME, ArithmeticVerifier::new);
        return new Verifiers(all);
    }

    /** These and one more; one of the same name replaces the earlier. */
    public Verifiers with(Verifier verifier) {
        var all = new TreeMap<>(byName);
        all.put(verifier.name(), () -> verifier);
        return new Verifiers(all);
    }

    public Set<String> names() {
        return Collections.unmodifiableSet(byName.keySet());
    }

    /** @throws IllegalArgumentException for a name that isn't there; the message lists those that are */
    public Verifier named(String name) {
        Supplier<Verifier> factory = byName.get(name);
        if (factory == null) {
            throw new IllegalArgumentException("There is no verifier '" + name + "'; known are " + names());
        }
        return factory.get();
    }
}
