package dev.cermin.gateway;

import dev.cermin.config.CerminConfig;
import dev.cermin.flow.Ends;
import dev.cermin.flow.Tenants;
import dev.cermin.loop.Task;
import dev.cermin.observe.Metric;
import dev.cermin.observe.Metrics;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What tenants may submit to this gateway. Of requests a minute, a tenth may come at once, the rest as the minute goes on;
 * of tasks at once, those count that this gateway accepted since it started and whose end it has not heard of. Thread-safe.
 */
@ApplicationScoped
class Limits {
    /** What is known of tenants nobody named; they may be any number. */
    private static final int REMEMBERED = 10_000;

    private static final long SOON = 5;
    /** A task that ended unheard counts no longer than that, or its deadline. */
    private static final Duration LONGEST = Duration.ofDays(7);
    /** All are looked at for it, however often a tenant asks in vain. */
    private static final Duration SWEEP = Duration.ofSeconds(1);

    private final CerminConfig config;
    private final Tenants tenants;
    private final Ends ends;
    private final Metrics metrics;
    private final Map<String, Rate> requests = remembering();
    private final Map<UUID, Unfinished> unfinished = new LinkedHashMap<>();
    private final Map<String, Integer> counts = new LinkedHashMap<>();
    private Instant swept = Instant.MIN;

    private record Unfinished(String tenant, Instant until) {}

    Limits(CerminConfig config, Ends ends, Metrics metrics) {
        this.config = config;
        this.metrics = metrics;
        this.tenants = Tenants.of(config);
        this.ends = ends;
    }

    private static Map<String, Rate> remembering() {
        return Collections.synchronizedMap(new LinkedHashMap<>(16, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<String, Rate> eldest) {
                return size() > REMEMBERED;
            }
        });
    }

    void start(@Observes StartupEvent event) {
        if (config.plays(CerminConfig.ServiceRole.GATEWAY) && tenants.limited()) {
            ends.listen(this::ended);
        }
    }

    /**
     * Takes note of a task that is to be accepted; where it isn't after all, {@link #ended} says so.
     *
     * @throws LimitException where its tenant has as much as it may
     */
    void admit(Task task) {
        try {
            take(task);
        } catch (LimitException e) {
            metrics.count(Metric.TASKS_REFUSED, task.tenant(), e.limit());
            throw e;
        }
    }

    private void take(Task task) {
        Tenants.Terms terms = tenants.of(task.tenant());
        terms.maxWaiting().ifPresent(most -> occupy(task, most));
        try {
            terms.requestsPerMinute().ifPresent(most -> spend(task.tenant(), most));
        } catch (LimitException e) {
            ended(task.id());
            throw e;
        }
    }

    private void spend(String tenant, int perMinute) {
        long seconds =
                requests.computeIfAbsent(tenant, name -> new Rate(perMinute)).take();
        if (seconds > 0) {
            throw new LimitException(
                    tenant,
                    tenants.key(tenant, "requests-per-minute"),
                    seconds,
                    "Tenant '%s' may submit %d tasks a minute, and has; try again in %d s"
                            .formatted(tenant, perMinute, seconds));
        }
    }

    private synchronized void occupy(Task task, int most) {
        Instant now = Instant.now();
        if (counts.getOrDefault(task.tenant(), 0) >= most && swept.isBefore(now.minus(SWEEP))) {
            swept = now;
            forget(now);
        }
        int count = counts.getOrDefault(task.tenant(), 0);
        if (count >= most) {
            throw new LimitException(
                    task.tenant(),
                    tenants.key(task.tenant(), "max-waiting"),
                    SOON,
                    "Tenant '%s' may have %d unfinished tasks at once, and has %d; try again when some have ended"
                            .formatted(task.tenant(), most, count));
        }
        Instant latest = now.plus(LONGEST);
        Instant deadline = task.deadline();
        Instant until = deadline != null && deadline.isBefore(latest) ? deadline : latest;
        if (unfinished.put(task.id(), new Unfinished(task.tenant(), until)) == null) {
            counts.merge(task.tenant(), 1, Integer::sum);
        }
    }

    private void forget(Instant now) {
        unfinished.entrySet().stream()
                .filter(entry -> entry.getValue().until().isBefore(now))
                .map(Map.Entry::getKey)
                .toList()
                .forEach(this::ended);
    }

    /** No longer counts. */
    synchronized void ended(UUID task) {
        @Nullable Unfinished before = unfinished.remove(task);
        if (before != null) {
            counts.merge(before.tenant(), -1, (count, less) -> count + less == 0 ? null : count + less);
        }
    }
}
