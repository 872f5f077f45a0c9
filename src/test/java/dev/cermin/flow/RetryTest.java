package dev.cermin.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RetryTest {
    private static final Instant NOW = Instant.parse("2030-01-01T00:00:00Z");
    private final Retry retry = retry(100, 1_000, 0);

    @Test
    void eachFailureDoublesTheDelayUpToTheLongest() {
        assertThat(IntStream.of(1, 2, 3, 4, 5, 1_000_000).mapToObj(retry::after))
                .extracting(Duration::toMillis)
                .containsExactly(100L, 200L, 400L, 800L, 1_000L, 1_000L);
    }

    @Test
    void withJitterItIsLongerOrShorter() {
        Set<Long> delays = new HashSet<>();
        for (int i = 0; i < 200; i++) {
            delays.add(retry(100, 1_000, 50).after(2).toMillis());
        }
        assertThat(delays).hasSizeGreaterThan(10).allMatch(millis -> millis >= 150 && millis <= 250);
    }

    @Test
    void whoIsCalledMayAskForMoreWithinTheLimit() {
        assertThat(retry.after(1, Duration.ofMillis(700))).hasMillis(700);
        assertThat(retry.after(4, Duration.ofMillis(700))).hasMillis(800);
        assertThat(retry.after(1, Duration.ofDays(9))).hasMillis(1_000);
        assertThat(retry.after(1, null)).hasMillis(100);
    }

    @Test
    void itIsExhaustedByTheTimeSinceTheFirstFailure() {
        assertThat(retry.exhausted(null, NOW)).isFalse();
        assertThat(retry.exhausted(NOW, NOW.plusSeconds(59))).isFalse();
        assertThat(retry.exhausted(NOW, NOW.plusSeconds(60))).isTrue();
    }

    @Test
    void whatMakesNoSenseIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> retry(0, 1, 0)).withMessageContaining("delay is above 0");
        assertThatIllegalArgumentException().isThrownBy(() -> retry(2, 1, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> retry(1, 1, -1));
    }

    private static Retry retry(long delay, long most, long jitter) {
        return new Retry(
                Duration.ofMillis(delay), Duration.ofMillis(most), Duration.ofMillis(jitter), Duration.ofMinutes(1));
    }
}
