package dev.cermin.integrity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cermin.audit.Checkpoint;
import dev.cermin.audit.MerkleProof;
import dev.cermin.audit.NoteKey;
import dev.cermin.audit.NoteSigner;
import dev.cermin.audit.SignedNote;
import dev.cermin.fixture.StoresResource;
import dev.cermin.json.Json;
import dev.cermin.store.TraceStore;
import dev.cermin.trace.Chain;
import dev.cermin.trace.TraceStep;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.config.ConfigProvider;
import org.jboss.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Whatever is changed behind Cermin's back, by somebody who may do anything in Postgres, is found and named. Each
 * change is undone: they are transactions that are looked at from inside and rolled back.
 */
@QuarkusTest
@QuarkusTestResource(StoresResource.class)
class TamperingTest {
    @Inject
    TraceStore store;

    @Inject
    Checkpointer checkpointer;

    @Inject
    Erasures erasures;

    private Connection owner;
    private UUID task;
    private List<TraceStep> trace;
    private final NoteSigner signer = NoteSigner.of("cermin", NoteSigner.newPem());
    private SignedNote witnessed;

    @BeforeEach
    void storeATraceAndLogIt() throws SQLException {
        trace = Traces.stored(store, "what is asked");
        task = trace.getFirst().taskId();
        assertThat(erasures.erase(task, List.of("3:output"), "an admin", "a person asked for it"))
                .isPresent();
        checkpointer.run();
        owner = DriverManager.getConnection(
                setting("quarkus.datasource.jdbc.url"),
                setting("quarkus.flyway.username", setting("quarkus.datasource.username")),
                setting("quarkus.flyway.password", setting("quarkus.datasource.password")));
        owner.setAutoCommit(false);
        LogTable log = new LogTable(owner);
        long size = log.size();
        witnessed = signer.sign(new Checkpoint("cermin", size, MerkleProof.root(size, log)).text());
    }

    @AfterEach
    void close() throws SQLException {
        owner.rollback();
        owner.close();
    }

    @Test
    void asRecordedItHoldsWithItsErasureVisible() throws SQLException {
        TraceVerification found = look();
        assertThat(found.problem()).isEmpty();
        assertThat(found.intact()).isTrue();
        assertThat(found.erased()).singleElement().satisfies(text -> {
            assertThat(text.step()).isEqualTo(3);
            assertThat(text.name()).isEqualTo("output");
            assertThat(text.by()).isEqualTo("an admin");
            assertThat(text.hash()).isEqualTo(trace.get(3).textHashes().get("output"));
        });
        assertThat(found.logged()).isNotEqualTo(TraceVerification.Logged.NOT_YET);
        assertThat(log()).isEmpty();
    }

    @Test
    void everyFieldOfEveryStep() throws SQLException {
        Map<String, List<String>> changes = new LinkedHashMap<>();
        for (String text : List.of("kind", "model", "provider", "prompt_id", "worker", "tenant", "previous", "hash")) {
            changes.put(text, List.of(text + " || 'x'", "''", "upper(" + text + ")", "coalesce(" + text + ", 'new')"));
        }
        for (String text : Erasures.NAMES) {
            changes.put(text, List.of(text + " || ' '", "null", "''", "coalesce(" + text + ", 'new')"));
        }
        for (String number : List.of("number", "round", "tokens_in", "tokens_out", "duration_ms", "attempt")) {
            changes.put(number, List.of(number + " + 1", number + " - 1", "coalesce(" + number + ", 0)"));
        }
        changes.put("tokens_in", List.of("tokens_in + 1", "null", "coalesce(tokens_in, 0)"));
        changes.put(
                "cost", List.of("cost + 1", "cost + 0.00000000000000000000001", "null", "coalesce(cost, 0)", "'NaN'"));
        changes.put("score", List.of("score / 2", "null", "'-0'", "coalesce(score, 0)", "'NaN'"));
        changes.put("accepted", List.of("not accepted", "null", "coalesce(accepted, false)"));
        for (String time : List.of("started_at", "created_at")) {
            changes.put(time, List.of(time + " + interval '1 microsecond'", time + " - interval '1 ms'"));
        }
        changes.put("parameters", List.of("null", "'{}'", "parameters || '{\"seed\": \"8\"}'", "'{\"seed\": 7}'"));
        changes.put(
                "text_hashes",
                List.of(
                        "'{}'",
                        "text_hashes || '{\"thinking\": \"00\"}'",
                        "text_hashes - 'output'",
                        "text_hashes - 'findings'"));
        changes.put("task_id", List.of("gen_random_uuid()"));
        int tried = 0;
        for (Map.Entry<String, List<String>> column : changes.entrySet()) {
            for (String change : column.getValue()) {
                for (TraceStep step : trace) {
                    String sql =
                            "update step set %s = %s where task_id = '%s' and number = %d and %s is distinct from %s"
                                    .formatted(
                                            column.getKey(),
                                            change,
                                            task,
                                            step.number(),
                                            column.getKey(),
                                            typed(column.getKey(), change));
                    if (change(sql) == 1) {
                        tried++;
                        assertBroken(step.number(), column.getKey() + " = " + change);
                    }
                }
            }
        }
        assertThat(tried).isGreaterThan(200);
        assertThat(columnsOf("step")).isSubsetOf(changes.keySet());
        told(tried + " changes of one field of one step");
    }

