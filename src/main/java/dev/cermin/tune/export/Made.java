package dev.cermin.tune.export;

import java.util.List;

/** What a format makes of a sample or a correction. */
sealed interface Made {
    /** At least one, each written as a line of JSON. */
    record Rows(List<Object> rows) implements Made {
        Rows(Object... rows) {
            this(List.of(rows));
        }
    }

    /** @param reason the same for all that it holds for, so that they can be counted */
    record LeftOut(String reason) implements Made {}
}
