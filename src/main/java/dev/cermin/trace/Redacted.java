package dev.cermin.trace;

import dev.cermin.critique.Critique;
import dev.cermin.loop.Attempt;
import dev.cermin.loop.Draft;
import dev.cermin.loop.Outcome;
import dev.cermin.loop.Recalled;
import dev.cermin.loop.Stop;
import dev.cermin.loop.Task;
import dev.cermin.loop.Verdict;
import dev.cermin.redact.Redaction;
import dev.cermin.tool.ToolUse;
import dev.cermin.trace.Findings.Terms;
import dev.cermin.verify.Check;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What is written down of tasks, with marks in place of what rules find. Texts are redacted, whoever wrote them: people,
 * models, tools, verifiers. Names that the operator gave (of agents, models, verifiers, critics, tools, tenants), times
 * and numbers are left as they are.
 */
public final class Redacted {
    /** Numbers by their names, whatever digits they have. */
    private static final Set<String> NUMBERS = Set.of("temperature", "top-p", "max-tokens", "seed");

    private final Redaction rules;

    public Redacted(Redaction rules) {
        this.rules = rules;
    }

    /** The task as lessons are drawn from it. */
    public Task task(Task task) {
        if (!rules.on()) {
            return task;
        }
        return new Task(
                task.id(),
                task.agent(),
                rules.apply(task.input()),
                values(task.metadata()),
                task.tenant(),
                task.priority(),
                task.createdAt(),
                task.deadline(),
                task.startAt());
    }

    /** The outcome as lessons are drawn from it. */
    public Outcome outcome(Outcome outcome) {
        if (!rules.on()) {
            return outcome;
        }
        return new Outcome(
                outcome.taskId(),
                outcome.agent(),
                stop(outcome.stop()),
                outcome.best() == null ? null : attempt(outcome.best()),
                outcome.attempts().stream().map(this::attempt).toList(),
                outcome.ledger());
    }

    private Attempt attempt(Attempt attempt) {
        Draft draft = attempt.draft();
        Verdict verdict = attempt.verdict();
        return new Attempt(
                attempt.round(),
                new Draft(
                        rules.apply(draft.thinking()),
                        rules.apply(draft.output()),
                        draft.model(),
                        rules.apply(draft.problems())),
                attempt.checks() == null ? null : checks(attempt.checks()),
                attempt.critiques().stream().map(this::critique).toList(),
                attempt.adopted(),
                verdict == null ? null : new Verdict(verdict.accepted(), rules.apply(verdict.reasons())));
    }

    Texts texts(Texts texts, @Nullable String findings) {
        return new Texts(
                rules.orNull(texts.prompt()),
                rules.orNull(texts.response()),
                rules.orNull(texts.thinking()),
                rules.orNull(texts.output()),
                findings);
    }

    /** Values of the caller's own names; the names as well, since they are the caller's too. */
    private Map<String, String> values(Map<String, String> metadata) {
        Map<String, String> all = new TreeMap<>();
        metadata.forEach((key, value) -> all.put(rules.apply(key), rules.apply(value)));
        return all;
    }

    @Nullable
    Map<String, String> parameters(@Nullable Map<String, String> parameters) {
        if (parameters == null || !rules.on()) {
            return parameters;
        }
        Map<String, String> all = new TreeMap<>();
        parameters.forEach((key, value) -> all.put(key, NUMBERS.contains(key) ? value : rules.apply(value)));
        return all;
    }

    Findings findings(Findings all) {
        if (!rules.on()) {
            return all;
        }
        return new Findings(
                all.terms() == null ? null : terms(all.terms()),
                all.checks() == null ? null : checks(all.checks()),
                all.critique() == null ? null : critique(all.critique()),
                rules.orNull(all.error()),
                all.stop() == null ? null : stop(all.stop()),
                all.calls(),
                all.tools() == null
                        ? null
                        : all.tools().stream().map(this::tool).toList(),
                all.notes() == null ? null : rules.apply(all.notes()),
                all.problems() == null ? null : rules.apply(all.problems()),
                // people's names and choices; a comment is a text of its own
                all.review());
    }

    private Terms terms(Terms terms) {
        List<Recalled> lessons = terms.lessons();
        return new Terms(
                values(terms.metadata()),
                terms.tenant(),
                terms.priority(),
                terms.createdAt(),
                terms.deadline(),
                terms.startAt(),
                terms.plan(),
                lessons == null
                        ? null
                        : lessons.stream()
                                .map(lesson -> new Recalled(lesson.id(), rules.apply(lesson.advice())))
                                .toList());
    }

    private List<Check> checks(List<Check> checks) {
        return checks.stream()
                .map(check -> new Check(check.verifier(), check.passed(), rules.apply(check.message())))
                .toList();
    }

    private Critique critique(Critique critique) {
        return new Critique(
                critique.critic(),
                critique.opinion(),
                critique.score(),
                rules.apply(critique.issues()),
                rules.apply(critique.text()),
                rules.apply(critique.warnings()));
    }

    private Stop stop(Stop stop) {
        return new Stop(stop.reason(), rules.apply(stop.detail()));
    }

    private ToolUse tool(ToolUse use) {
        return new ToolUse(use.name(), rules.apply(use.arguments()), rules.apply(use.result()), use.failed());
    }
}
