package dev.cermin.flow;

import dev.cermin.config.FlowConfig;
import dev.cermin.flow.LaterException.Kind;
import dev.cermin.observe.Metric;
import dev.cermin.observe.Metrics;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** For each lane, when its steps are begun again, and what they find away. Thread-safe. */
final class Retries {
    private static final Retry USUAL =
            new Retry(Duration.ofSeconds(1), Duration.ofSeconds(30), Duration.ofMillis(200), Duration.ofMinutes(10));

    private final Map<String, FlowConfig.Lane> settings;
    private final Clock clock;
    private final Metrics metrics;
    private final Map<String, OfLane> lanes = new ConcurrentHashMap<>();

    /** @param settings by lane; those that are left out have the usual ones */
    Retries(Map<String, FlowConfig.Lane> settings, Clock clock, Metrics metrics) {
        this.settings = settings;
        this.clock = clock;
        this.metrics = metrics;
    }

    /** @throws IllegalArgumentException where its settings are wrong; the message names them */
    OfLane of(String lane) {
        return lanes.computeIfAbsent(lane, this::make);
    }

    private OfLane make(String lane) {
        FlowConfig.Lane own = settings.get(lane);
        Retry retry = own == null ? USUAL : retry(lane, own.retry());
        Outages models = new Outages("Lane " + lane, "model", Integer.MAX_VALUE, retry, clock);
        metrics.gauge(Metric.LANE_PAUSED, models::count, lane);
        return new OfLane(lane, retry, models, new Outages("Lane " + lane, "store", Integer.MAX_VALUE, retry, clock));
    }

    private static Retry retry(String lane, FlowConfig.Retry own) {
        try {
            return new Retry(own.delay(), own.maxDelay(), own.jitter(), own.maxDuration());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("cermin.lanes.%s.retry: %s".formatted(lane, e.getMessage()), e);
        }
    }

    /** What each lane waits for, by its name; those that wait for nothing are left out. */
    Map<String, Map<String, String>> away() {
        Map<String, Map<String, String>> away = new TreeMap<>();
        lanes.forEach((name, lane) -> {
            Map<String, String> all = new TreeMap<>(lane.models().away());
            all.putAll(lane.stores().away());
            if (!all.isEmpty()) {
                away.put(name, all);
            }
        });
        return away;
    }

    /** A step of a lane is to be begun again. */
    void noted(String lane, Kind kind) {
        metrics.count(Metric.STEPS_RETRIED, lane, kind.name().toLowerCase(Locale.ROOT));
    }

    /**
     * One lane's.
     *
     * @param stores the Postgres that large states are in
     */
    record OfLane(String name, Retry retry, Outages models, Outages stores) {}
}
