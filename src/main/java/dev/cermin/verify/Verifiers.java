package dev.cermin.verify;

import java.util.Collections;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/** The verifiers that agents can name. Immutable, so thread-safe. */
public final class Verifiers {
    private final SortedMap<String, Function<Settings, Verifier>> byName;

    private Verifiers(SortedMap<String, Function<Settings, Verifier>> byName) {
        this.byName = byName;
    }

    /** Those that come with Cermin, and those of every {@link VerifierProvider} on the class path. */
    public static Verifiers standard() {
        return Standard.VERIFIERS;
    }

    /** Looked up once, when first asked for. */
    private static final class Standard {
        static final Verifiers VERIFIERS = load();

        private static Verifiers load() {
            var all = new TreeMap<String, Function<Settings, Verifier>>();
            for (VerifierProvider provider :
                    ServiceLoader.load(VerifierProvider.class, VerifierProvider.class.getClassLoader())) {
                all.putAll(provider.verifiers());
            }
            return new Verifiers(all);
        }
    }

    /** These and one more; one of the same name replaces the earlier. */
    public Verifiers with(Verifier verifier) {
        var all = new TreeMap<>(byName);
        all.put(verifier.name(), settings -> {
            settings.noOthers();
            return verifier;
        });
        return new Verifiers(all);
    }

    public Set<String> names() {
        return Collections.unmodifiableSet(byName.keySet());
    }

    /**
     * The verifier of that name without settings.
     *
     * @throws IllegalArgumentException for a name that isn't there; the message lists those that are
     */
    public Verifier named(String name) {
        return of(new VerifierSpec(name, Map.of()));
    }

    /**
     * A verifier with its settings.
     *
     * @throws IllegalArgumentException for a name that isn't there; the message lists those that are
     * @throws SettingException for settings that can't be used
     */
    public Verifier of(VerifierSpec spec) {
        Function<Settings, Verifier> maker = byName.get(spec.name());
        if (maker == null) {
            throw new IllegalArgumentException("There is no verifier '" + spec.name() + "'; known are " + names());
        }
        return maker.apply(new Settings(spec.settings()));
    }
}
