package dev.cermin.model;

import java.net.URI;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** The models of a configuration, each made when it is first asked for. Thread-safe. */
public final class ConfiguredModels implements Models, AutoCloseable {
    /** The name of the model that comes with Cermin. */
    public static final String BUNDLED = "mirror";

    private static final System.Logger LOG = System.getLogger(ConfiguredModels.class.getName());

    private final Map<String, ModelSettings> settings;
    private final Path cache;
    private final Map<String, ModelProvider> providers = new TreeMap<>();
    private final Map<String, Model> made = new ConcurrentHashMap<>();

    /**
     * @param settings by name; {@value #BUNDLED} need not be among them
     * @param cache where providers unpack what they bring
     */
    public ConfiguredModels(Map<String, ModelSettings> settings, Path cache) {
        var all = new TreeMap<>(settings);
        all.putIfAbsent(BUNDLED, ModelSettings.BUNDLED);
        this.settings = all;
        this.cache = cache;
        for (ModelProvider provider : ServiceLoader.load(ModelProvider.class, ModelProvider.class.getClassLoader())) {
            providers.put(provider.name(), provider);
        }
    }

    /** The names of those there are, sorted: the configured ones and the bundled one. */
    public Set<String> names() {
        return Collections.unmodifiableSet(settings.keySet());
    }

    @Override
    public Model named(String name) {
        ModelSettings found = settings(name);
        return made.computeIfAbsent(name, key -> make(key, found));
    }

    /** A configured model at another endpoint: one of its replicas. */
    public Model replica(String name, URI endpoint) {
        ModelSettings found = settings(name).at(endpoint);
        return made.computeIfAbsent(name + " " + endpoint, key -> make(name, found));
    }

    /** @throws IllegalArgumentException for a name that isn't configured; the message lists those that are */
    public ModelSettings settings(String name) {
        ModelSettings found = settings.get(name);
        if (found == null) {
            throw new IllegalArgumentException(
                    "There is no model '%s'; configured are %s. Set cermin.models.%s.provider and what it needs"
                            .formatted(name, settings.keySet(), name));
        }
        return found;
    }

    /** Calls that a model takes at once: as configured, else as its provider knows; 0 for no limit. */
    public int concurrency(String name) {
        ModelSettings model = settings(name);
        return provider(name, model).concurrency(model);
    }

    private Model make(String name, ModelSettings model) {
        ModelProvider provider = provider(name, model);
        return new Model(name, provider.name(), provider.make(name, model, cache), model.price());
    }

    private ModelProvider provider(String name, ModelSettings model) {
        ModelProvider provider = providers.get(model.provider());
        if (provider == null) {
            throw new IllegalArgumentException("cermin.models.%s.provider is '%s'; one of %s is expected"
                    .formatted(name, model.provider(), providers.keySet()));
        }
        return provider;
    }

    @Override
    public void close() {
        for (Model model : made.values()) {
            if (model.chat() instanceof AutoCloseable engine) {
                close(model.name(), engine);
            }
        }
    }

    private static void close(String name, AutoCloseable engine) {
        try {
            engine.close();
        } catch (Exception e) {
            LOG.log(System.Logger.Level.WARNING, "Model " + name + " did not close cleanly", e);
        }
    }
}