    @Test
    void stepsThatAreTakenAwayPutElsewhereOrAdded() throws SQLException {
        int last = trace.size() - 1;
        for (int number : new int[] {0, 1, last / 2, last}) {
            change("delete from step where task_id = '%s' and number = %d".formatted(task, number));
            assertBroken(number, "step %d deleted".formatted(number));
        }
        change("delete from step where task_id = '%s' and number >= %d".formatted(task, last - 1));
        assertBroken(last - 1, "the last two steps deleted");
        change("update step set number = 2000 - number where task_id = '%1$s' and number in (1, 2)".formatted(task)
                + ";update step set number = number - 1997 where task_id = '%s' and number > 100".formatted(task));
        assertBroken(1, "two steps swapped");
        change(copy(last, last + 1, "hash", "hash"));
        assertBroken(last + 1, "the last step again, behind the end");
        change(copy(1, last + 1, "hash", "hash"));
        assertBroken(last + 1, "another step again, behind the end");

        TraceStep end = trace.get(last);
        replace(List.of(Chain.link(Traces.numbered(end, last + 1), end.hash())));
        assertBroken(last + 1, "a step forged behind the end, rightly linked");
        told("steps deleted (first, middle, last, several), swapped, repeated, forged behind the end");
    }

    @Test
    void aTraceThatIsWrittenAnewWithAllItsHashesAndItsRow() throws SQLException {
        List<TraceStep> anew = new ArrayList<>();
        String previous = "";
        for (TraceStep step : trace) {
            TraceStep other = Chain.link(Traces.by(step, "somebody else"), previous);
            anew.add(other);
            previous = other.hash();
        }
        change("delete from erasure where task_id = '%s'".formatted(task), false);
        replace(anew);
        change("update task set head = '%s' where id = '%s'".formatted(previous, task), false);
        TraceVerification found = look();
        assertThat(Chain.verify(anew).intact()).isTrue();
        assertThat(found.intact()).isFalse();
        assertThat(found.brokenAt()).isZero();
        assertThat(found.problem()).contains("the log has another trace of this task");
        told("a whole trace written anew, all hashes recomputed");
    }

    @Test
    void everyFieldOfTheTasksRow() throws SQLException {
        int tried = 0;
        for (String column : List.of(
                "tenant",
                "agent",
                "agent_version",
                "agent_hash",
                "created_at",
                "deadline",
                "steps",
                "rounds",
                "calls",
                "tokens_in",
                "tokens_out",
                "cost",
                "stop_reason",
                "accepted",
                "finished_at",
                "head")) {
            String change = switch (column) {
                case "tenant", "agent", "agent_version", "agent_hash", "stop_reason", "head" -> column + " || 'x'";
                case "created_at", "finished_at" -> column + " + interval '1 microsecond'";
                case "deadline" -> "now()";
                case "accepted" -> "not accepted";
                case "cost" -> "cost + 0.0000000000000000000001";
                default -> column + " + 1";
            };
            assertThat(change("update task set %s = %s where id = '%s'".formatted(column, change, task)))
                    .isEqualTo(1);
            TraceVerification found = look();
            assertThat(found.intact()).as(column).isFalse();
            assertThat(found.problem()).as(column).contains(column.equals("steps") ? "task's" : "task's " + column);
            owner.rollback();
            tried++;
        }
        change("delete from task where id = '%s'".formatted(task));
        assertThat(look().problem()).isEqualTo("the task's row is missing");
        owner.rollback();
        told(tried + " changes of one field of the task's row, and the row deleted");
    }

