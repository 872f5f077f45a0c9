package dev.cermin.observe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What is counted, and how much of it. */
class MetricsTest {
    private final MeterRegistry registry = new SimpleMeterRegistry();
    private final Metrics metrics = new Metrics(registry, true, 100);

    @Test
    void tenantsThatUsersMakeUpAreCountedTogetherBeyondTheLimit() {
        IntStream.range(0, 5_000).forEach(i -> metrics.count(Metric.TASKS_SUBMITTED, "equations", "tenant-" + i));
        assertThat(registry.find(Metric.TASKS_SUBMITTED.key()).counters()).hasSize(101);
        assertThat(registry.get(Metric.TASKS_SUBMITTED.key())
                        .tag("tenant", "(others)")
                        .counter()
                        .count())
                .isEqualTo(4_900);
        assertThat(registry.get(Metric.TASKS_SUBMITTED.key())
                        .tag("tenant", "tenant-7")
                        .counter()
                        .count())
                .isEqualTo(1);
    }

    @Test
    void oneTagsLimitIsNotAnothers() {
        IntStream.range(0, 200).forEach(i -> metrics.count(Metric.TASKS_SUBMITTED, "equations", "tenant-" + i));
        metrics.count(Metric.DEAD_LETTERS, "cermin.tasks");
        assertThat(registry.get(Metric.DEAD_LETTERS.key())
                        .tag("topic", "cermin.tasks")
                        .counter()
                        .count())
                .isEqualTo(1);
    }

    @Test
    void aTimerTakesWhatAGaugeDoesNot() {
        metrics.record(Metric.LOOP_DURATION, Duration.ofSeconds(3), "equations");
        assertThat(registry.get(Metric.LOOP_DURATION.key()).timer().count()).isEqualTo(1);
        assertThatThrownBy(() -> metrics.count(Metric.LANE_LAG, "generate"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("gauge");
        assertThatThrownBy(() -> metrics.count(Metric.STEPS, "generate"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("[lane, kind, model, outcome]");
    }

    @Test
    void nothingIsMeasuredWhereMetricsAreOff() {
        Metrics off = new Metrics(registry, false, 100);
        off.count(Metric.DEAD_LETTERS, "cermin.tasks");
        off.gauge(Metric.LANE_LAG, () -> 1, "generate");
        assertThat(registry.getMeters()).isEmpty();
    }

    @Test
    void namesAreDistinctAndAsPrometheusWritesThem() {
        assertThat(Arrays.stream(Metric.values()).map(Metric::exposed))
                .doesNotHaveDuplicates()
                .allMatch(name -> name.matches("cermin(_[a-z]+)+"));
        assertThat(Metric.STEPS.exposed()).isEqualTo("cermin_steps_total");
        assertThat(Metric.STEP_DURATION.exposed()).isEqualTo("cermin_step_duration_seconds");
        assertThat(Metric.LANE_OLDEST_AGE.exposed()).isEqualTo("cermin_lane_oldest_age_seconds");
    }
}
