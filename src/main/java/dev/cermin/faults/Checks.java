package dev.cermin.faults;

import dev.cermin.faults.Evidence.Letter;
import dev.cermin.faults.Evidence.Result;
import dev.cermin.faults.Evidence.Row;
import dev.cermin.faults.Evidence.Stored;
import dev.cermin.loop.StopReason;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What must hold of the evidence: the guarantee, and that what went wrong is told. */
final class Checks {
    private static final String ANSWER = "x=7";

    private final Evidence found;
    private final Set<UUID> all = new TreeSet<>();

    private Checks(Evidence found) {
        this.found = found;
        all.addAll(found.acknowledged());
        all.addAll(found.results().keySet());
        all.addAll(found.published().keySet());
        all.addAll(found.rows().keySet());
    }

    static List<Check> of(Evidence found) {
        Checks checks = new Checks(found);
        return List.of(
                checks.each("every acknowledged task has one result", found.acknowledged(), checks::oneResult),
                checks.each("no task has more than one result", checks.all, checks::atMostOneResult),
                checks.each(
                        "every result is right, or its task was cancelled or past its deadline",
                        checks.all,
                        checks::right),
                checks.each("every step is published under one hash", checks.all, checks::oneHash),
                checks.each("every trace is stored whole, in order, its chain intact", checks.all, checks::whole),
                checks.each("every task's row says what its result says", checks.all, checks::sameEnd),
                checks.each("every task's totals are those of its steps", checks.all, checks::totals),
                new Check("no group has messages left to read", 1, found.unread()),
                checks.letters());
    }

    private interface Rule {
        @Nullable
        String fault(UUID task);
    }

    private Check each(String says, Set<UUID> tasks, Rule rule) {
        List<String> violations = new ArrayList<>();
        for (UUID task : tasks) {
            String fault = rule.fault(task);
            if (fault != null) {
                violations.add(task + ": " + fault);
            }
        }
        return new Check(says, tasks.size(), violations);
    }

    private List<Result> results(UUID task) {
        return found.results().getOrDefault(task, List.of());
    }

    private @Nullable String oneResult(UUID task) {
        return results(task).isEmpty() ? "it has no result" : null;
    }

    private @Nullable String atMostOneResult(UUID task) {
        return results(task).size() > 1
                ? "it has %d results".formatted(results(task).size())
                : null;
    }

    private @Nullable String right(UUID task) {
        for (Result result : results(task)) {
            StopReason reason = result.stop().reason();
            boolean asked = reason == StopReason.CANCELLED && found.cancelled().contains(task);
            boolean solved = reason == StopReason.ACCEPTED && ANSWER.equals(result.answer());
            if (!asked && !solved && !late(task, result)) {
                return "it ended as %s (%s) with the answer %s"
                        .formatted(reason, result.stop().detail(), result.answer());
            }
        }
        return null;
    }

    /** A machine that is too slow for the load ends tasks by their deadline, and says so: nothing was lost. */
    private boolean late(UUID task, Result result) {
        Stored trace = found.stored().get(task);
        return result.stop().reason() == StopReason.DEADLINE
                && trace != null
                && trace.deadline() != null
                && !result.at().isBefore(trace.deadline());
    }

    private @Nullable String oneHash(UUID task) {
        for (Map.Entry<Integer, Map<String, Integer>> step :
                found.published().getOrDefault(task, Map.of()).entrySet()) {
            if (step.getValue().size() > 1) {
                return "step %d was done %d times"
                        .formatted(step.getKey(), step.getValue().size());
            }
        }
        return null;
    }

    private @Nullable String whole(UUID task) {
        Stored trace = found.stored().get(task);
        if (trace == null) {
            return "it has no trace";
        }
        if (!trace.problem().isEmpty()) {
            return trace.problem();
        }
        int published = found.published().getOrDefault(task, Map.of()).size();
        return trace.steps() == published
                ? null
                : "%d steps are stored, %d were published".formatted(trace.steps(), published);
    }

    private @Nullable String sameEnd(UUID task) {
        Row row = found.rows().get(task);
        if (row == null) {
            return "it has no row";
        }
        if (row.stopReason() == null) {
            return "it is open";
        }
        List<Result> results = results(task);
        String told = results.isEmpty()
                ? ""
                : results.getFirst().stop().reason().name().toLowerCase(Locale.ROOT);
        return told.equals(row.stopReason())
                ? null
                : "its row says %s, its result '%s'".formatted(row.stopReason(), told);
    }

    private @Nullable String totals(UUID task) {
        Row row = found.rows().get(task);
        return row == null || row.fault().isEmpty() ? null : row.fault();
    }

    private Check letters() {
        List<String> violations = new ArrayList<>();
        for (Letter letter : found.letters()) {
            boolean told = !letter.reason().isBlank()
                    && !letter.topic().isBlank()
                    && letter.partition().matches("[0-9]+")
                    && letter.offset().matches("[0-9]+");
            if (!told) {
                violations.add("dead letter %s doesn't say why it is there and where it came from: %s"
                        .formatted(letter.place(), letter));
            }
            if (letter.key() != null
                    && found.acknowledged().stream().anyMatch(t -> t.toString().equals(letter.key()))) {
                violations.add(
                        "%s: dead letter %s holds it: %s".formatted(letter.key(), letter.place(), letter.reason()));
            }
        }
        return new Check(
                "dead letters explain themselves, and none holds a task",
                found.letters().size(),
                violations);
    }
}
