package dev.cermin.flow;

import dev.cermin.config.CerminConfig;
import dev.cermin.flow.Backlog.Behind;
import dev.cermin.observe.Metric;
import dev.cermin.observe.Metrics;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * Tells how far lanes and recorders are behind. Every service asks Kafka for it, so that it is known also where all
 * workers of a lane are gone.
 */
@ApplicationScoped
class BacklogWatch {
    private static final Logger LOG = Logger.getLogger(BacklogWatch.class);
    private static final Duration EVERY = Duration.ofSeconds(5);

    private final CerminConfig config;
    private final LaneClients clients;
    private final Metrics metrics;
    private final CountDownLatch stopping = new CountDownLatch(1);
    /** What was seen last, by topic. */
    private volatile Map<String, Behind> seen = Map.of();

    BacklogWatch(CerminConfig config, LaneClients clients, Metrics metrics) {
        this.config = config;
        this.clients = clients;
        this.metrics = metrics;
    }

    void start(@Observes StartupEvent event) {
        boolean serves = List.of(CerminConfig.ServiceRole.values()).stream()
                .filter(role -> role != CerminConfig.ServiceRole.NONE)
                .anyMatch(config::plays);
        if (!serves || !config.metrics().enabled()) {
            return;
        }
        Map<String, String> groups = new TreeMap<>();
        watch(Lanes.INTAKE, Topics.TASKS, groups);
        Lanes.of(config).names().forEach(lane -> watch(lane, Topics.ofLane(lane), groups));
        groups.put(Topics.TRACES, Topics.RECORDER_GROUP);
        metrics.gauge(Metric.RECORDER_LAG, () -> records(Topics.TRACES));
        Thread.ofPlatform().name("cermin-backlog").daemon().start(() -> run(groups));
    }

    private void watch(String lane, String topic, Map<String, String> groups) {
        groups.put(topic, topic);
        metrics.gauge(Metric.LANE_LAG, () -> records(topic), lane);
        metrics.gauge(Metric.LANE_OLDEST_AGE, () -> age(topic), lane);
    }

    /** NaN, which Prometheus takes as unknown, before the first look. */
    private double records(String topic) {
        Behind behind = seen.get(topic);
        return behind == null ? Double.NaN : behind.records();
    }

    private double age(String topic) {
        Behind behind = seen.get(topic);
        if (behind == null) {
            return Double.NaN;
        }
        return behind.oldest() == 0 ? 0 : Math.max(0, System.currentTimeMillis() - behind.oldest()) / 1e3;
    }

    void stop(@Observes ShutdownEvent event) {
        stopping.countDown();
    }

    private void run(Map<String, String> groups) {
        boolean told = false;
        while (!stopped()) {
            try (Backlog backlog = clients.backlog()) {
                do {
                    seen = backlog.look(groups);
                    told = false;
                } while (!stopped());
            } catch (ExecutionException | RuntimeException e) {
                seen = Map.of();
                LOG.logf(
                        told ? Logger.Level.DEBUG : Logger.Level.WARN,
                        "How far the lanes are behind isn't known: %s",
                        e.getMessage());
                told = true;
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private boolean stopped() {
        try {
            return stopping.await(EVERY.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            return true;
        }
    }
}
