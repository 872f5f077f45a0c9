package dev.cermin.eval.report;

import dev.cermin.eval.ItemResult;
import dev.cermin.eval.Results;
import dev.cermin.eval.RunInfo;
import dev.cermin.json.Json;
import dev.cermin.json.JsonException;
import java.util.List;
import java.util.Objects;

/**
 * What an evaluation's results say. Its JSON has these components under their names, with all of the results, so that
 * every figure can be counted again: an item is right by a method where the first of {@code score.marks} of the last of
 * {@code rounds} has {@code right} equal to {@code of}; one without rounds is wrong. Shares are 0 to 1, times are
 * milliseconds of models at work. Immutable.
 *
 * @param schema of the JSON: 1
 * @param info what was run
 * @param done items that are done, of {@code info.items}
 * @param failures answers that there are none of, which count as wrong
 * @param rows the single shot, the baselines, and reflection after each round; its last row is where reflection ended
 * @param pairs reflection against the single shot, then against each baseline
 * @param acceptance how the loop's own judgement compares with the score
 * @param stops why loops ended, the most frequent first
 * @param categories in the suite's order
 * @param items the results themselves
 */
public record Report(
        int schema,
        RunInfo info,
        int done,
        List<Failure> failures,
        List<Row> rows,
        List<Paired> pairs,
        Acceptance acceptance,
        List<Stopped> stops,
        List<Category> categories,
        List<ItemResult> items) {
    private static final int SCHEMA = 1;

    public Report {
        if (schema != SCHEMA) {
            throw new IllegalArgumentException(
                    "This is no evaluation report of schema %d, but of %d; write it again from its run"
                            .formatted(SCHEMA, schema));
        }
        Objects.requireNonNull(info, "info");
        Objects.requireNonNull(acceptance, "acceptance");
        failures = List.copyOf(failures);
        rows = List.copyOf(rows);
        pairs = List.copyOf(pairs);
        stops = List.copyOf(stops);
        categories = List.copyOf(categories);
        items = List.copyOf(items);
    }

    /** @throws IllegalArgumentException where there is no reflection among the methods, or scores differ in kind */
    public static Report of(Results results) {
        Figures figures = new Figures(results);
        return new Report(
                SCHEMA,
                results.info(),
                results.items().size(),
                figures.failures(),
                figures.rows(results.items()),
                figures.pairs(),
                figures.acceptance(),
                figures.stops(),
                figures.categories(),
                results.items());
    }

    /** @throws JsonException where the text is no report's JSON, or one of another schema */
    public static Report read(String json) {
        return Json.read(json, Report.class);
    }

    /** The report as JSON, to be read by {@link #read}. */
    public String json() {
        return Json.text(this);
    }

    /** The report for a terminal. */
    public String text() {
        return ReportText.of(this, Traces.NONE);
    }

    /**
     * The report for a terminal, with the traces of what it names.
     *
     * @param traces an http address or a relative path with {@code {id}} for a task's id, such as
     *     {@code http://localhost:8080/traces/{id}}
     */
    public String text(String traces) {
        return ReportText.of(this, Traces.at(traces));
    }

    /** The report as a page: one HTML file that needs no other. */
    public String html() {
        return ReportPage.of(this, Traces.NONE);
    }

    /**
     * The report as a page, with a link to every item's traces.
     *
     * @param traces an http address or a relative path with {@code {id}} for a task's id, such as
     *     {@code http://localhost:8080/traces/{id}}
     */
    public String html(String traces) {
        return ReportPage.of(this, Traces.at(traces));
    }

    /** Items that reflection has right in the end, by the convention that decides, in percent; 0 where none is done. */
    public double accuracy() {
        Accuracy decisive = last().decisive();
        return decisive.of() == 0 ? 0 : 100.0 * decisive.right() / decisive.of();
    }

    /** Whether items are missing that were to be asked. */
    public boolean partial() {
        return done < info.items();
    }

    Row single() {
        return rows.getFirst();
    }

    Row last() {
        return rows.getLast();
    }

    Results results() {
        return new Results(info, items);
    }
}
