package dev.cermin.train;

import dev.cermin.problem.Problem;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * What an exam came to.
 *
 * @param right answers after 0, 1, … rounds
 * @param critic the verdicts on the first drafts
 * @param broken first drafts that were right, and at the end wrong
 * @param repaired the other way round
 * @param draftTokens read and written for the first drafts
 * @param tokens in all
 */
@SuppressWarnings("ArrayRecordComponent")
record Marks(int count, int[] right, Critic critic, int broken, int repaired, long draftTokens, long tokens) {
    /** @param badOfWrong wrong drafts that it calls bad */
    record Critic(int wrong, int badOfWrong, int fine, int badOfFine) {
        static Critic of(List<Problem> problems, List<String> drafts, List<String> reflections) {
            int wrong = 0;
            int badOfWrong = 0;
            int badOfFine = 0;
            for (int i = 0; i < problems.size(); i++) {
                boolean bad = Exam.isBad(reflections.get(i));
                if (problems.get(i).isSolvedBy(drafts.get(i))) {
                    badOfFine += bad ? 1 : 0;
                } else {
                    wrong++;
                    badOfWrong += bad ? 1 : 0;
                }
            }
            return new Critic(wrong, badOfWrong, problems.size() - wrong, badOfFine);
        }

        Critic plus(Critic other) {
            return new Critic(
                    wrong + other.wrong, badOfWrong + other.badOfWrong, fine + other.fine, badOfFine + other.badOfFine);
        }

        double recall() {
            return percent(badOfWrong, wrong);
        }

        double precision() {
            return percent(badOfWrong, badOfWrong + badOfFine);
        }

        double falseAlarms() {
            return percent(badOfFine, fine);
        }
    }

    Marks plus(Marks other) {
        int[] sum = right.clone();
        for (int i = 0; i < sum.length; i++) {
            sum[i] += other.right[i];
        }
        return new Marks(
                count + other.count,
                sum,
                critic.plus(other.critic),
                broken + other.broken,
                repaired + other.repaired,
                draftTokens + other.draftTokens,
                tokens + other.tokens);
    }

    double accuracy(int round) {
        return percent(right[round], count);
    }

    static double percent(long part, long all) {
        return all == 0 ? Double.NaN : 100.0 * part / all;
    }

    String line(String name) {
        return String.format(
                Locale.ROOT,
                "%-10s %4d  right %s  critic %.1f / %.1f / %.1f  broken %d  repaired %d  tokens %d",
                name,
                count,
                Arrays.stream(right)
                        .mapToObj(each -> String.format(Locale.ROOT, "%.1f", percent(each, count)))
                        .collect(Collectors.joining(" > ")),
                critic.recall(),
                critic.precision(),
                critic.falseAlarms(),
                broken,
                repaired,
                tokens / Math.max(1, count));
    }
}
