package dev.cermin.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

class SoakTest {
    private static Soak soak(DoubleUnaryOperator mebibytes) {
        Soak soak = new Soak();
        soak.add(-1, 0, Map.of("worker-1", 150L << 20));
        for (int second = 0; second <= 600; second += 5) {
            soak.add(second, second * 10L, Map.of("worker-1", (long) (mebibytes.applyAsDouble(second) * (1 << 20))));
        }
        return soak;
    }

    @Test
    void memoryThatGrowsInTheFirstHalfOnlyIsFlat() {
        Soak soak = soak(second -> second < 300 ? 150 + second / 10 : 180 + second % 10);

        assertThat(soak.flat()).isTrue();
        assertThat(soak.table()).contains("6000 loops in 600 s", "stays within 5 %");
    }

    @Test
    void memoryThatGrowsOnIsNot() {
        Soak soak = soak(second -> 150 + second / 5);

        assertThat(soak.flat()).isFalse();
        assertThat(soak.spread("worker-1")).isBetween(0.10, 0.15);
        assertThat(soak.table()).contains("does NOT stay");
    }

    @Test
    void thePlotHasACurveAServiceWithinItsFrame() {
        String svg = SoakPlot.svg(soak(second -> 150 + second / 5), "Memory");

        assertThat(svg).contains(">worker-1</text>", "points=\"56.0,").doesNotContain("NaN");
    }
}
