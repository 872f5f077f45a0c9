package dev.cermin.search;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of traces, the latest first.
 *
 * @param rows at most as many as were asked for; fewer, even none, where a long search was cut short
 * @param next what to ask for the next page with; null where there is none
 * @param searchedTo where a search was cut short: it is done from the newest to here, and {@code next} goes on; null
 *     where the page is as long as was asked for, or the last
 */
public record TracePage(
        List<TraceRow> rows,
        @Nullable PageKey next,
        @Nullable Instant searchedTo) {
    public TracePage {
        rows = List.copyOf(rows);
    }
}
