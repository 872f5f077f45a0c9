package dev.cermin.tune.export;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import dev.cermin.tune.Correction;
import dev.cermin.tune.Sample;
import java.util.List;

/** Where a row comes from. */
record Origin(String id, String source, int line, List<String> traces) {
    static Origin of(Sample sample) {
        Sample.Source from = sample.source();
        return new Origin(sample.id(), from.name(), from.line(), from.traces());
    }

    static Origin of(Correction correction) {
        return new Origin(correction.trace(), "traces", 0, List.of(correction.trace()));
    }

    /** @param row of the file, from 1 */
    Line line(String file, long row) {
        return new Line(file, row, id, source, line, traces);
    }

    /** One of {@code sources.jsonl}. */
    @JsonPropertyOrder({"file", "row", "id", "source", "line", "traces"})
    record Line(String file, long row, String id, String source, int line, List<String> traces) {}
}
