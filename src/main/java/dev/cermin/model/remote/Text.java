package dev.cermin.model.remote;

import java.time.Duration;
import java.util.Locale;

/** How messages put things. */
final class Text {
    private Text() {}

    /** As configurations write it: {@code 90s}, {@code 0.5s}. */
    static String of(Duration time) {
        return time.toString().substring(2).toLowerCase(Locale.ROOT);
    }

    /** The first {@code most} characters, on one line. */
    static String brief(String text, int most) {
        String line = text.strip().replaceAll("\\s+", " ");
        return line.length() <= most ? line : line.substring(0, most) + "…";
    }
}
