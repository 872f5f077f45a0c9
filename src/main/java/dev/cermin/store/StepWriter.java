package dev.cermin.store;

import dev.cermin.json.Json;
import dev.cermin.trace.Origin;
import dev.cermin.trace.Texts;
import dev.cermin.trace.TraceStep;
import java.sql.BatchUpdateException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Writes batches of steps, with their tasks' rows; without effect where a step is already there. */
final class StepWriter {
    private static final String AGENT =
            "insert into agent (hash, name, version, content) values (?, ?, ?, ?) on conflict do nothing";
    private static final String STEP =
            "insert into step (task_id, number, tenant, created_at, kind, round, model, provider,"
                    + " parameters, prompt_id, tokens_in, tokens_out, cost, accepted, score, started_at, duration_ms, attempt, worker,"
                    + " prompt, response, thinking, output, findings, text_hashes, previous, hash)"
                    + " values (?, ?, ?, ?, ?, ?, ?, ?, ?::jsonb, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?::jsonb, ?, ?)"
                    + " on conflict do nothing";

    /** The SQLSTATE of what Postgres doesn't do. */
    private static final String UNSUPPORTED = "0A000";

    /** From here on {@code COPY} is quicker, which takes some more ways to the server. */
    private static final int MANY = 16;

    private static final Comparator<TraceStep> ORDER =
            Comparator.comparing(TraceStep::taskId).thenComparingInt(TraceStep::number);

    private final Connection connection;
    private final Map<UUID, Origin> origins;
    private final Iterable<EndListener> listeners;

    /**
     * @param origins of tasks; where one is missing, the submit step or the task's row has it
     * @param listeners hear which tasks have ended
     */
    StepWriter(Connection connection, Map<UUID, Origin> origins, Iterable<EndListener> listeners) {
        this.connection = connection;
        this.origins = new HashMap<>(origins);
        this.listeners = listeners;
    }

    void write(Collection<TraceStep> steps, Collection<PinnedAgent> agents) throws SQLException {
        List<UUID> ended = store(steps, agents);
        if (!ended.isEmpty()) {
            for (EndListener listener : listeners) {
                listener.ended(connection, ended);
            }
        }
    }

    private List<UUID> store(Collection<TraceStep> steps, Collection<PinnedAgent> agents) throws SQLException {
        try {
            // in an order that all writers share: those that overlap wait for each other, and never both
            List<TraceStep> ordered = steps.stream().sorted(ORDER).toList();
            new TaskOrigins(connection).complete(origins, ordered);
            agents(agents);
            steps(ordered);
            return new TaskWriter(connection, ordered).write();
        } catch (SQLException e) {
            // a batch's own message repeats the statement with all its values, which belong into no log
            SQLException cause =
                    e instanceof BatchUpdateException && e.getNextException() != null ? e.getNextException() : e;
            if (isOfTheData(cause)) {
                throw new UnstorableException(cause);
            }
            throw cause;
        } catch (RuntimeException e) {
            // a step without what every step has
            throw new UnstorableException(e);
        }
    }

    /** In one go where none of them is there already, as is usual. */
    private void steps(List<TraceStep> steps) throws SQLException {
        if (steps.size() < MANY) {
            insert(steps);
            return;
        }
        try (Statement plain = connection.createStatement()) {
            // as statements: a connection that takes part in a larger transaction refuses JDBC's own
            plain.execute("savepoint steps");
            try {
                StepCopy.write(connection, steps, origins);
            } catch (SQLException e) {
                // a role that the walls between tenants bind may insert, and not copy
                if (!isOfTheData(e) && !UNSUPPORTED.equals(e.getSQLState())) {
                    throw e;
                }
                plain.execute("rollback to savepoint steps");
                insert(steps);
            }
        }
    }

    private void insert(List<TraceStep> steps) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(STEP)) {
            for (TraceStep each : steps) {
                step(statement, each);
            }
            statement.executeBatch();
        }
    }

    /** Data that doesn't fit, or breaks a constraint, by the classes of SQLSTATE; all else may pass. */
    private static boolean isOfTheData(SQLException e) {
        String state = e.getSQLState();
        return state != null && (state.startsWith("22") || state.startsWith("23"));
    }

    private void agents(Collection<PinnedAgent> agents) throws SQLException {
        if (agents.isEmpty()) {
            return;
        }
        try (PreparedStatement statement = connection.prepareStatement(AGENT)) {
            for (PinnedAgent agent : agents) {
                statement.setString(1, agent.hash());
                statement.setString(2, agent.name());
                statement.setString(3, agent.version());
                statement.setString(4, agent.content());
                statement.addBatch();
            }
            statement.executeBatch();
        }
    }

    private void step(PreparedStatement statement, TraceStep step) throws SQLException {
        Origin origin = Objects.requireNonNull(origins.get(step.taskId()));
        Texts texts = step.texts();
        int i = 1;
        statement.setObject(i++, step.taskId());
        statement.setInt(i++, step.number());
        statement.setString(i++, origin.tenant());
        statement.setObject(i++, Times.text(origin.createdAt()), Types.OTHER);
        statement.setString(i++, step.kind().key());
        statement.setInt(i++, step.round());
        statement.setString(i++, step.model());
        statement.setString(i++, step.provider());
        statement.setString(i++, step.parameters() == null ? null : Json.text(step.parameters()));
        statement.setString(i++, step.promptId());
        statement.setObject(i++, step.tokensIn(), Types.BIGINT);
        statement.setObject(i++, step.tokensOut(), Types.BIGINT);
        statement.setBigDecimal(i++, step.cost());
        statement.setObject(i++, step.accepted(), Types.BOOLEAN);
        statement.setObject(i++, step.score(), Types.DOUBLE);
        statement.setObject(i++, time(step.startedAt()));
        statement.setLong(i++, step.durationMillis());
        statement.setInt(i++, step.attempt());
        statement.setString(i++, step.worker());
        statement.setString(i++, texts.prompt());
        statement.setString(i++, texts.response());
        statement.setString(i++, texts.thinking());
        statement.setString(i++, texts.output());
        statement.setString(i++, texts.findings());
        statement.setString(i++, Json.text(step.textHashes()));
        statement.setString(i++, step.previous());
        statement.setString(i, step.hash());
        statement.addBatch();
    }

    private static @Nullable OffsetDateTime time(@Nullable Instant instant) {
        return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
    }
}
