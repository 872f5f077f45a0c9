package dev.cermin.model.remote;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetryAfterTest {
    private static final Clock CLOCK = Clock.fixed(Instant.parse("1999-12-31T23:59:00Z"), ZoneOffset.UTC);

    @Test
    void secondsAndDatesAreWaits() {
        assertThat(RetryAfter.read("120", CLOCK)).isEqualTo(Duration.ofMinutes(2));
        assertThat(RetryAfter.read(" 0 ", CLOCK)).isEqualTo(Duration.ZERO);
        assertThat(RetryAfter.read("Fri, 31 Dec 1999 23:59:59 GMT", CLOCK)).isEqualTo(Duration.ofSeconds(59));
    }

    @Test
    void millisecondsGoBeforeSeconds() {
        assertThat(RetryAfter.of(Map.of("retry-after-ms", "1250", "retry-after", "2")::get, CLOCK))
                .isEqualTo(Duration.ofMillis(1_250));
        assertThat(RetryAfter.of(Map.of("retry-after-ms", "soon", "retry-after", "2")::get, CLOCK))
                .isEqualTo(Duration.ofSeconds(2));
    }

    @Test
    void aDateThatHasPassedIsNoWait() {
        assertThat(RetryAfter.read("Fri, 31 Dec 1999 23:58:59 GMT", CLOCK)).isEqualTo(Duration.ZERO);
    }

    @ParameterizedTest
    @ValueSource(strings = {"9223372036854775807", "10000000000", "Fri, 31 Dec 9999 23:59:59 GMT"})
    void aWaitIsADayAtMost(String header) {
        assertThat(RetryAfter.read(header, CLOCK)).isEqualTo(Duration.ofDays(1));
        assertThat(RetryAfter.of(Map.of("retry-after-ms", "999999999999")::get, CLOCK))
                .isEqualTo(Duration.ofDays(1));
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "soon", "-5", "99999999999999999999999", "1.5", "Fri, 32 Dec 1999 23:59:59 GMT"})
    void whatCantBeReadSaysNothing(String header) {
        assertThat(RetryAfter.read(header, CLOCK)).isNull();
    }
}
