package dev.cermin.model;

import java.net.URI;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The models of a configuration, each made when it is first asked for. Thread-safe. */
public final class ConfiguredModels implements Models, AutoCloseable {
    /** The name of the model that comes with Cermin. */
    public static final String BUNDLED = "mirror";

    private static final System.Logger LOG = System.getLogger(ConfiguredModels.class.getName());

    private final Map<String, ModelSettings> settings;
    private final Path cache;
    private final Map<String, ModelProvider> providers = new TreeMap<>();
    private final Map<String, Made> all = new ConcurrentHashMap<>();
    private volatile boolean closed;

    /**
     * @param settings by name; {@value #BUNDLED} need not be among them
     * @param cache where providers unpack what they bring
     */
    public ConfiguredModels(Map<String, ModelSettings> settings, Path cache) {
        this(settings, cache, ServiceLoader.load(ModelProvider.class, ModelProvider.class.getClassLoader()));
    }

    ConfiguredModels(Map<String, ModelSettings> settings, Path cache, Iterable<ModelProvider> known) {
        var named = new TreeMap<>(settings);
        named.putIfAbsent(BUNDLED, ModelSettings.BUNDLED);
        this.settings = named;
        this.cache = cache;
        for (ModelProvider provider : known) {
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
        return all.computeIfAbsent(name, key -> new Made()).model(() -> make(name, found));
    }

    /** A configured model at another endpoint: one of its replicas. */
    public Model replica(String name, URI endpoint) {
        ModelSettings found = settings(name).at(endpoint);
        return all.computeIfAbsent(name + " " + endpoint, key -> new Made()).model(() -> make(name, found));
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

    /** Whether a model's time-out is for each silence of its stream, not for the whole answer. */
    public boolean streams(String name) {
        ModelSettings model = settings(name);
        return provider(name, model).streams(model);
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

    /** One that is being made is closed when it is. */
    @Override
    public void close() {
        closed = true;
        all.values().forEach(Made::close);
    }

    /** A model that is made at most once; the map is not locked meanwhile, since it may take minutes. */
    private final class Made {
        private final ReentrantLock making = new ReentrantLock();
        private final AtomicReference<@Nullable Model> engine = new AtomicReference<>();
        private volatile @Nullable Model model;

        Model model(Supplier<Model> maker) {
            Model known = model;
            if (known != null) {
                return known;
            }
            making.lock();
            try {
                known = model;
                if (known == null) {
                    refuseIfClosed();
                    known = maker.get();
                    engine.set(known);
                    model = known;
                    if (closed) {
                        close();
                        refuseIfClosed();
                    }
                }
                return known;
            } finally {
                making.unlock();
            }
        }

        private void refuseIfClosed() {
            if (closed) {
                throw new IllegalStateException("The models are closed");
            }
        }

        void close() {
            Model made = engine.getAndSet(null);
            if (made != null && made.chat() instanceof AutoCloseable chat) {
                try {
                    chat.close();
                } catch (Exception e) {
                    LOG.log(System.Logger.Level.WARNING, "Model " + made.name() + " did not close cleanly", e);
                }
            }
        }
    }
}
