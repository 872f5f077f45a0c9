package dev.cermin.integrity;

import dev.cermin.audit.Entry;
import dev.cermin.integrity.TraceVerification.Logged;
import dev.cermin.store.TaskFigures;
import dev.cermin.store.TaskFigures.Submitted;
import dev.cermin.store.TaskSummary;
import dev.cermin.trace.ChainCheck;
import dev.cermin.trace.Origin;
import dev.cermin.trace.TraceStep;
import dev.cermin.trace.Verification;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Whether all that is stored of a trace agrees: its chain, the columns beside it, what was erased, its task's row, and what
 * the log says. Not thread-safe.
 */
final class Inspector {
    private final ChainCheck chain = new ChainCheck();

    /** What is wrong at a step; at none, where it is negative. */
    private record Fault(int step, String problem) {}

    TraceVerification inspect(Evidence found) {
        List<TraceStep> steps = new ArrayList<>(found.steps().size());
        Fault fault = null;
        for (StoredStep stored : found.steps()) {
            if (stored.step() == null) {
                fault = new Fault(steps.size(), "its fields are not what was recorded: " + stored.fault());
                break;
            }
            steps.add(stored.step());
        }
        Verification checked =
                steps.isEmpty() && fault != null ? new Verification(true, false, 0, 0, "", "") : chain.check(steps);
        List<ErasedText> erased = new ArrayList<>();
        if (!checked.intact()) {
            fault = new Fault(checked.steps(), checked.problem().replaceFirst("^step \\d+: ", ""));
        }
        int sound = checked.steps();
        Submitted terms = null;
        String unread = "";
        if (sound > 0) {
            try {
                terms = TaskFigures.terms(steps.getFirst());
            } catch (RuntimeException e) {
                unread = "the task's row can't follow from its steps: " + e.getMessage();
            }
        }
        fault = first(fault, column(found, terms, sound));
        fault = first(fault, erasures(found, steps, sound, erased));
        fault = first(fault, log(found, steps, sound, checked.intact()));
        if (fault == null) {
            String row = unread.isEmpty() ? row(found, steps, terms) : unread;
            fault = row == null ? null : new Fault(-1, row);
        }
        int holding = fault == null || fault.step() < 0 ? sound : Math.min(sound, fault.step());
        return new TraceVerification(
                found.task(),
                fault == null,
                checked.complete(),
                holding,
                holding == 0 ? "" : steps.get(holding - 1).hash(),
                fault == null
                        ? ""
                        : fault.step() < 0 ? fault.problem() : "step %d: %s".formatted(fault.step(), fault.problem()),
                fault == null || fault.step() < 0 ? null : fault.step(),
                erased,
                logged(found, sound),
                null);
    }

    private static @Nullable Fault first(@Nullable Fault one, @Nullable Fault other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        return other.step() >= 0 && (one.step() < 0 || other.step() < one.step()) ? other : one;
    }

    /** Tenant and creation stand beside the steps, so that partitions can go by them. */
    private static @Nullable Fault column(Evidence found, @Nullable Submitted terms, int sound) {
        Origin origin = terms == null ? origin(found) : terms.origin();
        if (origin == null) {
            return null;
        }
        for (int i = 0; i < Math.min(found.steps().size(), Math.max(sound, 1)); i++) {
            StoredStep stored = found.steps().get(i);
            if (!stored.tenant().equals(origin.tenant())) {
                return new Fault(
                        i,
                        "its tenant is '%s', and that of the task is '%s'".formatted(stored.tenant(), origin.tenant()));
            }
            if (!origin.createdAt().equals(stored.createdAt())) {
                return new Fault(
                        i,
                        "its created_at is %s, and the task was created at %s"
                                .formatted(stored.createdAt(), origin.createdAt()));
            }
        }
        return null;
    }

    /** Where the submit step doesn't say it any more. */
    private static @Nullable Origin origin(Evidence found) {
        Entry.Trace logged = newest(found);
        if (logged != null) {
            return new Origin(logged.tenant(), Instant.parse(logged.created()));
        }
        return found.row() == null
                ? null
                : new Origin(found.row().tenant(), found.row().createdAt());
    }

    private static Entry.@Nullable Trace newest(Evidence found) {
        return found.leaves().reversed().stream()
                .filter(leaf -> leaf.entry() instanceof Entry.Trace)
                .map(leaf -> (Entry.Trace) leaf.entry())
                .findFirst()
                .orElse(null);
    }

    private record Place(int step, String name) {}

    private static @Nullable Fault erasures(Evidence found, List<TraceStep> steps, int sound, List<ErasedText> erased) {
        Map<Place, ErasureRecord> records = new HashMap<>();
        Fault wrong = null;
        for (ErasureRecord record : found.erasures()) {
            for (ErasureRecord.Text text : record.texts()) {
                records.put(new Place(text.step(), text.name()), record);
                if (text.step() < 0 || text.step() >= sound) {
                    continue;
                }
                TraceStep step = steps.get(text.step());
                if (!text.sha256().equals(step.textHashes().get(text.name()))) {
                    wrong = first(
                            wrong,
                            new Fault(
                                    text.step(),
                                    "the record of erasure %d tells of another %s"
                                            .formatted(record.id(), text.name())));
                } else if (step.texts().byName().containsKey(text.name())) {
                    wrong = first(
                            wrong,
                            new Fault(
                                    text.step(),
                                    "its %s is there, though record %d says that it was erased"
                                            .formatted(text.name(), record.id())));
                }
            }
        }
        for (int i = 0; i < sound; i++) {
            TraceStep step = steps.get(i);
            Map<String, String> there = null;
            for (Map.Entry<String, String> hash : step.textHashes().entrySet()) {
                there = there == null ? step.texts().byName() : there;
                if (there.containsKey(hash.getKey())) {
                    continue;
                }
                ErasureRecord record = records.get(new Place(i, hash.getKey()));
                if (record == null) {
                    wrong = first(
                            wrong,
                            new Fault(
                                    i,
                                    "its %s is gone, and no record says that it was erased".formatted(hash.getKey())));
                } else {
                    erased.add(new ErasedText(
                            i, hash.getKey(), hash.getValue(), record.at(), record.by(), record.reason()));
                }
            }
        }
        return wrong;
    }

