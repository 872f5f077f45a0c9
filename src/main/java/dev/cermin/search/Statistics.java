package dev.cermin.search;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;

/**
 * Figures over all traces that a filter means.
 *
 * @param total all of them
 * @param rounds by round, from 0, the first draft
 * @param flips what corrections did to answers that verifiers decided about
 * @param agents by agent, the most frequent first, as the next two
 * @param models by model: a trace counts with each that it called
 * @param stopReasons by stop reason; those that run under {@code running}
 * @param days by day of creation, UTC, the earliest first
 */
public record Statistics(
        Group total,
        List<Round> rounds,
        Flips flips,
        List<Group> agents,
        List<Group> models,
        List<Group> stopReasons,
        List<Day> days) {
    /**
     * Traces that have something in common.
     *
     * @param name what it is; empty for the total
     * @param traces how many
     * @param finished how many of them have ended
     * @param accepted how many were accepted in the end
     * @param cost in the currency of the models' prices
     * @param meanMillis from creation to end, of those that have ended, as the next two; 0 where none has
     * @param medianMillis to within 10 %
     * @param p95Millis the same: 95 of 100 took no longer
     */
    public record Group(
            String name,
            long traces,
            long finished,
            long accepted,
            long calls,
            long tokensIn,
            long tokensOut,
            BigDecimal cost,
            long meanMillis,
            long medianMillis,
            long p95Millis) {}

    /**
     * How traces stood after a round. Those that ended before count with their last draft, so that rounds can be
     * compared.
     *
     * @param round 0 for the first draft
     * @param reached traces that came so far
     * @param decided traces whose standing draft a verifier decided about
     * @param right how many of these it found right
     */
    public record Round(int round, long reached, long decided, long right) {
        /** In [0, 1]; 0 where nothing was decided. */
        public double share() {
            return decided == 0 ? 0 : (double) right / decided;
        }
    }

    /**
     * First drafts beside the last ones, where a verifier decided about both.
     *
     * @param decided how many
     * @param rightFirst how many were right at first
     * @param rightLast how many were right at last
     * @param wrongToRight how many became right
     * @param rightToWrong how many became wrong
     */
    public record Flips(long decided, long rightFirst, long rightLast, long wrongToRight, long rightToWrong) {}

    /** What was created on a day, UTC. */
    public record Day(LocalDate day, long traces, long accepted, BigDecimal cost) {}
}
