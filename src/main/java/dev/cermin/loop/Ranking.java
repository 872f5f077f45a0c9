package dev.cermin.loop;

import dev.cermin.policy.Start.Strategy;
import java.text.Normalizer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which attempt is better: the accepted one, else by checks passed, score, votes where the start is by votes, and of
 * equals the earlier. Answers are the same where they differ in white space or Unicode composition only.
 */
final class Ranking {
    private static final char FIRST_COMBINING = '\u0300';

    private Ranking() {}

    /** The index of the best adopted attempt; -1 where there is none. */
    static int best(List<Attempt> attempts, Strategy start) {
        return best(attempts, attempts.size(), start);
    }

    /** The same among the first so many. */
    static int best(List<Attempt> attempts, int most, Strategy start) {
        int best = -1;
        for (int i = 0; i < most; i++) {
            if (attempts.get(i).adopted() && (best < 0 || better(attempts, i, best, start))) {
                best = i;
            }
        }
        return best;
    }

    private static boolean better(List<Attempt> attempts, int later, int earlier, Strategy start) {
        Attempt a = attempts.get(later);
        Attempt b = attempts.get(earlier);
        if (a.accepted() != b.accepted()) {
            return a.accepted();
        }
        if (a.checksPassed() != b.checksPassed()) {
            return a.checksPassed() > b.checksPassed();
        }
        int byScore = Double.compare(a.score(), b.score());
        if (byScore != 0) {
            return byScore > 0;
        }
        return start == Strategy.SELF_CONSISTENCY
                && a.round() == 0
                && votes(attempts, a.draft()) > votes(attempts, b.draft());
    }

    /** How many first drafts give this answer. */
    static int votes(List<Attempt> attempts, Draft draft) {
        String answer = normalised(draft.output());
        int votes = 0;
        for (Attempt attempt : attempts) {
            if (attempt.round() == 0 && normalised(attempt.draft().output()).equals(answer)) {
                votes++;
            }
        }
        return votes;
    }

    /** The latest attempt with the same answer; null where there is none. */
    static @Nullable Attempt same(List<Attempt> attempts, Draft draft) {
        return same(attempts, draft, false);
    }

    /** The same among those that got a verdict: samples that were only counted are nothing that was found out about. */
    static @Nullable Attempt judged(List<Attempt> attempts, Draft draft) {
        return same(attempts, draft, true);
    }

    private static @Nullable Attempt same(List<Attempt> attempts, Draft draft, boolean judged) {
        if (attempts.isEmpty()) {
            return null;
        }
        String answer = normalised(draft.output());
        for (int i = attempts.size() - 1; i >= 0; i--) {
            Attempt attempt = attempts.get(i);
            if ((!judged || attempt.verdict() != null)
                    && normalised(attempt.draft().output()).equals(answer)) {
                return attempt;
            }
        }
        return null;
    }

    /** Below the combining marks, every character is composed already. */
    private static boolean composes(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) >= FIRST_COMBINING) {
                return true;
            }
        }
        return false;
    }

    static String normalised(String text) {
        String composed = composes(text) ? Normalizer.normalize(text, Normalizer.Form.NFC) : text;
        StringBuilder out = null;
        boolean space = true;
        for (int i = 0; i < composed.length(); i++) {
            char c = composed.charAt(i);
            boolean white = Character.isWhitespace(c);
            if (out == null && white && (space || c != ' ')) {
                out = new StringBuilder(composed.length()).append(composed, 0, i);
            }
            if (out != null && white && !space) {
                out.append(' ');
            } else if (out != null && !white) {
                out.append(c);
            }
            space = white;
        }
        String tidy = out == null ? composed : out.toString();
        return tidy.endsWith(" ") ? tidy.substring(0, tidy.length() - 1) : tidy;
    }
}
