package dev.cermin.faults;

import com.github.freva.asciitable.AsciiTable;
import com.github.freva.asciitable.Column;
import com.github.freva.asciitable.HorizontalAlign;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * What a run came to.
 *
 * @param seed of its schedule
 * @param seconds from the first task till all was quiet
 * @param faults by kind
 * @param tasks what clients saw
 * @param endedByThemselves how often services ended that nobody ended, and were started again
 * @param checks what must hold
 * @param folder where data and logs lie
 */
public record FaultReport(
        long seed,
        double seconds,
        List<Row> faults,
        Tasks tasks,
        int endedByThemselves,
        List<Check> checks,
        String folder) {
    private static final int SHOWN = 20;

    /**
     * The faults of one kind.
     *
     * @param count how many
     * @param messages that were sent again or for nothing; 0 for faults of processes
     * @param p50 seconds from a fault's end till all that was acknowledged by then had its result, median
     * @param max the longest of them
     */
    public record Row(String kind, int count, int messages, double p50, double max) {}

    /**
     * Clients' counts.
     *
     * @param refused answers by REST other than 202, each tried again
     * @param unanswered requests that broke off, each tried again
     * @param late how many ended by their deadline: the machine was too slow for the load
     * @param byOthers tasks that ran though no client was told of them, each as an attempt broke off
     * @param duplicates messages that led to nothing, as they had come before
     */
    public record Tasks(
            int acknowledged,
            int byRest,
            int byTopic,
            int refused,
            int unanswered,
            int cancelAsked,
            int cancelled,
            int late,
            int results,
            int byOthers,
            int duplicates) {}

    public boolean holds() {
        return checks.stream().allMatch(Check::holds);
    }

    /** For people. */
    public String text() {
        List<String> lines = new ArrayList<>();
        List<Row> rows = faults.stream().filter(row -> row.count() > 0).toList();
        lines.add(AsciiTable.getTable(
                AsciiTable.NO_BORDERS,
                rows,
                List.of(
                        column("fault", HorizontalAlign.LEFT).with(Row::kind),
                        column("times", HorizontalAlign.RIGHT).with(row -> String.valueOf(row.count())),
                        column("messages", HorizontalAlign.RIGHT)
                                .with(row -> row.messages() == 0 ? "" : String.valueOf(row.messages())),
                        column("recovered, p50 s", HorizontalAlign.RIGHT).with(row -> number(row.p50())),
                        column("max s", HorizontalAlign.RIGHT).with(row -> number(row.max())))));
        lines.add("");
        lines.add("%d tasks acknowledged, %d by REST, %d on the topic; %d refusals, %d without an answer, tried again"
                .formatted(tasks.acknowledged(), tasks.byRest(), tasks.byTopic(), tasks.refused(), tasks.unanswered()));
        lines.add(
                "%d results, %d of them cancelled (asked for %d), %d by their deadline; %d of tasks whose client got no answer"
                        .formatted(
                                tasks.results(),
                                tasks.cancelled(),
                                tasks.cancelAsked(),
                                tasks.late(),
                                tasks.byOthers()));
        lines.add("%d messages that came again led to nothing; services ended by themselves %d times"
                .formatted(tasks.duplicates(), endedByThemselves));
        lines.add("");
        for (Check check : checks) {
            lines.add("%-4s %s (%d)".formatted(check.holds() ? "ok" : "NOT", check.says(), check.checked()));
            check.violations().stream().limit(SHOWN).forEach(violation -> lines.add("       " + violation));
            if (check.violations().size() > SHOWN) {
                lines.add("       and %d more".formatted(check.violations().size() - SHOWN));
            }
        }
        lines.add("");
        lines.add("%s Seed %d, %d faults in %s s.%s"
                .formatted(
                        holds() ? "All holds." : "NOT ALL HOLDS.",
                        seed,
                        rows.stream().mapToInt(Row::count).sum(),
                        number(seconds),
                        holds() ? "" : whereToLook()));
        return String.join("\n", lines);
    }

    private String whereToLook() {
        return "\nLogs lie in %s/logs; a task's trace: CERMIN_HOME=%s/postgres ./cermin verify TASK"
                .formatted(folder, folder);
    }

    private static Column column(String header, HorizontalAlign align) {
        return new Column().header(header).headerAlign(align).dataAlign(align);
    }

    private static String number(double seconds) {
        return String.format(Locale.ROOT, "%.1f", seconds);
    }

    /** The ids of tasks that something is wrong with. */
    public List<String> offenders() {
        return checks.stream()
                .flatMap(check -> check.violations().stream())
                .flatMap(violation -> Stream.of(violation.split(":", 2)[0]))
                .filter(id -> id.length() == 36)
                .distinct()
                .toList();
    }
}
