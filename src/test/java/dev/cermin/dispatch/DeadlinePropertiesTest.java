package dev.cermin.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cermin.model.Limits;
import dev.langchain4j.exception.InternalServerException;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class DeadlinePropertiesTest {
    /** For a machine that has other things to do. */
    private static final Duration GRACE = Duration.ofMillis(800);

    /** Whatever models do, whatever limits they have: a question ends with its time, in an answer or not. */
    @Property(tries = 40)
    void noQuestionOutlivesItsDeadline(
            @ForAll long seed,
            @ForAll @IntRange(min = 1, max = 300) int millis,
            @ForAll @IntRange(min = 0, max = 3) int retries,
            @ForAll @IntRange(min = 1, max = 3) int replicas,
            @ForAll boolean hedged) {
        Random random = new Random(seed);
        Rules rules = Rules.builder()
                .retries(retries)
                .limits(new Limits(1, 60, 0))
                .timeout(Duration.ofMillis(200))
                .hedgeAfter(hedged ? Duration.ofMillis(50) : null)
                .fallback(List.of("large"))
                .build();
        Fake[] small = new Fake[replicas];
        for (int i = 0; i < replicas; i++) {
            small[i] = erratic(random);
        }
        try (Dispatch models = Dispatch.builder()
                .model("small", rules, small)
                .model("large", Rules.builder().retries(retries).build(), erratic(random))
                .build()) {
            long begun = System.nanoTime();
            try {
                new Asked().within(Duration.ofMillis(millis)).by(models, "small");
            } catch (RuntimeException e) {
                assertThat(e).hasMessageMatching("(?s).+");
            }
            assertThat(Duration.ofNanos(System.nanoTime() - begun))
                    .isLessThan(Duration.ofMillis(millis).plus(GRACE));
            assertThat(Thread.currentThread().isInterrupted())
                    .as("no interrupt is left behind")
                    .isFalse();
        }
    }

    private static Fake erratic(Random random) {
        int pause = random.nextInt(3) == 0 ? 10_000 : random.nextInt(100);
        boolean broken = random.nextBoolean();
        return new Fake(call -> {
            Fake.pause(pause);
            if (broken) {
                throw new InternalServerException("it is broken");
            }
            return "4";
        });
    }
}
