package dev.cermin.tune.select;

import dev.cermin.tune.Decision;
import dev.cermin.tune.Selected;
import dev.cermin.tune.select.Tally.Reflected;
import org.jspecify.annotations.Nullable;

/** Adds up what samples came to. */
final class Counting {
    private final Stages stages;
    private int samples;
    private int unscored;
    private int notReplaced;
    private int ifd;
    private int rifd;
    private int kept;
    private Reflected instructions = new Reflected(0, 0, 0);
    private Reflected responses = new Reflected(0, 0, 0);

    Counting(Stages stages) {
        this.stages = stages;
    }

    void add(Selected one) {
        String id = one.original().id();
        samples++;
        for (Decision decision : one.decisions()) {
            switch (decision.stage()) {
                case INSTRUCTION ->
                    instructions = plus(instructions, stages.instructionsAsked.of(id), decision.taken());
                case RESPONSE -> responses = plus(responses, stages.responsesAsked.of(id), decision.taken());
                case FINAL -> last(one);
            }
        }
    }

    private void last(Selected one) {
        Decision response = one.decisions().get(one.decisions().size() - 2);
        if (one.kept()) {
            kept++;
        } else if (one.scores().ifdPpl().isEmpty() || one.scores().rifdPpl().isEmpty()) {
            unscored++;
        } else if (!response.taken()) {
            notReplaced++;
        } else if (one.scores().ifdPpl().getAsDouble() >= 1) {
            ifd++;
        } else {
            rifd++;
        }
    }

    private static Reflected plus(Reflected before, @Nullable Asked asked, boolean taken) {
        return asked == null
                ? before
                : new Reflected(
                        before.asked() + 1,
                        before.usable() + (asked.fault() == null ? 1 : 0),
                        before.taken() + (taken ? 1 : 0));
    }

    Tally tally() {
        return new Tally(samples, unscored, instructions, responses, notReplaced, ifd, rifd, kept);
    }
}
