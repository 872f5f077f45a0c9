package dev.cermin.lesson;

import java.util.regex.Pattern;

/** Text as one bounded line of characters that show. */
final class PlainText {
    /** Format characters, lone surrogates and variation selectors: what a reader does not see and a model does. */
    private static final Pattern UNSEEN = Pattern.compile("[\\p{Cf}\\p{Cs}\\x{FE00}-\\x{FE0F}\\x{E0100}-\\x{E01EF}]+");

    private static final Pattern GAP = Pattern.compile("[\\p{Cc}\\p{Z}]+");

    private PlainText() {}

    /**
     * The text on one line, without what does not show; where it is longer than that, cut and ended with an ellipsis.
     *
     * @param most UTF-16 units of the result at most, 2 or more
     */
    static String line(String text, int most) {
        String line =
                GAP.matcher(UNSEEN.matcher(text).replaceAll("")).replaceAll(" ").strip();
        if (line.length() <= most) {
            return line;
        }
        int end = most - 1;
        if (Character.isHighSurrogate(line.charAt(end - 1))) {
            end--;
        }
        return line.substring(0, end).stripTrailing() + "…";
    }
}
