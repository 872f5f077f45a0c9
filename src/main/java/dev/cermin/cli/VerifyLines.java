package dev.cermin.cli;

import dev.cermin.integrity.ErasedText;
import dev.cermin.integrity.LogReport;
import dev.cermin.integrity.SweepReport;
import dev.cermin.integrity.TraceVerification;
import java.util.ArrayList;
import java.util.List;

/** What {@code verify} tells a person. */
final class VerifyLines {
    private static final int SHOWN = 50;

    private VerifyLines() {}

    static String of(TraceVerification trace) {
        if (!trace.intact()) {
            return "%s: BROKEN at %s".formatted(trace.task(), trace.problem());
        }
        return "%s: intact, %d steps%s%s, head %s%s"
                .formatted(
                        trace.task(),
                        trace.steps(),
                        trace.complete() ? "" : ", unfinished",
                        trace.erased().isEmpty()
                                ? ""
                                : ", %d texts erased".formatted(trace.erased().size()),
                        trace.head(),
                        switch (trace.logged()) {
                            case NOT_YET -> ", not yet checkpointed";
                            case WAITING -> ", logged and not yet checkpointed";
                            case CHECKPOINTED ->
                                trace.inclusion() == null
                                        ? ", checkpointed"
                                        : ", checkpointed as entry %d of %d"
                                                .formatted(
                                                        trace.inclusion().index(),
                                                        trace.inclusion().size());
                        });
    }

    static String of(ErasedText text) {
        return "step %d: its %s was erased by %s at %s: %s"
                .formatted(text.step(), text.name(), text.by(), text.at(), text.reason());
    }

    static List<String> of(SweepReport report, double seconds, boolean unsigned) {
        List<String> lines = new ArrayList<>();
        report.broken().stream().limit(SHOWN).forEach(trace -> lines.add(of(trace)));
        if (report.brokenCount() > SHOWN) {
            lines.add("… and %d more; --json has up to %d".formatted(report.brokenCount() - SHOWN, 1000));
        }
        report.missing().stream().limit(SHOWN).forEach(task -> lines.add("%s: MISSING".formatted(task)));
        LogReport log = report.log();
        log.problems().forEach(problem -> lines.add("the log: BROKEN: " + problem));
        lines.add("%,d traces, %,d steps in %.1f s (%,.0f steps a second): %s"
                .formatted(
                        report.traces(),
                        report.steps(),
                        seconds,
                        report.steps() / Math.max(seconds, 1e-3),
                        report.holds()
                                ? "all hold"
                                : "%,d BROKEN, %,d MISSING"
                                        .formatted(
                                                report.brokenCount(),
                                                report.missing().size())));
        lines.add("%,d unfinished, %,d not yet checkpointed, %,d texts erased, %,d dropped by retention"
                .formatted(report.unfinished(), report.notYet(), report.erased(), report.dropped()));
        lines.add("the log: %,d entries, %,d of them checkpointed%s; %,d checkpoints and %,d of a copy compared, %s"
                .formatted(
                        log.size(),
                        log.covered(),
                        log.signedAt() == null ? "" : " at " + log.signedAt(),
                        log.checkpoints(),
                        log.copied(),
                        unsigned
                                ? "no signature checked: no public key is known"
                                : "%,d signatures hold".formatted(log.signatures())));
        return lines;
    }
}
