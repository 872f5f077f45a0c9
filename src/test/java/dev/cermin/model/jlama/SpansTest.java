package dev.cermin.model.jlama;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class SpansTest {
    @Property
    void spansCoverThePromptInOrderAndLeaveNoTileCorner(@ForAll @IntRange(min = 0, max = 5000) int tokens) {
        int next = 0;
        for (Spans span : Spans.of(tokens)) {
            assertThat(span.start()).isEqualTo(next);
            assertThat(span.length()).isBetween(1, 255);
            assertThat(span.length() % 5 == 0 || span.length() <= 5)
                    .as("native tiles of 5")
                    .isTrue();
            assertThat(span.length() % 3 == 0 || span.length() <= 2)
                    .as("Java tiles of 3")
                    .isTrue();
            next += span.length();
        }
        assertThat(next).isEqualTo(tokens);
    }

    @Property
    void paddedSpansCoverTheTextWithinTheContext(
            @ForAll @IntRange(min = 0, max = 2000) int start,
            @ForAll @IntRange(min = 1, max = 2000) int tokens,
            @ForAll @IntRange(min = 0, max = 40) int room) {
        int end = start + tokens;
        int next = start;
        for (Spans span : Spans.padded(start, end, end + room)) {
            assertThat(span.start()).isEqualTo(next).isLessThan(end);
            assertThat(span.length()).isBetween(1, 255);
            assertThat(span.length() % 15 == 0 || span.length() <= 3).isTrue();
            next += span.length();
        }
        assertThat(next).isBetween(end, end + Math.min(14, room));
    }
}
