package dev.cermin.train;

import dev.cermin.problem.Problem;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What the loop is compared with, on the same problems.
 *
 * @param votes drafts a problem, as many as cost no less than the loop
 * @param voted right answers by the vote of these
 * @param voteTokens read and written for them
 * @param scratchpad right answers where the model computes first and drafts nothing
 * @param scratchpadTokens read and written for them
 * @param unreflected right answers where it writes the answer after a draft, without a reflection
 */
record Controls(int votes, int voted, long voteTokens, int scratchpad, long scratchpadTokens, int unreflected) {
    private static final double VOTE_TEMPERATURE = 0.8;

    static Controls of(Decoder decoder, List<Problem> problems, Marks loop) {
        int votes = (int) Math.max(1, Math.ceilDiv(loop.tokens(), Math.max(1, loop.draftTokens())));
        long start = decoder.tokens();
        int voted = right(problems, vote(decoder, problems, votes));
        long afterVote = decoder.tokens();
        List<String> none = Collections.nCopies(problems.size(), "");
        List<String> work = Roles.reflections(decoder, problems, none);
        int scratchpad = right(problems, Roles.corrections(decoder, problems, none, work));
        long afterScratchpad = decoder.tokens();
        List<String> drafts = Roles.drafts(decoder, problems, 0, 0);
        int unreflected = right(problems, Roles.corrections(decoder, problems, drafts, none));
        return new Controls(votes, voted, afterVote - start, scratchpad, afterScratchpad - afterVote, unreflected);
    }

    private static List<String> vote(Decoder decoder, List<Problem> problems, int votes) {
        List<Map<String, Integer>> counts = new ArrayList<>();
        problems.forEach(problem -> counts.add(new HashMap<>()));
        for (int vote = 0; vote < votes; vote++) {
            List<String> drafts = Roles.drafts(decoder, problems, VOTE_TEMPERATURE, 1000 + vote);
            for (int i = 0; i < drafts.size(); i++) {
                counts.get(i).merge(drafts.get(i), 1, Integer::sum);
            }
        }
        return counts.stream()
                .map(each -> Collections.max(each.entrySet(), Map.Entry.comparingByValue())
                        .getKey())
                .toList();
    }

    private static int right(List<Problem> problems, List<String> answers) {
        int right = 0;
        for (int i = 0; i < problems.size(); i++) {
            right += problems.get(i).isSolvedBy(answers.get(i)) ? 1 : 0;
        }
        return right;
    }

    Controls plus(Controls other) {
        return new Controls(
                Math.max(votes, other.votes),
                voted + other.voted,
                voteTokens + other.voteTokens,
                scratchpad + other.scratchpad,
                scratchpadTokens + other.scratchpadTokens,
                unreflected + other.unreflected);
    }
}
