package dev.cermin.search;

import java.time.Instant;
import java.util.List;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * A stretch of time that ends where the one after it began. Each reaches farther back than the one before, up to a
 * multiple of a power of 16 minutes, so it consists of 16 parts at most that the index has as terms.
 *
 * @param level the power
 * @param from its first minute since 1970
 * @param to the minute after its last
 */
record Stretch(int level, long from, long to) {
    /** The longest that the index has; what is still before that is one more. */
    private static final int LONGEST = 6;

    private static final int BITS = 4;

    /** Of one minute. */
    static Stretch of(Instant last) {
        long minute = minute(last);
        return new Stretch(0, minute, minute + 1);
    }

    static long minute(Instant at) {
        return Math.floorDiv(at.getEpochSecond(), 60);
    }

    /** Where this begins, up to 16 times as long. */
    Stretch before() {
        return level >= LONGEST ? new Stretch(LONGEST + 1, Long.MIN_VALUE, from) : before(level + 1, from);
    }

    /** The end of this one, a 16th as long. */
    Stretch last() {
        return before(level - 1, to);
    }

    /** Of all that is before that, the number is more than anybody searches. */
    double minutes() {
        return (double) to - from;
    }

    Instant end() {
        return Instant.ofEpochSecond(to * 60);
    }

    private static Stretch before(int level, long to) {
        int bits = BITS * level;
        return new Stretch(level, ((to - 1) >> bits) << bits, to);
    }

    /** The terms of which a task within it has one; null where only its end says what lies in it. */
    @Nullable
    List<String> terms() {
        if (level > LONGEST) {
            return null;
        }
        if (to - from == 1L << (BITS * level)) {
            return List.of(level + "." + (from >> (BITS * level)));
        }
        int part = level;
        while (((from | to) & ((1L << (BITS * part)) - 1)) != 0) {
            part--;
        }
        int bits = BITS * part;
        String name = part + ".";
        return LongStream.range(from >> bits, to >> bits)
                .mapToObj(i -> name + i)
                .toList();
    }
}
