package dev.cermin.tune.lines;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import dev.cermin.tune.Likelihood;
import dev.cermin.tune.Likelihood.Scored;
import dev.cermin.tune.Likelihood.Unscored;
import dev.cermin.tune.Scores;
import org.jspecify.annotations.Nullable;

@JsonPropertyOrder({"answer", "answer_alone", "instruction", "instruction_alone"})
record LikelihoodsLine(
        @Nullable LikelihoodLine answer,
        @JsonProperty("answer_alone") @Nullable LikelihoodLine answerAlone,
        @Nullable LikelihoodLine instruction,
        @JsonProperty("instruction_alone") @Nullable LikelihoodLine instructionAlone) {
    static LikelihoodsLine of(Scores from) {
        return new LikelihoodsLine(
                LikelihoodLine.of(from.answer()),
                LikelihoodLine.of(from.answerAlone()),
                LikelihoodLine.of(from.instruction()),
                LikelihoodLine.of(from.instructionAlone()));
    }

    Scores scores() {
        return new Scores(
                Fields.required(answer, "likelihoods.answer").likelihood(),
                Fields.required(answerAlone, "likelihoods.answer_alone").likelihood(),
                Fields.required(instruction, "likelihoods.instruction").likelihood(),
                Fields.required(instructionAlone, "likelihoods.instruction_alone")
                        .likelihood());
    }

    /** Either the first two or the reason. */
    @JsonPropertyOrder({"mean_nll", "tokens", "unscored"})
    record LikelihoodLine(
            @JsonProperty("mean_nll") @Nullable Double meanNll,
            @Nullable Integer tokens,
            @Nullable String unscored) {
        static LikelihoodLine of(Likelihood from) {
            return switch (from) {
                case Scored scored -> new LikelihoodLine(scored.meanNll(), scored.tokens(), null);
                case Unscored none -> new LikelihoodLine(null, null, none.reason());
            };
        }

        Likelihood likelihood() {
            return unscored == null
                    ? new Scored(Fields.required(meanNll, "mean_nll, or unscored,"), Fields.required(tokens, "tokens"))
                    : new Unscored(unscored);
        }
    }
}