    @Test
    void theRecordOfAnErasureAndTextsWithoutOne() throws SQLException {
        for (String change : List.of(
                "by = 'nobody'",
                "reason = reason || '.'",
                "at = at + interval '1 ms'",
                "rule = not rule",
                "texts = texts || '[{\"step\": 1, \"name\": \"prompt\", \"sha256\": \"00\"}]'",
                "id = default")) {
            assertThat(change("update erasure set %s where task_id = '%s'".formatted(change, task)))
                    .isEqualTo(1);
            assertThat(look().intact()).as(change).isFalse();
            assertThat(look().problem()).as(change).contains("erasure");
            owner.rollback();
        }
        change("delete from erasure where task_id = '%s'".formatted(task));
        assertBroken(3, "the record of an erasure deleted");
        change("update step set output = 'back again' where task_id = '%s' and number = 3".formatted(task));
        assertBroken(3, "another text in an erased one's place");
        told("a record of erasure changed in each field, or deleted");
    }

    @Test
    void theLogRolledBackCutOrChangedAndAWholeTraceWithIt() throws SQLException {
        change("delete from step where task_id = '%s'".formatted(task), false);
        change("delete from task where id = '%s'".formatted(task), false);
        Missing missing = new Missing(null, null);
        LogTable log = new LogTable(owner);
        missing.look(owner, List.of(), log.tasks(List.of(task)), log.leaves(List.of(task)));
        assertThat(missing.tasks()).containsExactly(task);
        told("a whole trace deleted: MISSING");

        change("delete from audit_leaf where task_id = '%s'".formatted(task), false);
        assertThat(log()).isNotEmpty();
        told("the same with its entries in the log: " + log().getFirst().replaceAll("\\d+", "N"));
        owner.rollback();

        long size = new LogTable(owner).size();
        change("delete from audit_leaf where index >= %d".formatted(size - 2), false);
        assertThat(log()).anyMatch(problem -> problem.contains("rolled back"));
        told("the log rolled back to an earlier checkpoint: " + log().getFirst().replaceAll("\\d+", "N"));
        owner.rollback();

        change(
                "update audit_leaf set entry = replace(entry, 'trace', 'Trace') where index = %d".formatted(size - 2),
                false);
        assertThat(log()).anyMatch(problem -> problem.contains("are not what the copy has"));
        told("an entry of the log changed: " + log().getFirst().replaceAll("\\d+", "N"));
        owner.rollback();

        SignedNote forged = new SignedNote(
                witnessed.text(),
                NoteSigner.of("cermin", NoteSigner.newPem())
                        .sign(witnessed.text())
                        .signatures());
        assertThat(new LogCheck(owner, List.of(signer.key()))
                        .all(List.of(forged))
                        .problems())
                .anyMatch(problem -> problem.contains("no known key signed it"));
        String mixed = witnessed.signatures().getFirst().replaceFirst(".{6}$", "AAAA==");
        SignedNote replaced = new SignedNote(witnessed.text(), List.of(mixed));
        assertThat(new LogCheck(owner, List.of(signer.key()))
                        .all(List.of(replaced))
                        .problems())
                .anyMatch(problem -> problem.contains("is not one of this text"));
        told("a checkpoint's signature replaced: by another key's, by other bytes");

        NoteSigner next = NoteSigner.of("cermin", NoteSigner.newPem());
        List<NoteKey> both = List.of(next.key(), signer.key());
        assertThat(new LogCheck(owner, both).all(List.of(witnessed)).problems())
                .as("after the key was changed")
                .isEmpty();
    }

