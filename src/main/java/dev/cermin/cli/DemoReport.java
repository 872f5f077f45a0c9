package dev.cermin.cli;

import com.github.freva.asciitable.AsciiTable;
import com.github.freva.asciitable.Column;
import com.github.freva.asciitable.HorizontalAlign;
import dev.cermin.loop.Outcome;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The demo's last words: by family, right at once and right in the end, as the verifiers judge. */
final class DemoReport {
    private DemoReport() {}

    private record Row(String family, List<Outcome> outcomes) {
        int right(boolean atOnce) {
            return (int) outcomes.stream()
                    .filter(outcome -> atOnce
                            ? !outcome.attempts().isEmpty()
                                    && outcome.attempts().getFirst().accepted()
                            : outcome.accepted())
                    .count();
        }

        long tokens() {
            return outcomes.stream().mapToLong(o -> o.usage().tokens()).sum();
        }

        int calls() {
            return outcomes.stream().mapToInt(o -> o.usage().calls()).sum();
        }

        double seconds() {
            return outcomes.stream().mapToLong(o -> o.usage().time().toMillis()).sum() / 1e3;
        }

        String of(int right) {
            return "%d of %d".formatted(right, outcomes.size());
        }
    }

    static void print(List<DemoTask> tasks, List<Outcome> outcomes, String url) {
        Map<String, Row> byFamily = new LinkedHashMap<>();
        for (int i = 0; i < outcomes.size(); i++) {
            byFamily.computeIfAbsent(tasks.get(i).family(), family -> new Row(family, new ArrayList<>()))
                    .outcomes()
                    .add(outcomes.get(i));
        }
        List<Row> rows = new ArrayList<>(byFamily.values());
        if (rows.size() > 1) {
            rows.add(new Row("all", outcomes));
        }
        System.out.println();
        System.out.println(AsciiTable.getTable(
                AsciiTable.BASIC_ASCII_NO_DATA_SEPARATORS,
                rows,
                List.of(
                        column("family", HorizontalAlign.LEFT).with(Row::family),
                        column("right at once", HorizontalAlign.RIGHT).with(row -> row.of(row.right(true))),
                        column("right after reflection", HorizontalAlign.RIGHT).with(row -> row.of(row.right(false))),
                        column("model calls", HorizontalAlign.RIGHT).with(row -> String.valueOf(row.calls())),
                        column("tokens", HorizontalAlign.RIGHT).with(row -> String.valueOf(row.tokens())),
                        column("model time", HorizontalAlign.RIGHT).with(row -> "%.1f s".formatted(row.seconds())))));
        System.out.println();
        System.out.println("\"Right\" is what the deterministic verifiers pass. Where to look next:");
        System.out.println("  traces   " + url + "/traces");
        if (!outcomes.isEmpty()) {
            System.out.println(
                    "  the last " + url + "/traces/" + outcomes.getLast().taskId());
            System.out.println(
                    "  check it ./cermin verify " + outcomes.getLast().taskId());
        }
        System.out.println("  the API  " + url + "/q/openapi");
    }

    private static Column column(String header, HorizontalAlign align) {
        return new Column().header(header).headerAlign(HorizontalAlign.LEFT).dataAlign(align);
    }
}
