package dev.cermin.tune.select;

import dev.cermin.tune.Decision;
import dev.cermin.tune.Decision.Stage;
import dev.cermin.tune.Sample;
import dev.cermin.tune.Scores;
import dev.cermin.tune.Selected;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The journals of a selection, and what they say of a sample. */
final class Stages {
    /** IFD of what came in. */
    record Scored(String id, Sides ifd) implements Journal.Line {}

    /**
     * @param ifd of the teacher's version; null where there is none
     * @param rifd of what is there after the decision
     */
    record Instructed(String id, @Nullable Sides ifd, Sides rifd, Decision decision) implements Journal.Line {}

    /**
     * @param rifd of the teacher's version; null where there is none
     * @param ifd of the teacher's version; null where it is not taken
     */
    record Responded(
            String id, @Nullable Sides rifd, @Nullable Sides ifd, Decision decision) implements Journal.Line {}

    final Journal<Scored> scored;
    final Journal<Asked> instructionsAsked;
    final Journal<Instructed> instructed;
    final Journal<Asked> responsesAsked;
    final Journal<Responded> responded;

    Stages(Path folder, Terms given) {
        scored = Journal.open(folder.resolve("1-scores.jsonl"), Scored.class, given);
        Terms terms = scored.terms();
        instructionsAsked = Journal.open(folder.resolve("2-instructions-asked.jsonl"), Asked.class, terms);
        instructed = Journal.open(folder.resolve("3-instructions.jsonl"), Instructed.class, terms);
        responsesAsked = Journal.open(folder.resolve("4-responses-asked.jsonl"), Asked.class, terms);
        responded = Journal.open(folder.resolve("5-responses.jsonl"), Responded.class, terms);
    }

    Terms terms() {
        return scored.terms();
    }

    /** Whether the teacher is asked for an instruction. */
    boolean isScored(Sample sample) {
        return required(scored.of(sample.id())).ifd().ratio() != null;
    }

    /** Whether the teacher is asked for a response. */
    boolean isScoredBothWays(Sample sample) {
        Instructed line = instructed.of(sample.id());
        return line != null && line.rifd().ratio() != null;
    }

    /** The sample after the first decision. */
    Sample afterInstruction(Sample original) {
        Instructed line = required(instructed.of(original.id()));
        return line.decision().taken()
                ? required(instructionsAsked.of(original.id())).applied(original)
                : original;
    }

    Selected selected(Sample original) {
        Sides ifd = required(scored.of(original.id())).ifd();
        List<Decision> decisions = new ArrayList<>();
        if (ifd.ratio() == null) {
            decisions.add(Rules.kept(Stage.INSTRUCTION, "what is there is unscored: " + ifd.unscored(), null));
            return ended(original, original, Sides.scores(ifd, Sides.NOT_ASKED), decisions, ifd.unscored());
        }
        Instructed first = required(instructed.of(original.id()));
        decisions.add(first.decision());
        Sample current = afterInstruction(original);
        if (first.decision().taken()) {
            ifd = required(first.ifd());
        }
        Sides rifd = first.rifd();
        if (rifd.ratio() == null) {
            decisions.add(Rules.kept(Stage.RESPONSE, "what is there is unscored: " + rifd.unscored(), null));
            return ended(original, current, Sides.scores(ifd, rifd), decisions, rifd.unscored());
        }
        Responded second = required(responded.of(original.id()));
        decisions.add(second.decision());
        if (second.decision().taken()) {
            current = required(responsesAsked.of(original.id())).applied(current);
            ifd = required(second.ifd());
            rifd = required(second.rifd());
        }
        return ended(original, current, Sides.scores(ifd, rifd), decisions, ifd.unscored());
    }

    private static Selected ended(
            Sample original, Sample current, Scores scores, List<Decision> decisions, @Nullable String unscored) {
        boolean taken = decisions.getLast().stage() == Stage.RESPONSE
                && decisions.getLast().taken();
        decisions.add(Rules.last(scores, taken, unscored));
        return new Selected(original, current, scores, decisions);
    }

    static <T> T required(@Nullable T line) {
        return Objects.requireNonNull(line, "a stage before this one is not done");
    }
}
