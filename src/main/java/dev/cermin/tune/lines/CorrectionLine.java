package dev.cermin.tune.lines;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import dev.cermin.tune.Correction;
import org.jspecify.annotations.Nullable;

@JsonPropertyOrder({"trace", "prompt", "rejected", "reflection", "corrected", "judge"})
record CorrectionLine(
        @Nullable String trace,
        @Nullable String prompt,
        @Nullable String rejected,
        @Nullable String reflection,
        @Nullable String corrected,
        @Nullable String judge) {
    static CorrectionLine of(Correction from) {
        return new CorrectionLine(
                from.trace(),
                from.prompt(),
                from.rejected(),
                from.reflection(),
                from.corrected(),
                Fields.word(from.judge()));
    }

    Correction correction() {
        return new Correction(
                Fields.required(trace, "trace"),
                Fields.required(prompt, "prompt"),
                Fields.required(rejected, "rejected"),
                reflection,
                Fields.required(corrected, "corrected"),
                Fields.read(Correction.Judge.class, judge, "judge"));
    }
}
