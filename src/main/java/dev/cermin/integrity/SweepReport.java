package dev.cermin.integrity;

import java.util.List;
import java.util.UUID;

/**
 * What checking many traces came to.
 *
 * @param traces looked at
 * @param steps of those, as many as hold
 * @param unfinished traces without an end
 * @param notYet ended traces that the log doesn't have yet as they are: nothing is wrong by that
 * @param erased texts that were erased, with a record
 * @param broken traces, in full; the first thousand
 * @param brokenCount how many
 * @param missing tasks that the log or the store knows of, and whose steps are gone
 * @param dropped the same, but by retention
 * @param log the log itself
 */
public record SweepReport(
        long traces,
        long steps,
        long unfinished,
        long notYet,
        long erased,
        List<TraceVerification> broken,
        long brokenCount,
        List<UUID> missing,
        long dropped,
        LogReport log) {
    public SweepReport {
        broken = List.copyOf(broken);
        missing = List.copyOf(missing);
    }

    public boolean holds() {
        return brokenCount == 0 && missing.isEmpty() && log.problems().isEmpty();
    }
}
