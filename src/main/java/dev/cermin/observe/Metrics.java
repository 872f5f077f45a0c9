package dev.cermin.observe;

import dev.cermin.config.CerminConfig;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Timer;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.DoubleSupplier;

/**
 * Counts what {@link Metric} names. Tag values beyond {@code cermin.metrics.max-tag-values} of a tag are counted
 * together, as {@code (others)}. Cheap enough for every step; thread-safe.
 */
@Singleton
public class Metrics {
    private record Key(Metric metric, List<String> values) {}

    /** Beyond it a meter is looked up in the registry each time, which takes a little longer. */
    private static final int MOST_REMEMBERED = 10_000;

    private final MeterRegistry registry;
    private final boolean enabled;
    private final Map<Key, Meter> meters = new ConcurrentHashMap<>();
    private final Map<String, TagLimit> limits = new ConcurrentHashMap<>();
    private final int maxTagValues;

    @Inject
    public Metrics(MeterRegistry registry, CerminConfig config) {
        this(registry, config.metrics().enabled(), config.metrics().maxTagValues());
    }

    public Metrics(MeterRegistry registry, boolean enabled, int maxTagValues) {
        this.registry = registry;
        this.enabled = enabled;
        this.maxTagValues = maxTagValues;
    }

    /** @param values of the metric's tags, in their order */
    public void count(Metric metric, String... values) {
        add(metric, 1, values);
    }

    /** @param amount 0 or more */
    public void add(Metric metric, double amount, String... values) {
        if (enabled) {
            ((Counter) meter(metric, values)).increment(amount);
        }
    }

    public void record(Metric metric, Duration took, String... values) {
        if (enabled) {
            ((Timer) meter(metric, values)).record(took);
        }
    }

    /** @param value asked for at each scrape, on the scraper's thread; what was registered first stays */
    public void gauge(Metric metric, DoubleSupplier value, String... values) {
        if (enabled) {
            Gauge.builder(metric.key(), value::getAsDouble)
                    .tags(tags(metric, limited(metric, values)))
                    .description(metric.description())
                    .baseUnit(metric.kind() == Metric.Kind.SECONDS ? "seconds" : null)
                    .strongReference(true)
                    .register(registry);
        }
    }

    private Meter meter(Metric metric, String... values) {
        Key key = new Key(metric, List.of(values));
        Meter known = meters.get(key);
        if (known != null) {
            return known;
        }
        Meter made = register(new Key(metric, limited(metric, values)));
        if (meters.size() < MOST_REMEMBERED) {
            meters.put(key, made);
        }
        return made;
    }

    private Meter register(Key key) {
        Metric metric = key.metric();
        List<Tag> tags = tags(metric, key.values());
        return switch (metric.kind()) {
            case COUNTER ->
                Counter.builder(metric.key())
                        .tags(tags)
                        .description(metric.description())
                        .register(registry);
            case TIMER ->
                Timer.builder(metric.key())
                        .tags(tags)
                        .description(metric.description())
                        .serviceLevelObjectives(Metric.BUCKETS.toArray(Duration[]::new))
                        .register(registry);
            case GAUGE, SECONDS -> throw new IllegalArgumentException(metric + " is a gauge, which nobody counts");
        };
    }

    private List<String> limited(Metric metric, String... values) {
        List<String> names = metric.tags();
        if (values.length != names.size()) {
            throw new IllegalArgumentException(
                    "%s has the tags %s; given are %s".formatted(metric.key(), names, Arrays.toString(values)));
        }
        if (values.length == 0) {
            return List.of();
        }
        String[] kept = new String[values.length];
        for (int i = 0; i < values.length; i++) {
            kept[i] = limits.computeIfAbsent(names.get(i), name -> new TagLimit(maxTagValues))
                    .of(values[i]);
        }
        return List.of(kept);
    }

    private static List<Tag> tags(Metric metric, List<String> values) {
        List<Tag> tags = new ArrayList<>(values.size());
        for (int i = 0; i < values.size(); i++) {
            tags.add(Tag.of(metric.tags().get(i), values.get(i)));
        }
        return tags;
    }
}