    /** What verification says, from inside the transaction. */
    private TraceVerification look() throws SQLException {
        List<StoredStep> steps = new ArrayList<>();
        try (StepScan scan = new StepScan(owner, "task_id = '" + task + "'")) {
            StepScan.Rows rows = scan.next();
            if (rows != null) {
                rows.rows().forEach(row -> steps.add(new RowDecoder().decode(row.bytes(), row.offset())));
            }
        }
        LogTable log = new LogTable(owner);
        return new Inspector()
                .inspect(new Evidence(
                        task,
                        steps,
                        log.tasks(List.of(task)).get(task),
                        log.erasures(Which.tasks(List.of(task))).getOrDefault(task, List.of()),
                        log.leaves(List.of(task)).getOrDefault(task, List.of())));
    }

    private List<String> log() throws SQLException {
        return new LogCheck(owner, List.of()).all(List.of(witnessed)).problems();
    }

    private void assertBroken(int step, String as) throws SQLException {
        TraceVerification found = look();
        assertThat(found.intact()).as(as + " of step " + step).isFalse();
        assertThat(found.brokenAt()).as(as + ": " + found.problem()).isEqualTo(step);
        owner.rollback();
    }

    private int change(String sql) throws SQLException {
        return change(sql, true);
    }

    private int change(String sql, boolean alone) throws SQLException {
        if (alone) {
            owner.rollback();
        }
        try (Statement statement = owner.createStatement()) {
            return statement.executeUpdate(sql);
        } catch (SQLException e) {
            // a value that the column can't hold is no change: null where none may be
            owner.rollback();
            if ("23502".equals(e.getSQLState()) || "23505".equals(e.getSQLState())) {
                return 0;
            }
            throw e;
        }
    }

    private static String typed(String column, String change) {
        return switch (column) {
            case "parameters", "text_hashes" -> change.startsWith("'") ? change + "::jsonb" : change;
            case "cost" -> change.startsWith("'") ? change + "::numeric" : change;
            case "score" ->
                change.equals("'-0'") ? "'-1'::float8" : change.startsWith("'") ? change + "::float8" : change;
            default -> change;
        };
    }

    private String copy(int number, int to, String column, String value) {
        String columns = RowDecoder.COLUMNS;
        return "insert into step (%s) select %s from step where task_id = '%s' and number = %d"
                .formatted(
                        columns,
                        columns.replace(" number,", " " + to + ",").replace(" " + column, " " + value),
                        task,
                        number);
    }

    /** All rows of the trace by others, with the columns beside them as they were. */
    private void replace(List<TraceStep> steps) throws SQLException {
        try (Statement statement = owner.createStatement()) {
            for (TraceStep step : steps) {
                if (step.number() >= trace.size()) {
                    statement.executeUpdate(copy(step.number() - 1, step.number(), "hash", "hash"));
                }
                statement.executeUpdate(
                        "update step set worker = '%s', previous = '%s', hash = '%s', text_hashes = '%s',"
                                        .formatted(
                                                step.worker(),
                                                step.previous(),
                                                step.hash(),
                                                Json.text(step.textHashes()))
                                + " output = %s where task_id = '%s' and number = %d"
                                        .formatted(
                                                step.texts().output() == null
                                                        ? "null"
                                                        : "'"
                                                                + step.texts()
                                                                        .output()
                                                                        .replace("'", "''") + "'",
                                                task,
                                                step.number()));
            }
        }
    }

    private List<String> columnsOf(String name) throws SQLException {
        try (Statement statement = owner.createStatement();
                ResultSet rows = statement.executeQuery(
                        "select attname from pg_attribute where attrelid = '%s'::regclass".formatted(name)
                                + " and attnum > 0 and not attisdropped and attgenerated = ''")) {
            List<String> columns = new ArrayList<>();
            while (rows.next()) {
                columns.add(rows.getString(1));
            }
            return columns;
        }
    }

    private static void told(String line) {
        Logger.getLogger(TamperingTest.class).infof("detected, 100 %%: %s", line);
    }

    private static String setting(String key) {
        return setting(key, "");
    }

    private static String setting(String key, String otherwise) {
        return ConfigProvider.getConfig().getOptionalValue(key, String.class).orElse(otherwise);
    }
}
