package dev.cermin.model;

import java.net.URI;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
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
    private final Map<String, Made> made = new ConcurrentHashMap<>();
    private volatile boolean closed;

    /**
     * @param settings by name; {@value #BUNDLED} need not be among them
     * @param cache where providers unpack what they bring
     */
    public ConfiguredModels(Map<String, ModelSettings> settings, Path cache) {
        this(settings, cache, ServiceLoader.load(ModelProvider.class, ModelProvider.class.getClassLoader()));
    }

    ConfiguredModels(Map<String, ModelSettings> settings, Path cache, Iterable<ModelProvider> known) {
        var all = new TreeMap<>(settings);
        all.putIfAbsent(BUNDLED, ModelSettings.BUNDLED);
        this.settings = all;
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
        return made(name).model(() -> make(name, found));
    }

    /** A configured model at another endpoint: one of its replicas. */
    public Model replica(String name, URI endpoint) {
        ModelSettings found = settings(name).at(endpoint);
        return made(name + " " + endpoint).model(() -> make(name, found));
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

    private Made made(String key) {
        return made.computeIfAbsent(key, absent -> new Made());
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

    /** One that is just being made is closed once it is, by who makes it. May be called twice. */
    @Override
    public void close() {
        closed = true;
        made.values().forEach(Made::close);
    }

    /** A place for one model. Making it may take minutes, so that only those who want the same one wait for it. */
    private final class Made {
        private final ReentrantLock making = new ReentrantLock();
        private final AtomicBoolean ended = new AtomicBoolean();
        private volatile @Nullable Model model;

        Model model(Supplier<Model> maker) {
            Model known = model;
            if (known != null) {
                return known;
            }
            try {
                making.lockInterruptibly();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("Interrupted while another call made the model", e);
            }
            try {
                known = model;
                return known != null ? known : make(maker);
            } finally {
                making.unlock();
            }
        }

        private Model make(Supplier<Model> maker) {
            refuseClosed();
            Model fresh = maker.get();
            model = fresh;
            if (closed) {
                close();
                refuseClosed();
            }
            return fresh;
        }

        private void refuseClosed() {
            if (closed) {
                throw new IllegalStateException("The models are closed: no more are made");
            }
        }

        void close() {
            Model known = model;
            if (known != null && known.chat() instanceof AutoCloseable engine && ended.compareAndSet(false, true)) {
                ConfiguredModels.close(known.name(), engine);
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
