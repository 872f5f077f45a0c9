package dev.cermin.eval;

import dev.cermin.loop.Attempt;
import dev.cermin.loop.LoopState;
import dev.cermin.loop.Outcome;
import dev.cermin.loop.StopReason;
import dev.cermin.loop.Usage;
import dev.cermin.trace.Replay;
import dev.cermin.trace.StepKind;
import dev.cermin.trace.TraceStep;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** From the trace of a loop to what it was worth after each round: replays its beginnings, without a model. */
public final class TraceReading {
    private final List<TraceStep> steps;
    private final DraftScorer scorer;
    /** Loops keep coming back to the same draft, and to score one may take seconds. */
    private final Map<String, Score> known = new LinkedHashMap<>();

    /** Tells what a draft of a loop scores. */
    @FunctionalInterface
    public interface DraftScorer {
        Score score(Attempt attempt) throws InterruptedException;
    }

    private TraceReading(List<TraceStep> steps, DraftScorer scorer) {
        this.steps = Replay.loop(steps);
        this.scorer = scorer;
    }

    /**
     * The answer that the loop gave, scored by what is known of its drafts.
     *
     * @param steps of a loop that has ended
     * @throws IllegalArgumentException where a text that is needed was erased
     */
    public static Answered scored(List<TraceStep> steps, DraftScorer scorer) throws InterruptedException {
        return new TraceReading(steps, scorer).read(false);
    }

    /** The answer that the loop gave. */
    static Answered answer(List<TraceStep> steps, Scorer scorer) throws InterruptedException {
        return new TraceReading(steps, byText(scorer)).read(false);
    }

    /** The answer that most first drafts give, by what is read from them; of equals the earlier. */
    static Answered majority(List<TraceStep> steps, Scorer scorer) throws InterruptedException {
        return new TraceReading(steps, byText(scorer)).read(true);
    }

    private static DraftScorer byText(Scorer scorer) {
        return attempt -> scorer.score(attempt.draft().output());
    }

    private Answered read(boolean vote) throws InterruptedException {
        Outcome outcome = Replay.state(steps).outcome();
        String stop = outcome.stop().reason().name().toLowerCase(Locale.ROOT).replace('_', ' ');
        if (outcome.best() == null) {
            String reason = outcome.stop().reason() == StopReason.FAILED ? "" : stop + ": ";
            return new Answered(
                    outcome.taskId(),
                    stop,
                    "",
                    null,
                    List.of(),
                    reason + outcome.stop().detail());
        }
        if (vote) {
            Attempt elected = elected(outcome.attempts());
            After after = after(0, elected, outcome.usage());
            return new Answered(outcome.taskId(), stop, elected.draft().output(), shot(), List.of(after), null);
        }
        return new Answered(outcome.taskId(), stop, outcome.answer().orElseThrow(), shot(), rounds(), null);
    }

    /** After the first generate step. */
    private After shot() throws InterruptedException {
        for (int i = 0; i < steps.size(); i++) {
            if (steps.get(i).kind() == StepKind.GENERATE) {
                LoopState state = Replay.state(steps.subList(0, i + 1));
                if (!state.attempts().isEmpty()) {
                    return after(0, state.attempts().getFirst(), state.usage());
                }
            }
        }
        throw new IllegalStateException("Task %s has a draft and no step that wrote it"
                .formatted(steps.getFirst().taskId()));
    }

    /** A round ends before the step that begins the next one. */
    private List<After> rounds() throws InterruptedException {
        List<After> rounds = new ArrayList<>();
        for (int end = 1; end <= steps.size(); end++) {
            boolean last = end == steps.size();
            if (!last && steps.get(end).round() == steps.get(end - 1).round()) {
                continue;
            }
            if (!last && steps.get(end).kind() == StepKind.FINISH) {
                // told under the round of the best draft; it belongs to the one that it ends
                continue;
            }
            LoopState state = Replay.state(steps.subList(0, end));
            if (state.best().isPresent()) {
                // a correction that failed leaves the loop in the round where it was
                if (!rounds.isEmpty() && rounds.getLast().round() == state.round()) {
                    rounds.removeLast();
                }
                rounds.add(after(state.round(), state.best().get(), state.usage()));
            }
        }
        return rounds;
    }

    private After after(int round, Attempt best, Usage used) throws InterruptedException {
        return new After(
                round,
                score(best),
                used.calls(),
                used.tokensIn(),
                used.tokensOut(),
                used.cost(),
                used.time().toMillis());
    }

    private Score score(Attempt attempt) throws InterruptedException {
        String answer = attempt.draft().output();
        Score score = known.get(answer);
        if (score == null) {
            score = scorer.score(attempt);
            known.put(answer, score);
        }
        return score;
    }

    private Attempt elected(List<Attempt> attempts) throws InterruptedException {
        Map<String, Integer> votes = new LinkedHashMap<>();
        for (Attempt attempt : attempts) {
            String read = score(attempt).read();
            if (!read.isEmpty()) {
                votes.merge(read, 1, Integer::sum);
            }
        }
        Attempt elected = attempts.getFirst();
        int most = 0;
        for (Attempt attempt : attempts) {
            int own = votes.getOrDefault(score(attempt).read(), 0);
            if (own > most) {
                most = own;
                elected = attempt;
            }
        }
        return elected;
    }
}
