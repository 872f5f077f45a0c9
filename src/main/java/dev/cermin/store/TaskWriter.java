package dev.cermin.store;

import dev.cermin.store.TaskFigures.Submitted;
import dev.cermin.trace.StepKind;
import dev.cermin.trace.TraceStep;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;

/**
 * The rows of tasks, each written once a batch: a step moves its task on only from where the task stands before it,
 * however often and in whatever batches it comes.
 */
final class TaskWriter {
    private static final String INSERT = "insert into task (id, tenant, agent, agent_version, agent_hash, created_at,"
            + " deadline, steps, rounds, calls, tokens_in, tokens_out, cost, head, stop_reason, accepted, finished_at,"
            + " models, score, verdicts)"
            + " select id, tenant, agent, version, hash, created_at, deadline, steps, rounds, calls, tokens_in,"
            + " tokens_out, cost, head, stop_reason, accepted, finished_at, string_to_array(models, E'\\n'), score,"
            + " verdicts from unnest(?::uuid[], ?::text[], ?::text[], ?::text[], ?::text[], ?::timestamptz[],"
            + " ?::timestamptz[], ?::int[], ?::int[], ?::int[], ?::bigint[], ?::bigint[], ?::numeric[], ?::text[],"
            + " ?::text[], ?::boolean[], ?::timestamptz[], ?::text[], ?::float8[], ?::text[]) as v (id, tenant, agent,"
            + " version, hash, created_at, deadline, steps, rounds, calls, tokens_in, tokens_out, cost, head,"
            + " stop_reason, accepted, finished_at, models, score, verdicts) on conflict do nothing returning id";
    // in the order in which they are inserted: two recorders that overlap wait for each other, and never both
    private static final String STANDING =
            "select id, steps from task where id = any (?::uuid[]) order by id for no key update";
    private static final String UPDATE = "update task set steps = v.steps, rounds = greatest(task.rounds, v.rounds),"
            + " calls = task.calls + v.calls, tokens_in = task.tokens_in + v.tokens_in,"
            + " tokens_out = task.tokens_out + v.tokens_out, cost = task.cost + v.cost, head = v.head,"
            // a review of what has ended leaves its end as it is
            + " stop_reason = coalesce(v.stop_reason, task.stop_reason), accepted = coalesce(v.accepted, task.accepted),"
            + " finished_at = coalesce(v.finished_at, task.finished_at)"
            + ", models = case when v.models = '' then task.models else array(select distinct m"
            + " from unnest(task.models || string_to_array(v.models, E'\\n')) as m order by m) end,"
            + " score = coalesce(v.score, task.score), verdicts = task.verdicts || v.verdicts"
            + " from unnest(?::uuid[], ?::int[], ?::int[], ?::int[], ?::bigint[], ?::bigint[], ?::numeric[],"
            + " ?::text[], ?::text[], ?::boolean[], ?::timestamptz[], ?::text[], ?::float8[], ?::text[]) as v (id, steps,"
            + " rounds, calls, tokens_in, tokens_out, cost, head, stop_reason, accepted, finished_at, models, score,"
            + " verdicts) where task.id = v.id";

    private final Connection connection;

    /** By task and number, each once. */
    private final NavigableMap<UUID, NavigableMap<Integer, TraceStep>> steps = new TreeMap<>();

    private record Begun(Submitted terms, TaskChange change) {}

    TaskWriter(Connection connection, Collection<TraceStep> all) {
        this.connection = connection;
        for (TraceStep step : all) {
            steps.computeIfAbsent(step.taskId(), id -> new TreeMap<>()).putIfAbsent(step.number(), step);
        }
    }

    /** @return those that have ended with these steps */
    List<UUID> write() throws SQLException {
        List<Begun> begun = begun();
        Set<UUID> inserted = insert(begun);
        Set<UUID> others = new HashSet<>(steps.keySet());
        others.removeAll(inserted);
        List<TaskChange> changes = changes(others);
        update(changes);
        begun.stream()
                .map(Begun::change)
                .filter(change -> inserted.contains(change.id()))
                .forEach(changes::add);
        return changes.stream()
                .filter(change -> change.stopReason() != null)
                .map(TaskChange::id)
                .toList();
    }