    /** What the log says against what is there. */
    private static @Nullable Fault log(Evidence found, List<TraceStep> steps, int sound, boolean intact) {
        Fault wrong = null;
        Map<Long, ErasureRecord> records = new HashMap<>();
        found.erasures().forEach(record -> records.put(record.id(), record));
        for (Evidence.Leaf leaf : found.leaves()) {
            switch (leaf.entry()) {
                case Entry.Trace trace -> {
                    if (trace.steps() <= sound) {
                        if (!steps.get(trace.steps() - 1).hash().equals(trace.head())) {
                            wrong = first(
                                    wrong,
                                    new Fault(
                                            differing(found, steps, trace, sound),
                                            "the log has another trace of this task (entry %d): this one was written anew"
                                                    .formatted(leaf.index())));
                        }
                    } else if (intact) {
                        wrong = first(
                                wrong,
                                new Fault(
                                        sound,
                                        "it is missing; the log has a trace of %d steps (entry %d)"
                                                .formatted(trace.steps(), leaf.index())));
                    }
                }
                case Entry.Erasure erasure -> {
                    ErasureRecord record = records.get(erasure.id());
                    if (record == null) {
                        wrong = first(
                                wrong,
                                new Fault(
                                        -1,
                                        "the record of erasure %d is missing; the log has it (entry %d)"
                                                .formatted(erasure.id(), leaf.index())));
                    } else if (!record.hash().equals(erasure.record())) {
                        wrong = first(
                                wrong,
                                new Fault(
                                        -1,
                                        "the record of erasure %d is not what was recorded".formatted(erasure.id())));
                    }
                }
            }
        }
        return wrong;
    }

    /** The log has heads only: the first step that may be another is that behind the last head that agrees. */
    private static int differing(Evidence found, List<TraceStep> steps, Entry.Trace trace, int sound) {
        int agreed = 0;
        for (Evidence.Leaf leaf : found.leaves()) {
            if (leaf.entry() instanceof Entry.Trace other
                    && other.steps() < trace.steps()
                    && other.steps() <= sound
                    && steps.get(other.steps() - 1).hash().equals(other.head())) {
                agreed = Math.max(agreed, other.steps());
            }
        }
        return agreed;
    }

    private static @Nullable String row(Evidence found, List<TraceStep> steps, @Nullable Submitted terms) {
        TaskSummary row = found.row();
        if (row == null) {
            return "the task's row is missing";
        }
        TaskSummary expected;
        try {
            expected = rounded(TaskFigures.of(steps, terms, row));
        } catch (RuntimeException e) {
            return "the task's row can't follow from its steps: " + e.getMessage();
        }
        String differing = expected.equals(row) ? null : differing(row, expected);
        if (differing != null) {
            return differing;
        }
        String hash = TaskState.hash(row);
        boolean other = found.leaves().stream()
                .anyMatch(leaf -> leaf.entry() instanceof Entry.Trace logged
                        && logged.steps() == row.steps()
                        && !logged.row().equals(hash));
        return other ? "the task's row is not what the log has" : null;
    }

    private static @Nullable String differing(TaskSummary row, TaskSummary expected) {
        Map<String, @Nullable Object> said = TaskState.of(expected);
        for (Map.Entry<String, @Nullable Object> column : TaskState.of(row).entrySet()) {
            if (!Objects.equals(column.getValue(), said.get(column.getKey()))) {
                return "the task's %s is %s, and its steps say %s"
                        .formatted(column.getKey(), column.getValue(), said.get(column.getKey()));
            }
        }
        return null;
    }

    /** As Postgres rounds times, and as {@link LogTable} reads costs. */
    private static TaskSummary rounded(TaskSummary task) {
        return new TaskSummary(
                task.id(),
                task.tenant(),
                task.agent(),
                task.agentVersion(),
                task.agentHash(),
                task.createdAt(),
                task.deadline() == null ? null : task.deadline().plusNanos(500).truncatedTo(ChronoUnit.MICROS),
                task.steps(),
                task.rounds(),
                task.calls(),
                task.tokensIn(),
                task.tokensOut(),
                task.cost().stripTrailingZeros(),
                task.stopReason(),
                task.accepted(),
                task.finishedAt() == null
                        ? null
                        : task.finishedAt().plusNanos(500).truncatedTo(ChronoUnit.MICROS),
                task.head());
    }

    private static Logged logged(Evidence found, int steps) {
        Entry.Trace newest = newest(found);
        return newest == null || newest.steps() < steps ? Logged.NOT_YET : Logged.WAITING;
    }
}
