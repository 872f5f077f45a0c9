package dev.cermin.store;

import dev.cermin.config.TracesConfig.Span;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.TemporalAdjusters;

/** The times at which partitions begin and end. */
final class Period {
    private Period() {}

    /** When the day, week or month of a time began. */
    static Instant start(Span span, Instant at) {
        LocalDate day = day(at);
        LocalDate start = switch (span) {
            case DAY -> day;
            case WEEK -> day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
            case MONTH -> day.withDayOfMonth(1);
        };
        return start.atStartOfDay(ZoneOffset.UTC).toInstant();
    }

    /** When the next one begins. */
    static Instant end(Span span, Instant at) {
        LocalDate start = day(start(span, at));
        LocalDate next = switch (span) {
            case DAY -> start.plusDays(1);
            case WEEK -> start.plusWeeks(1);
            case MONTH -> start.plusMonths(1);
        };
        return next.atStartOfDay(ZoneOffset.UTC).toInstant();
    }

    static LocalDate day(Instant at) {
        return LocalDate.ofInstant(at, ZoneOffset.UTC);
    }
}
