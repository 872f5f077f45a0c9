package dev.cermin.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cermin.config.TracesConfig.Span;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PeriodTest {
    @ParameterizedTest
    @CsvSource({
        "DAY, 2026-03-29T23:59:59Z, 2026-03-29, 2026-03-30",
        "WEEK, 2026-03-29T23:59:59Z, 2026-03-23, 2026-03-30",
        "WEEK, 2026-03-30T00:00:00Z, 2026-03-30, 2026-04-06",
        "MONTH, 2024-02-29T12:00:00Z, 2024-02-01, 2024-03-01",
        "MONTH, 2026-12-31T23:59:59.999Z, 2026-12-01, 2027-01-01"
    })
    void beginsAndEndsAtMidnightInUtc(Span span, Instant at, String start, String end) {
        assertThat(Period.start(span, at)).isEqualTo(start + "T00:00:00Z");
        assertThat(Period.end(span, at)).isEqualTo(end + "T00:00:00Z");
    }
}
