package dev.cermin.flow.claim;

import dev.cermin.config.CerminConfig;
import dev.cermin.store.ClaimStore;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.jboss.logging.Logger;

/** In Postgres, where this process has one. */
@ApplicationScoped
class StoredClaims implements Claims {
    private static final Logger LOG = Logger.getLogger(StoredClaims.class);
    private static final Duration SHORTEST = Duration.ofMillis(200);
    private static final Duration LONGEST = Duration.ofSeconds(10);

    private final ClaimStore store;
    private final long threshold;

    StoredClaims(CerminConfig config, ClaimStore store) {
        this.store = store;
        this.threshold = config.claimCheck().threshold().asLongValue();
    }

    @Override
    public boolean take(int bytes) {
        return bytes > threshold && bytes <= MAX_BYTES && store.isConfigured();
    }

    @Override
    public Optional<UUID> tryKeep(UUID task, byte[] state) {
        UUID id = UUID.randomUUID();
        try {
            store.put(id, task, state);
            return Optional.of(id);
        } catch (SQLException e) {
            LOG.warnf("Postgres did not take %d bytes of task %s: %s", state.length, task, e.getMessage());
            return Optional.empty();
        }
    }

    @Override
    public UUID keep(UUID task, byte[] state) throws InterruptedException {
        Duration pause = SHORTEST;
        while (true) {
            Optional<UUID> kept = tryKeep(task, state);
            if (kept.isPresent()) {
                return kept.get();
            }
            Thread.sleep(pause);
            pause = pause.multipliedBy(2).compareTo(LONGEST) < 0 ? pause.multipliedBy(2) : LONGEST;
        }
    }

    @Override
    public Optional<byte[]> find(UUID id) throws ClaimAwayException {
        if (!store.isConfigured()) {
            throw new ClaimAwayException(
                    "The loop's state is in Postgres, and this worker has none; set quarkus.datasource.jdbc.url");
        }
        try {
            return store.get(id);
        } catch (SQLException e) {
            throw new ClaimAwayException("Postgres, which has the loop's state, is away: " + e.getMessage(), e);
        }
    }
}
