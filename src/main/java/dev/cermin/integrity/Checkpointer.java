package dev.cermin.integrity;

import dev.cermin.audit.Checkpoint;
import dev.cermin.audit.MerkleProof;
import dev.cermin.audit.NoteSigner;
import dev.cermin.audit.SignedNote;
import dev.cermin.config.CerminConfig;
import dev.cermin.config.CerminConfig.ServiceRole;
import dev.cermin.observe.Metric;
import dev.cermin.observe.Metrics;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Appends the heads of ended traces to the log and signs what it has become, now and then, in recorders: one of them at a
 * time. It signs only what goes on from the last checkpoint that it knows of, in Postgres, in the file, or by itself.
 */
@ApplicationScoped
public class Checkpointer {
    private static final Logger LOG = Logger.getLogger(Checkpointer.class);
    private static final int BATCH = 2_000;

    private final CerminConfig config;
    private final AuditKeys keys;
    private final Instance<DataSource> database;
    private final Instance<Witness> witnesses;
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final Metrics metrics;
    private volatile double waiting = Double.NaN;
    private volatile @Nullable Instant signed;
    private @Nullable Checkpoint told;
    private boolean said;

    Checkpointer(
            CerminConfig config,
            AuditKeys keys,
            Instance<DataSource> database,
            Instance<Witness> witnesses,
            Metrics metrics) {
        this.metrics = metrics;
        this.config = config;
        this.keys = keys;
        this.database = database;
        this.witnesses = witnesses;
    }

    void start(@Observes StartupEvent event) {
        if (!config.plays(ServiceRole.RECORDER)) {
            return;
        }
        Optional<NoteSigner> signer = keys.signer();
        if (signer.isEmpty()) {
            LOG.info("Traces are logged but not signed: cermin.audit.key or cermin.audit.key-file names no key");
        } else {
            LOG.infof(
                    "The log of traces is signed; its public key is %s",
                    signer.get().key());
        }
        metrics.gauge(Metric.AUDIT_WAITING, () -> waiting);
        metrics.gauge(Metric.AUDIT_CHECKPOINT_AGE, this::age);
        Thread.ofVirtual().name("cermin-checkpoints").start(this::loop);
    }

    void stop(@Observes ShutdownEvent event) {
        stopping.countDown();
    }

    private void loop() {
        try {
            while (!stopping.await(config.audit().interval().toMillis(), TimeUnit.MILLISECONDS)) {
                attempt();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** NaN, which Prometheus takes as unknown, before the first. */
    private double age() {
        Instant at = signed;
        return at == null ? Double.NaN : Duration.between(at, Instant.now()).toMillis() / 1e3;
    }

    private void attempt() {
        try {
            run();
            look();
            said = false;
        } catch (SQLException | RuntimeException e) {
            if (said) {
                LOG.debugf("No checkpoint was made: %s", e.getMessage());
            } else {
                LOG.warnf("No checkpoint was made, and it is tried again: %s", e.getMessage());
                said = true;
            }
        }
    }

    private void look() throws SQLException {
        try (Connection connection = database.get().getConnection()) {
            LogTable log = new LogTable(connection);
            waiting = log.waiting();
            signed = log.newestCheckpoint().map(LogTable.Signed::at).orElse(null);
        }
    }

    /**
     * Logs all that waits, and signs it where there is a key.
     *
     * @return the newest checkpoint of the log; empty without a key, while the log is empty, or where another process is
     *     at it
     * @throws IllegalStateException where the log doesn't go on from an earlier checkpoint
     */
    public synchronized Optional<Checkpoint> run() throws SQLException {
        try (Connection connection = database.get().getConnection()) {
            int done = BATCH;
            while (done == BATCH) {
                connection.setAutoCommit(false);
                try {
                    Entries entries = new Entries(connection);
                    if (!entries.lock()) {
                        return Optional.empty();
                    }
                    done = entries.append(BATCH);
                    SignedNote note = done == BATCH ? null : sign(connection);
                    connection.commit();
                    if (note != null) {
                        return Optional.of(tell(note));
                    }
                } catch (SQLException | RuntimeException e) {
                    connection.rollback();
                    throw e;
                } finally {
                    connection.setAutoCommit(true);
                }
            }
            return Optional.empty();
        }
    }

    /** The note of the log as it stands, new or as it was signed before; null where there is nothing to sign. */
    private @Nullable SignedNote sign(Connection connection) throws SQLException {
        Optional<NoteSigner> signer = keys.signer();
        LogTable log = new LogTable(connection);
        long size = log.size();
        Optional<LogTable.Signed> before = log.newestCheckpoint();
        before.ifPresent(signed -> requireBeginning(signed.checkpoint(), log, size, "Postgres"));
        Checkpoint own = told;
        if (own != null) {
            requireBeginning(own, log, size, "this process");
        } else {
            config.audit()
                    .file()
                    .flatMap(file -> new CheckpointFile(file).last())
                    .ifPresent(last -> requireBeginning(last, log, size, "the file of checkpoints"));
        }
        if (size == 0 || signer.isEmpty()) {
            return null;
        }
        if (before.isPresent() && before.get().checkpoint().size() == size) {
            return before.get().note();
        }
        SignedNote note =
                signer.get().sign(new Checkpoint(config.audit().name(), size, MerkleProof.root(size, log)).text());
        try (PreparedStatement insert =
                connection.prepareStatement("insert into audit_checkpoint (size, note, at) values (?, ?, ?)")) {
            insert.setLong(1, size);
            insert.setString(2, note.toString());
            insert.setObject(3, Instant.now().truncatedTo(ChronoUnit.MILLIS).atOffset(ZoneOffset.UTC));
            insert.executeUpdate();
        }
        return note;
    }

    private static void requireBeginning(Checkpoint earlier, LogTable log, long size, String where) {
        boolean goesOn = earlier.size() <= size && Arrays.equals(earlier.root(), MerkleProof.root(earlier.size(), log));
        if (!goesOn) {
            throw new IllegalStateException(
                    ("The log of traces has %d entries and doesn't go on from the checkpoint of %d"
                                    + " that %s has; ./cermin verify --all tells more. Nothing is signed till that is cleared up")
                            .formatted(size, earlier.size(), where));
        }
    }

    private Checkpoint tell(SignedNote note) {
        Checkpoint checkpoint = Checkpoint.of(note.text());
        Checkpoint before = told;
        if (before != null && before.size() == checkpoint.size()) {
            return checkpoint;
        }
        config.audit().file().ifPresent(path -> {
            CheckpointFile file = new CheckpointFile(path);
            if (file.last().filter(checkpoint::equals).isEmpty()) {
                file.append(note);
            }
        });
        if (config.plays(ServiceRole.RECORDER)) {
            witnesses.forEach(witness -> witness.tell(note));
        }
        told = checkpoint;
        return checkpoint;
    }
}
