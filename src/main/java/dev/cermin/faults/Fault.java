package dev.cermin.faults;

import java.time.Duration;
import java.util.Locale;

/**
 * One entry of the schedule.
 *
 * @param number from 1
 * @param kind what is done
 * @param target the part it is done to, or the store whose network it is; for messages, the topic or nothing
 * @param before since the fault before it began
 * @param lead how long tasks have been coming in a burst when it strikes
 * @param length how long what is hurt stays so
 * @param seed of what it chooses among the messages that are there
 */
record Fault(int number, FaultKind kind, String target, Duration before, Duration lead, Duration length, long seed) {
    @Override
    public String toString() {
        String what = target.isEmpty() ? kind.words() : kind.words() + ": " + target;
        return length.isZero() ? what : "%s, %s".formatted(what, seconds(length));
    }

    static String seconds(Duration time) {
        return String.format(Locale.ROOT, "%.1f s", time.toMillis() / 1e3);
    }
}
