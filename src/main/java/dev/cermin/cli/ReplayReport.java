package dev.cermin.cli;

import com.github.freva.asciitable.AsciiTable;
import com.github.freva.asciitable.Column;
import com.github.freva.asciitable.HorizontalAlign;
import dev.cermin.json.Json;
import dev.cermin.loop.Attempt;
import dev.cermin.loop.Outcome;
import dev.cermin.loop.Usage;
import dev.cermin.replay.Counterfactual;
import dev.cermin.replay.ExactReplay;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Tells what replays came to: each by itself, or all in a table. */
final class ReplayReport {
    /** Whether an answer is right, where anybody knows. */
    interface Right {
        @Nullable
        Boolean of(UUID task, Attempt attempt, boolean isAnswer);
    }

    private final boolean json;
    private final boolean single;
    private final Right right;
    private final Map<String, Integer> counts = new LinkedHashMap<>();
    private boolean differs;
    private boolean counterfactual;
    private Usage before = Usage.NONE;
    private Usage after = Usage.NONE;

    ReplayReport(boolean json, boolean single, Right right) {
        this.json = json;
        this.single = single;
        this.right = right;
    }

    void exact(UUID task, ExactReplay replay) {
        count(replay.same() ? "same outcome" : "another outcome");
        differs |= !replay.same();
        if (json) {
            print(task, "same", replay.same(), "differences", replay.differences());
        } else if (!replay.same()) {
            System.out.printf("%s: ANOTHER OUTCOME%n", task);
            replay.differences()
                    .forEach(difference -> System.out.printf(
                            "  %s%n    - %s%n    + %s%n",
                            difference.what(), difference.recorded(), difference.replayed()));
        } else if (single && replay.outcome() != null) {
            System.out.printf("%s: the same outcome, %s%n", task, told(replay.outcome()));
        }
    }

    void impossible(UUID task, String why) {
        count("can't be replayed");
        if (single) {
            throw new CommandFailure("Task %s can't be replayed: %s".formatted(task, why));
        }
        if (json) {
            print(task, "error", why);
        }
    }

    void counterfactual(UUID task, Counterfactual what) {
        counterfactual = true;
        Outcome then = what.before();
        Outcome now = what.outcome().orElse(null);
        String change = change(task, what);
        count(change);
        if (now != null) {
            before = before.plus(then.usage());
            after = after.plus(now.usage());
        }
        if (json) {
            print(
                    task,
                    "change",
                    change,
                    "before",
                    summary(then),
                    "after",
                    now == null ? null : summary(now),
                    "open",
                    what.open(),
                    "assumptions",
                    what.assumptions());
        } else if (single) {
            System.out.printf("%s%n  then: %s%n", task, told(then));
            if (now != null) {
                System.out.printf("  now:  %s%n  saved: %s%n", told(now), saved(then.usage(), now.usage()));
            } else {
                System.out.printf(
                        "  now:  open: %s%n  best so far: %s%n",
                        what.open(), what.best().map(ReplayReport::draft).orElse("none"));
            }
            what.assumptions().forEach(each -> System.out.println("  assumed: " + each));
        }
    }

    private String change(UUID task, Counterfactual what) {
        if (what.outcome().isEmpty()) {
            return "open: the drafts run out";
        }
        Outcome now = what.outcome().orElseThrow();
        if (!what.changes()) {
            return "same answer and verdict";
        }
        Boolean then = right(task, what.before(), true);
        Boolean since = right(task, now, now.answer().equals(what.before().answer()));
        if (then == null || since == null) {
            return "another answer or verdict, nobody decided";
        }
        if (then.equals(since)) {
            return "another answer or verdict, as " + (then ? "right" : "wrong");
        }
        return then ? "right to wrong" : "wrong to right";
    }

    private @Nullable Boolean right(UUID task, Outcome outcome, boolean isAnswer) {
        return outcome.best() == null ? Boolean.FALSE : right.of(task, outcome.best(), isAnswer);
    }

    int end() {
        if (!single && !json) {
            table();
        }
        return differs ? ExitCodes.FAILED : ExitCodes.DONE;
    }

    private void table() {
        List<Map.Entry<String, Integer>> rows = new ArrayList<>(counts.entrySet());
        int all = rows.stream().mapToInt(Map.Entry::getValue).sum();
        System.out.println(AsciiTable.getTable(
                AsciiTable.BASIC_ASCII_NO_DATA_SEPARATORS,
                rows,
                List.of(
                        new Column()
                                .header("outcome")
                                .dataAlign(HorizontalAlign.LEFT)
                                .with(Map.Entry::getKey),
                        new Column().header("traces").with(row -> String.valueOf(row.getValue())),
                        new Column()
                                .header("share")
                                .with(row -> String.format(Locale.ROOT, "%.1f %%", 100.0 * row.getValue() / all)))));
        if (counterfactual) {
            System.out.println("Saved where it would have ended: " + saved(before, after));
        }
    }

    private void count(String what) {
        counts.merge(what, 1, Integer::sum);
    }

    private static String told(Outcome outcome) {
        Attempt best = outcome.best();
        return "%s after %d corrections, %s"
                .formatted(
                        outcome.stop().reason().name().toLowerCase(Locale.ROOT).replace('_', ' '),
                        rounds(outcome),
                        best == null ? "no answer" : draft(best));
    }

    private static String draft(Attempt attempt) {
        String output = attempt.draft().output().strip();
        String line = output.lines().findFirst().orElse("");
        String shown = line.length() > 100 ? line.substring(0, 100) + " …" : line;
        return "draft %d: %s"
                .formatted(
                        attempt.round(),
                        shown.length() < output.length() && line.length() <= 100 ? shown + " …" : shown);
    }

    private static int rounds(Outcome outcome) {
        return outcome.attempts().isEmpty() ? 0 : outcome.attempts().getLast().round();
    }

    private static String saved(Usage then, Usage now) {
        BigDecimal cost = then.cost().subtract(now.cost());
        return "%d calls, %d tokens%s, %.1f s of models"
                .formatted(
                        then.calls() - now.calls(),
                        then.tokens() - now.tokens(),
                        cost.signum() == 0
                                ? ""
                                : ", " + cost.stripTrailingZeros().toPlainString(),
                        then.time().minus(now.time()).toMillis() / 1000.0);
    }

    private static Map<String, Object> summary(Outcome outcome) {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("stopReason", outcome.stop().reason().name().toLowerCase(Locale.ROOT));
        all.put("accepted", outcome.accepted());
        all.put("round", outcome.best() == null ? 0 : outcome.best().round());
        all.put("answer", outcome.answer().orElse(""));
        all.put("rounds", rounds(outcome));
        all.put("usage", outcome.usage());
        return all;
    }

    private static void print(UUID task, @Nullable Object... pairs) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("task", task.toString());
        for (int i = 0; i < pairs.length; i += 2) {
            if (pairs[i + 1] != null) {
                line.put(String.valueOf(pairs[i]), pairs[i + 1]);
            }
        }
        System.out.println(Json.text(line));
    }
}
