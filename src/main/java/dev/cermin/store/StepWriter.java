package dev.cermin.store;

import dev.cermin.json.Json;
import dev.cermin.loop.LoopState;
import dev.cermin.loop.Stop;
import dev.cermin.trace.Findings;
import dev.cermin.trace.Replay;
import dev.cermin.trace.StepKind;
import dev.cermin.trace.Texts;
import dev.cermin.trace.TraceStep;
import java.math.BigDecimal;
import java.sql.BatchUpdateException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The inserts: batched, and without effect where a row is already there. */
final class StepWriter {
    private static final String AGENT =
            "insert into agent (hash, name, version, content) values (?, ?, ?, ?) on conflict do nothing";
    private static final String TASK = "insert into task (id, tenant, agent, agent_version, agent_hash, created_at,"
            + " deadline, steps, rounds, calls, tokens_in, tokens_out, cost, head)"
            + " values (?, ?, ?, ?, ?, ?, ?, 1, 0, 0, 0, 0, 0, ?) on conflict do nothing";
    private static final String STEP = "insert into step (task_id, number, kind, round, model, provider, parameters,"
            + " prompt_id, tokens_in, tokens_out, cost, accepted, score, started_at, duration_ms, attempt, worker,"
            + " prompt, response, thinking, output, findings, text_hashes, previous, hash)"
            + " values (?, ?, ?, ?, ?, ?, ?::jsonb, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?::jsonb, ?, ?)"
            + " on conflict do nothing";
    // a step moves its task on only once: where the task stands before it
    private static final String PROGRESS = "update task set steps = ? + 1, rounds = greatest(rounds, ?),"
            + " calls = calls + ?, tokens_in = tokens_in + ?, tokens_out = tokens_out + ?, cost = cost + ?,"
            + " head = ?, stop_reason = ?, accepted = ?, finished_at = ? where id = ? and steps = ?";

    private final Connection connection;

    StepWriter(Connection connection) {
        this.connection = connection;
    }

    void write(Collection<TraceStep> steps, Collection<PinnedAgent> agents) throws SQLException {
        try (PreparedStatement agent = connection.prepareStatement(AGENT);
                PreparedStatement task = connection.prepareStatement(TASK);
                PreparedStatement step = connection.prepareStatement(STEP);
                PreparedStatement progress = connection.prepareStatement(PROGRESS)) {
            for (PinnedAgent pinned : agents) {
                agent(agent, pinned);
            }
            for (TraceStep each : steps) {
                step(step, each);
                if (each.kind() == StepKind.SUBMIT) {
                    task(task, each);
                } else {
                    progress(progress, each);
                }
            }
            agent.executeBatch();
            task.executeBatch();
            step.executeBatch();
            progress.executeBatch();
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

    /** Data that doesn't fit, or breaks a constraint, by the classes of SQLSTATE; all else may pass. */
    private static boolean isOfTheData(SQLException e) {
        String state = e.getSQLState();
        return state != null && (state.startsWith("22") || state.startsWith("23"));
    }

    private static void agent(PreparedStatement statement, PinnedAgent agent) throws SQLException {
        statement.setString(1, agent.hash());
        statement.setString(2, agent.name());
        statement.setString(3, agent.version());
        statement.setString(4, agent.content());
        statement.addBatch();
    }

    private static void task(PreparedStatement statement, TraceStep step) throws SQLException {
        LoopState state = Replay.state(List.of(step));
        statement.setObject(1, step.taskId());
        statement.setString(2, state.task().tenant());
        statement.setString(3, state.plan().agent());
        statement.setString(4, state.plan().version());
        statement.setString(5, state.plan().pin());
        statement.setObject(6, time(state.task().createdAt()));
        statement.setObject(7, time(state.task().deadline()), Types.TIMESTAMP_WITH_TIMEZONE);
        statement.setString(8, step.hash());
        statement.addBatch();
    }

    private static void step(PreparedStatement statement, TraceStep step) throws SQLException {
        Texts texts = step.texts();
        int i = 1;
        statement.setObject(i++, step.taskId());
        statement.setInt(i++, step.number());
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

    private static void progress(PreparedStatement statement, TraceStep step) throws SQLException {
        boolean last = step.kind() == StepKind.FINISH;
        statement.setInt(1, step.number());
        statement.setInt(2, step.kind() == StepKind.CORRECT ? step.round() : 0);
        statement.setInt(3, step.model() == null ? 0 : 1);
        statement.setLong(4, step.tokensIn() == null ? 0 : step.tokensIn());
        statement.setLong(5, step.tokensOut() == null ? 0 : step.tokensOut());
        statement.setBigDecimal(6, step.cost() == null ? BigDecimal.ZERO : step.cost());
        statement.setString(7, step.hash());
        statement.setString(8, last ? stopReason(step) : null);
        statement.setObject(9, last ? step.accepted() : null, Types.BOOLEAN);
        statement.setObject(10, last ? time(step.startedAt()) : null, Types.TIMESTAMP_WITH_TIMEZONE);
        statement.setObject(11, step.taskId());
        statement.setInt(12, step.number());
        statement.addBatch();
    }

    private static String stopReason(TraceStep last) {
        String findings = Objects.requireNonNull(last.texts().findings(), "findings");
        Stop stop = Objects.requireNonNull(Json.read(findings, Findings.class).stop(), "stop");
        return stop.reason().name().toLowerCase(Locale.ROOT);
    }

    private static @Nullable OffsetDateTime time(@Nullable Instant instant) {
        return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
    }
}
