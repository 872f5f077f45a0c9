package dev.cermin.flow.admission;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Ids that were seen. */
class RememberedPropertiesTest {
    @Property(tries = 300)
    void theLatestAreKnownAndNoneIsKnownThatNeverCame(
            @ForAll long seed, @ForAll @IntRange(min = 2, max = 300) int most, @ForAll @IntRange(max = 900) int count) {
        Random random = new Random(seed);
        Remembered seen = new Remembered(most);
        List<UUID> all = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            // few bits differ, so that they meet
            UUID id = new UUID(random.nextInt(3), random.nextInt(4 * count));
            if (!seen.contains(id)) {
                all.add(id);
            }
            seen.add(id);
            assertThat(seen.contains(id)).isTrue();
            assertThat(seen.size()).isLessThanOrEqualTo(most);
        }
        List<UUID> latest = all.subList(Math.max(0, all.size() - most * 7 / 8), all.size());
        assertThat(latest).allMatch(seen::contains);
        assertThat(seen.contains(new UUID(9, 9))).isFalse();
    }

    @Example
    void zerosAreAnIdLikeAnyOther() {
        Remembered seen = new Remembered(10);
        assertThat(seen.contains(new UUID(0, 0))).isFalse();
        seen.add(new UUID(0, 0));
        assertThat(seen.contains(new UUID(0, 0))).isTrue();
        assertThat(seen.size()).isEqualTo(1);
    }
}
