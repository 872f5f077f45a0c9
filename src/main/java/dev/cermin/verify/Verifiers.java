package dev.cermin.verify;

import dev.cermin.text.Names;
import java.util.Collections;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/** The verifiers that agents can name: some of the application's own before those that come by providers. Immutable. */
public final class Verifiers {
    private static final Verifiers STANDARD = new Verifiers(Map.of());

    private final Map<String, Function<Settings, Verifier>> own;

    private Verifiers(Map<String, Function<Settings, Verifier>> own) {
        this.own = own;
    }

    /** Those that come with Cermin, and those of every {@link VerifierProvider} on the class path. */
    public static Verifiers standard() {
        return STANDARD;
    }

    /** Looked up once, when first asked for: a program whose verifiers are its own does not pay for it. */
    private static final class Provided {
        static final Map<String, Function<Settings, Verifier>> MAKERS = load();

        private static Map<String, Function<Settings, Verifier>> load() {
            var all = new TreeMap<String, Function<Settings, Verifier>>();
            for (VerifierProvider provider :
                    ServiceLoader.load(VerifierProvider.class, VerifierProvider.class.getClassLoader())) {
                all.putAll(provider.verifiers());
            }
            return all;
        }
    }

    /** These and one more; one of the same name replaces the earlier. */
    public Verifiers with(Verifier verifier) {
        var all = new TreeMap<>(own);
        all.put(verifier.name(), settings -> {
            settings.noOthers();
            return verifier;
        });
        return new Verifiers(all);
    }

    /** These and those of a provider; one of the same name replaces the earlier. */
    public Verifiers with(VerifierProvider provider) {
        var all = new TreeMap<>(own);
        all.putAll(provider.verifiers());
        return new Verifiers(all);
    }

    public Set<String> names() {
        var names = new TreeSet<>(Provided.MAKERS.keySet());
        names.addAll(own.keySet());
        return Collections.unmodifiableSet(names);
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
        Function<Settings, Verifier> maker = own.get(spec.name());
        if (maker == null) {
            maker = Provided.MAKERS.get(spec.name());
        }
        if (maker == null) {
            throw new IllegalArgumentException("There is no verifier '%s'; known are %s%s"
                    .formatted(spec.name(), names(), Names.hint(spec.name(), names())));
        }
        return maker.apply(new Settings(spec.settings()));
    }
}
