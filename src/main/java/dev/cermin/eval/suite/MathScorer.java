package dev.cermin.eval.suite;

import dev.cermin.eval.Mark;
import dev.cermin.eval.Score;
import dev.cermin.eval.Scorer;
import java.util.List;
import java.util.Optional;

/** MATH's grading of what a convention reads as the answer. */
record MathScorer(String gold, Convention convention) implements Scorer {
    @Override
    public Score score(String solution) {
        Optional<String> read = MathAnswer.in(solution, convention);
        String answer = read.orElse("");
        boolean text = read.isPresent() && MathGrader.sameText(gold, answer);
        boolean right = text || (read.isPresent() && MathGrader.same(gold, answer));
        String reason = read.isEmpty()
                ? "There is no answer in the form that was asked for"
                : right ? "%s is right".formatted(answer) : "%s, where %s is right".formatted(answer, gold);
        return new Score(answer, List.of(Mark.of("equivalent", right), Mark.of("text", text)), reason);
    }
}
