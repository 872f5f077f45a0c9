package dev.cermin.cli;

import dev.cermin.eval.Answered;
import dev.cermin.eval.ItemResult;
import dev.cermin.eval.Mark;
import dev.cermin.eval.Method;
import dev.cermin.eval.Results;
import dev.cermin.eval.RunInfo;
import dev.cermin.eval.Score;
import dev.cermin.eval.TraceReading;
import dev.cermin.loop.Attempt;
import dev.cermin.loop.LoopState;
import dev.cermin.store.TaskSummary;
import dev.cermin.store.TraceStore;
import dev.cermin.trace.Replay;
import dev.cermin.trace.Review;
import dev.cermin.trace.TraceStep;
import dev.cermin.verify.Check;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Results from tasks that the services ran, each decided by verifiers, or by a reviewer. */
final class StoredTraces {
    private static final String DECIDED = "decided";

    private final Labels labels;
    private int undecided;
    private int erased;
    private int counted;

    StoredTraces(Labels labels) {
        this.labels = labels;
    }

    /** A draft that nobody decided about. */
    private static final class UndecidedException extends RuntimeException {}

    Results results(String agent, int last) throws InterruptedException {
        TraceStore store = Services.get(TraceStore.class);
        List<ItemResult> items = new ArrayList<>();
        TreeSet<String> versions = new TreeSet<>();
        TreeSet<String> hashes = new TreeSet<>();
        Map<String, String> models = new TreeMap<>();
        for (TaskSummary task : store.finished(agent, last)) {
            List<TraceStep> steps = store.steps(task.id(), 0);
            ItemResult item = result(task, steps);
            if (item != null) {
                items.add(item);
                versions.add(agent + "@" + task.agentVersion());
                hashes.add(task.agentHash());
                steps.stream()
                        .filter(step -> step.model() != null)
                        .forEach(step -> models.put(step.kind().key(), step.model() + " (" + step.provider() + ")"));
            }
        }
        counted = items.size();
        if (items.isEmpty()) {
            throw new CommandFailure(
                    "No finished task of agent '%s' was decided by a verifier or a label; %s".formatted(agent, told()));
        }
        return new Results(
                new RunInfo(
                        "traces of " + agent,
                        "the latest %d finished tasks".formatted(last),
                        "as they came; right is what every verifier passed, or what a reviewer's label says",
                        items.size(),
                        "",
                        String.join(", ", versions),
                        String.join(", ", hashes),
                        models,
                        "stored traces",
                        List.of(Method.REFLECTION),
                        null,
                        null,
                        Instant.now()),
                items);
    }

    /** What was left out. */
    String told() {
        return "%d tasks counted; left out: %d that nobody decided about, %d whose texts were erased"
                .formatted(counted, undecided, erased);
    }

    private @Nullable ItemResult result(TaskSummary task, List<TraceStep> steps) throws InterruptedException {
        try {
            LoopState end = Replay.state(steps);
            String answer = end.outcome().answer().orElse("");
            Answered answered = TraceReading.scored(steps, attempt -> score(steps, judged(end, attempt), answer));
            return new ItemResult(
                    task.id().toString(), task.agent(), end.task().input(), "", Map.of(Method.REFLECTION, answered));
        } catch (UndecidedException e) {
            undecided++;
        } catch (IllegalArgumentException e) {
            // what can't be replayed: a text was erased
            erased++;
        }
        return null;
    }

    /** What the file of labels says, else what a reviewer's step in the trace does. */
    private Labels.@Nullable Label label(List<TraceStep> steps, int round, boolean answer) {
        UUID task = steps.getFirst().taskId();
        Labels.Label given = labels.of(task, round, answer);
        if (given != null) {
            return given;
        }
        return Review.lastLabel(steps, round, answer)
                .filter(step -> step.accepted() != null)
                .map(step -> new Labels.Label(task, round, step.accepted(), step.worker()))
                .orElse(null);
    }

    /** The draft as it was at the end: early in the trace nothing had judged it yet. */
    private static Attempt judged(LoopState end, Attempt attempt) {
        return end.attempts().stream()
                .filter(later -> later.checks() != null
                        && later.draft().output().equals(attempt.draft().output()))
                .findFirst()
                .orElse(attempt);
    }

    private Score score(List<TraceStep> steps, Attempt attempt, String answer) {
        String output = attempt.draft().output();
        Labels.Label label = label(steps, attempt.round(), output.equals(answer));
        if (label != null) {
            boolean right = Boolean.TRUE.equals(label.right());
            String who = label.by() == null ? "a reviewer" : label.by();
            return new Score(output, List.of(Mark.of(DECIDED, right)), (right ? "right, says " : "wrong, says ") + who);
        }
        if (attempt.checks() == null || attempt.checks().isEmpty()) {
            throw new UndecidedException();
        }
        String reason = String.join(
                "; ",
                attempt.checks().stream()
                        .filter(check -> attempt.failed() != check.passed())
                        .map(Check::message)
                        .toList());
        return new Score(output, List.of(Mark.of(DECIDED, !attempt.failed())), reason);
    }
}
