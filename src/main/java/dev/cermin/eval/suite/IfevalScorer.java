package dev.cermin.eval.suite;

import dev.cermin.eval.Mark;
import dev.cermin.eval.Score;
import dev.cermin.eval.Scorer;
import dev.cermin.verify.Answer;
import dev.cermin.verify.Check;
import dev.cermin.verify.Verifier;
import dev.cermin.verify.ifeval.Ifeval;
import java.util.List;
import java.util.stream.Collectors;

/** The instructions of one prompt, each strictly and loosely. */
record IfevalScorer(List<Verifier> instructions) implements Scorer {
    IfevalScorer {
        instructions = List.copyOf(instructions);
    }

    @Override
    public Score score(String response) {
        Answer answer = new Answer("", response);
        List<Check> strict =
                instructions.stream().map(one -> one.verify(answer)).toList();
        int followed = (int) strict.stream().filter(Check::passed).count();
        int loosely = (int) instructions.stream()
                .filter(one -> Ifeval.loose(one).verify(answer).passed())
                .count();
        int all = instructions.size();
        List<Mark> marks = List.of(
                Mark.of("prompt-strict", followed == all),
                Mark.of("prompt-loose", loosely == all),
                new Mark("instruction-strict", followed, all),
                new Mark("instruction-loose", loosely, all));
        String reason = followed == all
                ? "Every instruction is followed"
                : strict.stream()
                        .filter(check -> !check.passed())
                        .map(check -> check.verifier() + ": " + check.message())
                        .collect(Collectors.joining("; "));
        return new Score(response, marks, reason);
    }
}
