package dev.cermin.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class SlotTimeTest {
    private final SlotTime slots = new SlotTime();

    @Test
    void onlyWhatIsWithinTheTimeCounts() {
        slots.add(30, Duration.ofNanos(20)); // 10 to 30
        slots.add(60, Duration.ofNanos(60)); // 0 to 60, of it 10 to 50
        slots.add(9, Duration.ofNanos(5)); // before
        slots.add(100, Duration.ofNanos(40)); // after
        slots.count(10, 50);

        assertThat(slots.mean()).isEqualTo(1.5);
    }

    @Test
    void roundsAreSummedAndEachIsOfItsOwnAnswers() {
        slots.add(10, Duration.ofNanos(10));
        slots.count(0, 10);
        slots.count(0, 10);

        assertThat(slots.mean()).isEqualTo(0.5);
        assertThat(new SlotTime().mean()).isNaN();
    }
}
