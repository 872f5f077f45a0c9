package dev.cermin.tune.lines;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import dev.cermin.tune.Decision;
import dev.cermin.tune.Sample;
import dev.cermin.tune.Scores;
import dev.cermin.tune.Selected;
import java.util.List;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * The ratios and {@code kept} are for readers elsewhere: here they follow from likelihoods and decisions.
 *
 * @param original what it was before, where anything of it differs
 */
@JsonPropertyOrder({
    "id",
    "instruction",
    "input",
    "output",
    "kept",
    "ifd_ppl",
    "ifd_loss",
    "rifd_ppl",
    "rifd_loss",
    "likelihoods",
    "decisions",
    "source",
    "original"
})
record SelectedLine(
        @Nullable String id,
        @Nullable String instruction,
        @Nullable String input,
        @Nullable String output,
        @Nullable Boolean kept,
        @JsonProperty("ifd_ppl") @Nullable Double ifdPpl,
        @JsonProperty("ifd_loss") @Nullable Double ifdLoss,
        @JsonProperty("rifd_ppl") @Nullable Double rifdPpl,
        @JsonProperty("rifd_loss") @Nullable Double rifdLoss,
        @Nullable LikelihoodsLine likelihoods,
        @Nullable List<DecisionLine> decisions,
        @Nullable SourceLine source,
        @Nullable SampleLine original) {

    static SelectedLine of(Selected from) {
        Sample sample = from.sample();
        Scores scores = from.scores();
        return new SelectedLine(
                sample.id(),
                sample.instruction(),
                sample.input(),
                sample.output(),
                from.kept(),
                finite(scores.ifdPpl()),
                finite(scores.ifdLoss()),
                finite(scores.rifdPpl()),
                finite(scores.rifdLoss()),
                LikelihoodsLine.of(scores),
                from.decisions().stream().map(DecisionLine::of).toList(),
                SourceLine.of(sample.source()),
                from.original().equals(sample) ? null : SampleLine.of(from.original()));
    }

    Selected selected() {
        Sample sample = new SampleLine(id, instruction, input, output, source).sample();
        List<Decision> made = Fields.required(decisions, "decisions").stream()
                .map(DecisionLine::decision)
                .toList();
        return new Selected(
                original == null ? sample : original.sample(),
                sample,
                Fields.required(likelihoods, "likelihoods").scores(),
                made);
    }

    /** JSON has no infinity. */
    private static @Nullable Double finite(OptionalDouble ratio) {
        return ratio.isPresent() && Double.isFinite(ratio.getAsDouble()) ? ratio.getAsDouble() : null;
    }

    @JsonPropertyOrder({"id", "instruction", "input", "output", "source"})
    record SampleLine(
            @Nullable String id,
            @Nullable String instruction,
            @Nullable String input,
            @Nullable String output,
            @Nullable SourceLine source) {
        static SampleLine of(Sample from) {
            return new SampleLine(
                    from.id(), from.instruction(), from.input(), from.output(), SourceLine.of(from.source()));
        }

        Sample sample() {
            return new Sample(
                    Fields.required(id, "id"),
                    Fields.required(instruction, "instruction"),
                    input == null ? "" : input,
                    Fields.required(output, "output"),
                    Fields.required(source, "source").source());
        }
    }

    @JsonPropertyOrder({"name", "line", "traces"})
    record SourceLine(
            @Nullable String name, int line, @Nullable List<String> traces) {
        static SourceLine of(Sample.Source from) {
            return new SourceLine(from.name(), from.line(), from.traces());
        }

        Sample.Source source() {
            return new Sample.Source(Fields.required(name, "source.name"), line, traces == null ? List.of() : traces);
        }
    }

    @JsonPropertyOrder({"stage", "taken", "reason", "before", "after"})
    record DecisionLine(
            @Nullable String stage,
            boolean taken,
            @Nullable String reason,
            @Nullable Double before,
            @Nullable Double after) {
        static DecisionLine of(Decision from) {
            return new DecisionLine(
                    Fields.word(from.stage()), from.taken(), from.reason(), from.before(), from.after());
        }

        Decision decision() {
            return new Decision(
                    Fields.read(Decision.Stage.class, stage, "decisions.stage"),
                    taken,
                    reason == null ? "" : reason,
                    before,
                    after);
        }
    }
}
