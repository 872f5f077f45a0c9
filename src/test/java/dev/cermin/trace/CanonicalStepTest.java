package dev.cermin.trace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cermin.json.CanonicalJson;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** The quick way of writing a step canonically says the same as the general one. */
class CanonicalStepTest {
    private static final List<StepKind> KINDS = List.of(StepKind.values());
    private static final Texts NONE = new Texts(null, null, null, null, null);

    @Property(tries = 2000)
    void itIsWhatCanonicalJsonWritesOfTheStep(@ForAll Random random) {
        TraceStep step = new TraceStep(
                new UUID(random.nextLong(), random.nextLong()),
                random.nextInt(),
                KINDS.get(random.nextInt(KINDS.size())),
                random.nextInt(),
                text(random),
                text(random),
                map(random),
                text(random),
                number(random),
                number(random),
                cost(random),
                random.nextBoolean() ? null : Boolean.valueOf(random.nextBoolean()),
                score(random),
                Instant.ofEpochMilli(random.nextLong() >> random.nextInt(24, 60)),
                random.nextLong() >> random.nextInt(64),
                random.nextInt(),
                String.valueOf(text(random)),
                NONE,
                map(random) == null
                        ? Map.of()
                        : new HashMap<>(Map.of("output", "00", "findings", "ff", "prompt", "\"")),
                "",
                "");
        assertThat(new String(new CanonicalStep().bytes(step), StandardCharsets.UTF_8))
                .isEqualTo(new String(CanonicalJson.bytes(step), StandardCharsets.UTF_8));
    }

    @Property(tries = 5000)
    void aCostIsWrittenAsItsDoubleIs(@ForAll long unscaled, @ForAll byte scale) {
        BigDecimal cost = BigDecimal.valueOf(unscaled, scale % 30);
        assertThat(CanonicalStep.number(cost)).isEqualTo(new String(CanonicalJson.bytes(cost), StandardCharsets.UTF_8));
        BigDecimal small = BigDecimal.valueOf(unscaled % 1_000_000, scale % 30);
        assertThat(CanonicalStep.number(small))
                .isEqualTo(new String(CanonicalJson.bytes(small), StandardCharsets.UTF_8));
    }

    @Example
    void itKnowsEveryFieldOfAStep() {
        assertThat(TraceStep.class.getRecordComponents())
                .as("a new field belongs into CanonicalStep, or hashes wouldn't cover it")
                .hasSize(21);
    }

    private static String text(Random random) {
        if (random.nextInt(4) == 0) {
            return null;
        }
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(12); i > 0; i--) {
            text.append((char)
                    switch (random.nextInt(4)) {
                        case 0 -> random.nextInt(0x30);
                        case 1 -> random.nextInt(0x100);
                        case 2 -> 0xD7F0 + random.nextInt(0x900);
                        default -> 'a' + random.nextInt(26);
                    });
        }
        return text.toString();
    }

    private static Map<String, String> map(Random random) {
        if (random.nextInt(3) == 0) {
            return null;
        }
        Map<String, String> map = new HashMap<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            map.put("key " + text(random), String.valueOf(text(random)));
        }
        return map;
    }

    private static Long number(Random random) {
        return random.nextInt(3) == 0 ? null : Long.valueOf(random.nextLong() >> random.nextInt(64));
    }

    private static BigDecimal cost(Random random) {
        return random.nextInt(3) == 0
                ? null
                : BigDecimal.valueOf(random.nextLong() >> random.nextInt(64), random.nextInt(20));
    }

    private static Double score(Random random) {
        return random.nextInt(3) == 0 ? null : Double.valueOf(random.nextDouble());
    }
}
