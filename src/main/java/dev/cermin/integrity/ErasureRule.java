package dev.cermin.integrity;

import dev.cermin.config.CerminConfig;
import dev.cermin.config.CerminConfig.ServiceRole;
import dev.cermin.config.TracesConfig;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Erases texts by age, where {@code cermin.erasure} says so: in recorders, every ten minutes. */
@ApplicationScoped
public class ErasureRule {
    private static final Logger LOG = Logger.getLogger(ErasureRule.class);
    private static final Duration PAUSE = Duration.ofMinutes(10);
    private static final int AT_ONCE = 500;
    private static final String BY = "cermin";

    private final CerminConfig config;
    private final Erasures erasures;
    private final CountDownLatch stopping = new CountDownLatch(1);

    ErasureRule(CerminConfig config, Erasures erasures) {
        this.config = config;
        this.erasures = erasures;
    }

    void start(@Observes StartupEvent event) {
        TracesConfig.Erasure rule = config.erasure();
        if (config.plays(ServiceRole.RECORDER)
                && (rule.textsAfter().isPresent() || !rule.tenants().isEmpty())) {
            Thread.ofVirtual().name("cermin-erasure").start(this::loop);
        }
    }

    void stop(@Observes ShutdownEvent event) {
        stopping.countDown();
    }

    private void loop() {
        Duration pause = Duration.ofSeconds(10);
        try {
            while (!stopping.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
                pause = PAUSE;
                try {
                    int erased = run(
                            Instant.now(),
                            config.erasure().textsAfter().orElse(null),
                            config.erasure().tenants());
                    if (erased > 0) {
                        LOG.infof("The texts of %d tasks were erased by their age", erased);
                    }
                } catch (SQLException | RuntimeException e) {
                    LOG.warnf("Texts could not be erased by their age, and it is tried again: %s", e.getMessage());
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * @param after of tenants without a time of their own; null for never
     * @return of how many tasks
     */
    int run(Instant now, @Nullable Duration after, Map<String, Duration> tenants) throws SQLException {
        int erased = 0;
        for (Map.Entry<String, Duration> tenant : tenants.entrySet()) {
            erased += run(now, tenant.getValue(), tenant.getKey(), Set.of());
        }
        return after == null ? erased : erased + run(now, after, null, tenants.keySet());
    }

    private int run(Instant now, Duration after, @Nullable String tenant, Set<String> others) throws SQLException {
        int erased = 0;
        List<UUID> due;
        do {
            due = erasures.due(now.minus(after), tenant, others, AT_ONCE);
            int before = erased;
            for (UUID task : due) {
                erased += erasures.erase(task, List.of(), BY, "older than " + after, true)
                                .isPresent()
                        ? 1
                        : 0;
            }
            if (erased == before) {
                break;
            }
        } while (due.size() == AT_ONCE && stopping.getCount() > 0);
        return erased;
    }
}
