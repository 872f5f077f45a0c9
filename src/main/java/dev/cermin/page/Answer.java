package dev.cermin.page;

import dev.cermin.loop.Attempt;
import dev.cermin.loop.LoopState;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Why the agent said this, and who or what accepted it.
 *
 * @param draft that is the answer; null where there is none
 * @param why it was chosen, a sentence
 * @param accepted null while the loop runs
 * @param judged a sentence: what accepted it, or that nothing did
 * @param supporters findings for it
 * @param opponents findings against it
 */
public record Answer(
        @Nullable DraftView draft,
        String why,
        @Nullable Boolean accepted,
        String judged,
        List<Finding> supporters,
        List<Finding> opponents) {
    static Answer of(List<DraftView> drafts, Story story, @Nullable Boolean accepted) {
        DraftView draft = drafts.stream().filter(DraftView::best).findFirst().orElse(null);
        if (draft == null) {
            String why = story.problem().isEmpty()
                    ? "There is no draft" + (accepted == null ? " yet." : ".")
                    : "Which draft was chosen, and why, can't be told again: " + story.problem();
            return new Answer(null, why, accepted, judged(accepted, List.of()), List.of(), List.of());
        }
        List<Finding> supporters = draft.findings().stream()
                .filter(finding -> finding.state().equals("good"))
                .toList();
        List<Finding> opponents = draft.findings().stream()
                .filter(finding -> finding.state().equals("bad"))
                .toList();
        return new Answer(
                draft, why(drafts, story, accepted), accepted, judged(accepted, supporters), supporters, opponents);
    }

    private static String why(List<DraftView> drafts, Story story, @Nullable Boolean accepted) {
        long all = drafts.stream().filter(DraftView::hasOutput).count();
        if (Boolean.TRUE.equals(accepted)) {
            return all == 1 ? "The only draft, and it was accepted." : "It was accepted; a loop ends with that.";
        }
        String end = accepted == null ? " so far" : "";
        if (all == 1) {
            return "The only draft" + end + ".";
        }
        LoopState state = story.state();
        Attempt best = state == null ? null : state.best().orElse(null);
        List<String> figures = new ArrayList<>();
        if (best != null && best.checks() != null) {
            figures.add("%d of %d checks pass"
                    .formatted(best.checksPassed(), best.checks().size()));
        }
        if (best != null && best.scored()) {
            figures.add(String.format(Locale.ROOT, "critics give it %.2f", best.score()));
        }
        return "None of %d drafts was accepted; this is the best%s%s."
                .formatted(all, end, figures.isEmpty() ? "" : ": " + String.join(", ", figures));
    }

    private static String judged(@Nullable Boolean accepted, List<Finding> supporters) {
        if (accepted == null) {
            return "Nothing yet: the loop runs.";
        }
        if (!accepted) {
            return supporters.isEmpty() ? "Nothing and nobody." : "The loop did not.";
        }
        return supporters.isEmpty() ? "No verifier, no critic and no person was asked." : "";
    }
}
