package dev.cermin.bench;

import dev.cermin.json.Json;
import dev.cermin.store.OwnerAccess;
import dev.cermin.trace.Origin;
import dev.cermin.trace.Texts;
import dev.cermin.trace.TraceStep;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;

/** What Postgres itself can do from one connection: multi-row inserts into a table of their own, each batch committed. */
final class RawPostgres {
    private static final int BATCH = 500;
    private static final String STEP_COLUMNS =
            "task_id, number, tenant, created_at, kind, round, model, provider, parameters, prompt_id, tokens_in,"
                    + " tokens_out, cost, accepted, score, started_at, duration_ms, attempt, worker, prompt, response,"
                    + " thinking, output, findings, text_hashes, previous, hash";

    private final OwnerAccess owner;

    /** @param owner the services themselves make no tables */
    RawPostgres(OwnerAccess owner) {
        this.owner = owner;
    }

    private interface Binder {
        void bind(PreparedStatement insert, UUID task, int number) throws SQLException;
    }

    /**
     * Rows a second, with the columns and the key that steps have.
     *
     * @param loop all steps of one task
     */
    double rowsPerSecond(List<TraceStep> loop, int rows) throws SQLException {
        Origin origin = Origin.ofSubmit(loop.getFirst());
        String values = "?, ?, ?, ?, ?, ?, ?, ?, ?::jsonb, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?::jsonb, ?, ?";
        return run(
                "(like step including all)",
                STEP_COLUMNS,
                values,
                loop.size(),
                rows,
                (insert, task, number) -> bind(insert, task, loop.get(number), origin));
    }

    /**
     * The same with each row's content as one text.
     *
     * @param loop the steps of one loop as JSON
     */
    double textsPerSecond(List<String> loop, int rows) throws SQLException {
        String table = "(task_id uuid, number integer, body text not null, primary key (task_id, number))";
        return run(table, "task_id, number, body", "?, ?, ?", loop.size(), rows, (insert, task, number) -> {
            insert.setObject(1, task);
            insert.setInt(2, number);
            insert.setString(3, loop.get(number));
        });
    }

    private double run(String table, String columns, String values, int loop, int rows, Binder binder)
            throws SQLException {
        try (Connection connection = owner.connection();
                Statement statement = connection.createStatement()) {
            statement.execute("create table bench_step " + table);
            connection.setAutoCommit(false);
            try (PreparedStatement insert =
                    connection.prepareStatement("insert into bench_step (" + columns + ") values (" + values + ")")) {
                long begin = System.nanoTime();
                UUID task = UUID.randomUUID();
                for (int row = 0; row < rows; row++) {
                    int number = row % loop;
                    if (number == 0) {
                        task = UUID.randomUUID();
                    }
                    binder.bind(insert, task, number);
                    insert.addBatch();
                    if ((row + 1) % BATCH == 0 || row + 1 == rows) {
                        insert.executeBatch();
                        connection.commit();
                    }
                }
                return rows / ((System.nanoTime() - begin) / 1e9);
            } finally {
                connection.setAutoCommit(true);
                statement.execute("drop table bench_step");
            }
        }
    }

    private static void bind(PreparedStatement insert, UUID task, TraceStep step, Origin origin) throws SQLException {
        Texts texts = step.texts();
        int i = 1;
        insert.setObject(i++, task);
        insert.setInt(i++, step.number());
        insert.setString(i++, origin.tenant());
        insert.setObject(i++, time(origin.createdAt()));
        insert.setString(i++, step.kind().key());
        insert.setInt(i++, step.round());
        insert.setString(i++, step.model());
        insert.setString(i++, step.provider());
        insert.setString(i++, step.parameters() == null ? null : Json.text(step.parameters()));
        insert.setString(i++, step.promptId());
        insert.setObject(i++, step.tokensIn(), Types.BIGINT);
        insert.setObject(i++, step.tokensOut(), Types.BIGINT);
        insert.setBigDecimal(i++, step.cost());
        insert.setObject(i++, step.accepted(), Types.BOOLEAN);
        insert.setObject(i++, step.score(), Types.DOUBLE);
        insert.setObject(i++, time(step.startedAt()));
        insert.setLong(i++, step.durationMillis());
        insert.setInt(i++, step.attempt());
        insert.setString(i++, step.worker());
        insert.setString(i++, texts.prompt());
        insert.setString(i++, texts.response());
        insert.setString(i++, texts.thinking());
        insert.setString(i++, texts.output());
        insert.setString(i++, texts.findings());
        insert.setString(i++, Json.text(step.textHashes()));
        insert.setString(i++, step.previous());
        insert.setString(i, step.hash());
    }

    private static Object time(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
