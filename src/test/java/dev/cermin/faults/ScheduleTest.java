package dev.cermin.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ScheduleTest {
    private static final Duration MEAN = Duration.ofSeconds(3);

    @Test
    void aSeedGivesTheSameFaultsAgainAndAnotherSeedOthers() {
        List<Fault> faults = Schedule.of(7, 200, 2, MEAN);

        assertThat(Schedule.of(7, 200, 2, MEAN)).isEqualTo(faults);
        assertThat(Schedule.of(8, 200, 2, MEAN)).isNotEqualTo(faults);
    }

    @Test
    void twelveFaultsHaveEveryEssentialKindAndALongRunEveryKindByItsWeight() {
        assertThat(Schedule.of(3, 12, 2, MEAN))
                .extracting(Fault::kind)
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(FaultKind.values())
                        .filter(FaultKind::essential)
                        .toList());
        int round =
                Arrays.stream(FaultKind.values()).mapToInt(FaultKind::weight).sum();
        assertThat(Schedule.of(3, 12 + round, 2, MEAN).subList(12, 12 + round).stream()
                        .collect(Collectors.groupingBy(Fault::kind, Collectors.summingInt(fault -> 1))))
                .isEqualTo(Arrays.stream(FaultKind.values()).collect(Collectors.toMap(k -> k, FaultKind::weight)));
    }

    @Test
    void theTimeBetweenFaultsIsAboutTheMeanThatIsAskedFor() {
        double mean = Schedule.of(1, 1_000, 2, MEAN).stream()
                .mapToLong(fault -> fault.before().toMillis())
                .average()
                .orElseThrow();

        assertThat(mean).isBetween(2_900.0, 3_100.0);
    }
}
