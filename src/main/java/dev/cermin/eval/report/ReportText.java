package dev.cermin.eval.report;

import com.github.freva.asciitable.AsciiTable;
import com.github.freva.asciitable.Column;
import com.github.freva.asciitable.HorizontalAlign;
import com.github.freva.asciitable.OverflowBehaviour;
import dev.cermin.eval.Answered;
import dev.cermin.eval.ItemResult;
import dev.cermin.eval.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** A report for a terminal. */
final class ReportText {
    /** Items named one by one; the rest is in the page and in the JSON. */
    private static final int NAMED = 10;

    private static final int WIDEST_CELL = 70;

    private ReportText() {}

    static String of(Report report, Traces traces) {
        List<String> parts = new ArrayList<>();
        parts.add(Notes.title(report));
        parts.addAll(Notes.warnings(report));
        parts.add(Notes.summary(report));
        parts.add(named(Tables.run(report)));
        if (report.done() > 0) {
            figures(parts, report, traces);
        }
        return parts.stream().filter(part -> !part.isEmpty()).collect(Collectors.joining("\n\n", "", "\n"));
    }

    private static void figures(List<String> parts, Report report, Traces traces) {
        parts.add(table(Tables.accuracy("Accuracy", report.rows())));
        parts.add(table(Tables.pairs(report.pairs())));
        parts.add(String.join("\n", Notes.pairs(report)));
        parts.add(table(Tables.perItem(report.rows())));
        parts.add(table(Tables.inAll(report.rows())));
        parts.add(table(Tables.acceptance(report.acceptance())));
        parts.add(Notes.acceptance(report.acceptance()));
        parts.add(table(Tables.stops(report.stops())));
        if (report.categories().size() > 1) {
            parts.add(table(Tables.categories(report)));
        }
        if (!report.failures().isEmpty()) {
            parts.add(table(Tables.failures(
                            report.failures().stream().limit(NAMED).toList()))
                    + more(report.failures().size()));
        }
        Paired pair = report.pairs().getFirst();
        Map<String, ItemResult> byId =
                report.items().stream().collect(Collectors.toMap(ItemResult::id, Function.identity()));
        parts.add(items("Wrong to right", pair.gained(), byId, traces));
        parts.add(items("Right to wrong", pair.lost(), byId, traces));
        parts.add(Notes.remarks(report).stream().map(remark -> "- " + remark).collect(Collectors.joining("\n")));
    }

    static String table(Table table) {
        List<Column> columns = new ArrayList<>();
        for (String name : table.head()) {
            columns.add(new Column()
                    .header(name)
                    .headerAlign(HorizontalAlign.LEFT)
                    .dataAlign(columns.isEmpty() || table.prose() ? HorizontalAlign.LEFT : HorizontalAlign.RIGHT)
                    .maxWidth(WIDEST_CELL, OverflowBehaviour.NEWLINE));
        }
        String[][] cells = table.rows().stream()
                .map(row -> row.stream().map(ReportText::line).toArray(String[]::new))
                .toArray(String[][]::new);
        return table.title()
                + "\n"
                + AsciiTable.getTable(AsciiTable.BASIC_ASCII_NO_DATA_SEPARATORS, columns.toArray(Column[]::new), cells);
    }

    /** Names and values, aligned. */
    static String named(List<Map.Entry<String, String>> values) {
        int width =
                values.stream().mapToInt(value -> value.getKey().length()).max().orElse(0);
        return values.stream()
                .map(value -> value.getKey() + " ".repeat(width - value.getKey().length() + 2) + line(value.getValue()))
                .collect(Collectors.joining("\n"));
    }

    private static String items(String title, List<String> ids, Map<String, ItemResult> byId, Traces traces) {
        if (ids.isEmpty()) {
            return "";
        }
        return ids.stream()
                        .limit(NAMED)
                        .map(id -> "  " + line(id) + trace(byId.get(id), traces))
                        .collect(Collectors.joining("\n", title + "\n", ""))
                + more(ids.size());
    }

    private static String trace(ItemResult item, Traces traces) {
        Answered answered = item == null ? null : item.by().get(Method.REFLECTION);
        return answered == null ? "" : "  " + traces.of(answered.task()).orElse("trace " + answered.task());
    }

    private static String more(int of) {
        return of <= NAMED
                ? ""
                : "\n  and %s more, which the page and the JSON name".formatted(Words.count(of - NAMED));
    }

    /** Without what would break a line or speak to the terminal. */
    private static String line(String text) {
        return text.replaceAll("[\\p{Cntrl}\\s]+", " ");
    }
}
