package dev.cermin.review;

import dev.cermin.config.CerminConfig;
import dev.cermin.config.CerminConfig.ServiceRole;
import dev.cermin.observe.Metric;
import dev.cermin.observe.Metrics;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/** Tells how much waits in each queue, as gateways see it. What can't be read is told as it was. */
@ApplicationScoped
class QueueMeter {
    private static final Logger LOG = Logger.getLogger(QueueMeter.class);
    private static final Duration EVERY = Duration.ofSeconds(10);

    private final Queues queues;
    private final CerminConfig config;
    private final Metrics metrics;
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final Set<String> known = ConcurrentHashMap.newKeySet();
    private volatile Map<String, Long> waiting = Map.of();

    QueueMeter(Queues queues, CerminConfig config, Metrics metrics) {
        this.queues = queues;
        this.config = config;
        this.metrics = metrics;
    }

    void start(@Observes StartupEvent event) {
        if (config.plays(ServiceRole.GATEWAY) && config.metrics().enabled()) {
            Thread.ofVirtual().name("cermin-queues").start(this::run);
        }
    }

    void stop(@Observes ShutdownEvent event) {
        stopping.countDown();
    }

    private void run() {
        try {
            do {
                look();
            } while (!stopping.await(EVERY.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void look() {
        try {
            Map<String, Long> now = new TreeMap<>();
            queues.all().forEach(queue -> now.put(queue.name(), queue.waiting()));
            waiting = now;
            for (String queue : now.keySet()) {
                if (known.add(queue)) {
                    metrics.gauge(Metric.REVIEW_WAITING, () -> waiting.getOrDefault(queue, 0L), queue);
                }
            }
        } catch (RuntimeException e) {
            LOG.debugf("What waits for people can't be counted now: %s", e.getMessage());
        }
    }
}