    private List<Begun> begun() {
        List<Begun> begun = new ArrayList<>();
        steps.forEach((id, own) -> own.values().stream()
                .filter(step -> step.kind() == StepKind.SUBMIT)
                .findFirst()
                .ifPresent(submitted -> begun.add(new Begun(
                        Objects.requireNonNull(TaskFigures.terms(submitted), "the submit step's terms"),
                        TaskChange.first(submitted).with(own)))));
        return begun;
    }

    /** Those that were not there. */
    private Set<UUID> insert(List<Begun> begun) throws SQLException {
        if (begun.isEmpty()) {
            return Set.of();
        }
        try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
            ArrayColumns columns = new ArrayColumns(insert)
                    .column("uuid", begun, task -> task.change().id())
                    .column("text", begun, task -> task.terms().tenant())
                    .column("text", begun, task -> task.terms().plan().agent())
                    .column("text", begun, task -> task.terms().plan().version())
                    .column("text", begun, task -> task.terms().plan().pin())
                    .column(
                            "timestamptz",
                            begun,
                            task -> Times.text(task.terms().origin().createdAt()))
                    .column(
                            "timestamptz",
                            begun,
                            task -> Times.text(task.terms().deadline()));
            addTo(columns, begun.stream().map(Begun::change).toList());
            Set<UUID> inserted = new HashSet<>();
            try (ResultSet rows = insert.executeQuery()) {
                while (rows.next()) {
                    inserted.add(rows.getObject(1, UUID.class));
                }
            }
            return inserted;
        }
    }

    /** What these steps change of tasks that are there, which are locked by that. */
    private List<TaskChange> changes(Set<UUID> tasks) throws SQLException {
        List<TaskChange> changes = new ArrayList<>();
        if (tasks.isEmpty()) {
            return changes;
        }
        try (PreparedStatement standing = connection.prepareStatement(STANDING)) {
            new ArrayColumns(standing).column("uuid", List.copyOf(tasks), task -> task);
            try (ResultSet rows = standing.executeQuery()) {
                while (rows.next()) {
                    TaskChange none = TaskChange.none(rows.getObject(1, UUID.class), rows.getInt(2));
                    TaskChange change = none.with(Objects.requireNonNull(steps.get(none.id())));
                    if (change.steps() > none.steps()) {
                        changes.add(change);
                    }
                }
            }
        }
        return changes;
    }

    private void update(List<TaskChange> changes) throws SQLException {
        if (changes.isEmpty()) {
            return;
        }
        try (PreparedStatement update = connection.prepareStatement(UPDATE)) {
            addTo(new ArrayColumns(update).column("uuid", changes, TaskChange::id), changes);
            update.executeUpdate();
        }
    }

    private static void addTo(ArrayColumns columns, List<TaskChange> changes) throws SQLException {
        columns.column("int4", changes, TaskChange::steps)
                .column("int4", changes, TaskChange::rounds)
                .column("int4", changes, TaskChange::calls)
                .column("int8", changes, TaskChange::tokensIn)
                .column("int8", changes, TaskChange::tokensOut)
                .column("numeric", changes, TaskChange::cost)
                .column("text", changes, TaskChange::head)
                .column("text", changes, TaskChange::stopReason)
                .column("bool", changes, TaskChange::accepted)
                .column("timestamptz", changes, change -> Times.text(change.finishedAt()))
                .column("text", changes, change -> terms(change).modelLines())
                .column("float8", changes, change -> terms(change).score())
                .column("text", changes, change -> terms(change).verdicts());
    }

    private static SearchTerms terms(TaskChange change) {
        return Objects.requireNonNull(change.terms());
    }
}
