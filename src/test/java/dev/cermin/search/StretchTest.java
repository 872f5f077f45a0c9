package dev.cermin.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

class StretchTest {
    /** A minute's term of each length, as the database makes them. */
    private static List<String> terms(long minute) {
        List<String> all = new ArrayList<>();
        for (int level = 0; level <= 6; level++) {
            all.add(level + "." + (minute >> (4 * level)));
        }
        return all;
    }

    @Property
    void stretchesFollowOnEachOtherAndEachMinuteIsInOneAlone(
            @ForAll @LongRange(min = -2_000_000_000L, max = 4_000_000_000L) long last,
            @ForAll @LongRange(min = 0, max = 3_000_000) long back,
            @ForAll @IntRange(min = 0, max = 255) int careful) {
        Stretch stretch = Stretch.of(Instant.ofEpochSecond(last * 60 + 59));
        long minute = last - back;
        int found = 0;
        long end = last + 1;
        for (int i = 0; i < 8; i++) {
            assertThat(stretch.to()).isEqualTo(end);
            List<String> terms = stretch.terms();
            boolean in = terms == null
                    ? minute < stretch.to()
                    : terms(minute).stream().anyMatch(terms::contains);
            assertThat(in).isEqualTo(minute >= stretch.from() && minute < stretch.to());
            found += in ? 1 : 0;
            if (terms != null) {
                assertThat(terms).hasSizeBetween(1, 16);
            }
            end = stretch.from();
            stretch = (careful >> i & 1) == 0 ? stretch.before() : shorter(stretch.before());
        }
        assertThat(found).isEqualTo(minute >= end ? 1 : 0);
    }

    private static Stretch shorter(Stretch stretch) {
        return stretch.level() > 0 ? stretch.last() : stretch;
    }

    @Property
    void ofALongStretchTheLastPartIsSearchedFirst(@ForAll @LongRange(min = 0, max = 4_000_000_000L) long last) {
        Stretch stretch =
                Stretch.of(Instant.ofEpochSecond(last * 60)).before().before().before();
        Stretch part = stretch.last();
        assertThat(part.to()).isEqualTo(stretch.to());
        assertThat(part.from()).isGreaterThanOrEqualTo(stretch.from()).isLessThan(stretch.to());
        assertThat(part.before().to()).isEqualTo(part.from());
    }
}
