package dev.cermin.integrity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cermin.json.CanonicalJson;
import dev.cermin.store.TaskSummary;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** The quick way of writing a task's row says the same as the general one. */
class TaskStateTest {
    @Property(tries = 1000)
    void itIsWhatCanonicalJsonWritesOfTheColumns(@ForAll Random random, @ForAll String text, @ForAll long tokens) {
        TaskSummary task = new TaskSummary(
                new UUID(random.nextLong(), random.nextLong()),
                text,
                "agent\n\"\\" + text,
                "1",
                "0a",
                time(random),
                random.nextBoolean() ? null : time(random),
                random.nextInt(),
                random.nextInt(),
                random.nextInt(),
                tokens,
                random.nextLong(),
                BigDecimal.valueOf(random.nextInt(3) * random.nextLong(), random.nextInt(20)),
                random.nextBoolean() ? null : text,
                random.nextBoolean() ? null : random.nextBoolean(),
                random.nextBoolean() ? null : time(random),
                "ff");
        assertThat(new String(TaskState.canonical(task), StandardCharsets.UTF_8))
                .isEqualTo(new String(CanonicalJson.bytes(new TreeMap<>(TaskState.of(task))), StandardCharsets.UTF_8));
    }

    private static Instant time(Random random) {
        return Instant.ofEpochMilli(random.nextLong() >> random.nextInt(24, 60));
    }
}
