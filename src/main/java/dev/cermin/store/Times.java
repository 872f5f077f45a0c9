package dev.cermin.store;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.SignStyle;
import java.time.temporal.ChronoField;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Instants as Postgres reads a {@code timestamptz}, far ones too. */
final class Times {
    private static final DateTimeFormatter FORMAT = new DateTimeFormatterBuilder()
            .appendValue(ChronoField.YEAR_OF_ERA, 4, 10, SignStyle.NEVER)
            .appendPattern("-MM-dd HH:mm:ss.SSSSSSSSS'+00'")
            .toFormatter(Locale.ROOT);

    private Times() {}

    static @Nullable String text(@Nullable Instant instant) {
        if (instant == null) {
            return null;
        }
        OffsetDateTime at = instant.atOffset(ZoneOffset.UTC);
        if (at.getYear() > 0 && at.getYear() <= 9999) {
            return instant.toString(); // by far the quicker way
        }
        return at.getYear() > 0 ? FORMAT.format(at) : FORMAT.format(at) + " BC";
    }
}
