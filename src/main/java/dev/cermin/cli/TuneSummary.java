package dev.cermin.cli;

import com.github.freva.asciitable.AsciiTable;
import com.github.freva.asciitable.Column;
import com.github.freva.asciitable.HorizontalAlign;
import dev.cermin.json.Json;
import dev.cermin.tune.select.Tally;
import dev.cermin.tune.select.Tally.Reflected;
import dev.cermin.tune.source.Intake;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A selection's last words: how many samples came to what, and where they lie. */
final class TuneSummary {
    private record Row(String what, int count, String where) {}

    private TuneSummary() {}

    static String text(Intake intake, Tally tally) {
        List<Row> rows = new ArrayList<>();
        rows.add(new Row("broken", intake.rejects(), "rejects.jsonl"));
        rows.add(new Row("filtered out", intake.filtered(), "left-out.jsonl"));
        rows.add(new Row("duplicates", intake.duplicates(), "left-out.jsonl"));
        rows.add(new Row("samples", tally.samples(), "samples.jsonl"));
        add(rows, "instructions", tally.instructions());
        add(rows, "responses", tally.responses());
        rows.add(new Row("unscored", tally.unscored(), "dropped.jsonl"));
        rows.add(new Row("response not replaced", tally.notReplaced(), "dropped.jsonl"));
        rows.add(new Row("IFD 1 or more", tally.ifd(), "dropped.jsonl"));
        rows.add(new Row("r-IFD 1 or more", tally.rifd(), "dropped.jsonl"));
        rows.add(new Row("kept", tally.kept(), "selected.jsonl"));
        if (intake.corrections() > 0) {
            rows.add(new Row("corrections with their drafts", intake.corrections(), "corrections.jsonl"));
        }
        return AsciiTable.getTable(
                AsciiTable.BASIC_ASCII_NO_DATA_SEPARATORS,
                rows,
                List.of(
                        column("", HorizontalAlign.LEFT).with(Row::what),
                        column("samples", HorizontalAlign.RIGHT).with(row -> String.valueOf(row.count())),
                        column("file", HorizontalAlign.LEFT).with(Row::where)));
    }

    private static void add(List<Row> rows, String what, Reflected reflected) {
        rows.add(new Row("%s reflected on".formatted(what), reflected.asked(), ""));
        rows.add(new Row("  with a usable reply", reflected.usable(), ""));
        rows.add(new Row("  the teacher's taken", reflected.taken(), ""));
    }

    private static Column column(String header, HorizontalAlign align) {
        return new Column().header(header).headerAlign(HorizontalAlign.LEFT).dataAlign(align);
    }

    static String json(Intake intake, Tally tally, String folder) {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("rejects", intake.rejects());
        all.put("filtered", intake.filtered());
        all.put("duplicates", intake.duplicates());
        all.put("corrections", intake.corrections());
        all.put("selection", tally);
        all.put("folder", folder);
        return Json.text(all);
    }
}
