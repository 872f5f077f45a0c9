package dev.cermin.verify.ifeval;

import java.util.Locale;

/** Texts as Python sees them, on which IFEval's reference rests, and parts of them for messages. */
final class Texts {
    private static final int CONTEXT = 20;
    private static final int SHOWN = 60;

    private Texts() {}

    /** Java's own {@code strip} leaves no-break spaces. */
    static boolean isSpace(char c) {
        return Character.isWhitespace(c) || Character.isSpaceChar(c) || c == '\u0085';
    }

    static String strip(String text) {
        int from = 0;
        int to = text.length();
        while (from < to && isSpace(text.charAt(from))) {
            from++;
        }
        while (from < to && isSpace(text.charAt(to - 1))) {
            to--;
        }
        return text.substring(from, to);
    }

    static boolean isBlank(String text) {
        return text.chars().allMatch(c -> isSpace((char) c));
    }

    static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }

    /** Without any of that character at its start, or at both ends. */
    static String strip(String text, char c, boolean endToo) {
        int from = 0;
        int to = text.length();
        while (from < to && text.charAt(from) == c) {
            from++;
        }
        while (endToo && from < to && text.charAt(to - 1) == c) {
            to--;
        }
        return text.substring(from, to);
    }

    /** {@code 1 word}, {@code 3 words}. */
    static String count(int count, String noun) {
        return count + " " + noun + (count == 1 ? "" : "s");
    }

    /** In quotes, with what stands around it. */
    static String around(String text, int from, int to) {
        int start = Math.max(0, from - CONTEXT);
        int end = Math.min(text.length(), Math.min(to, from + SHOWN) + CONTEXT);
        return quoted((start > 0 ? "…" : "") + cut(text, start, end) + (end < text.length() ? "…" : ""));
    }

    static String first(String text) {
        return quoted(text.length() <= SHOWN ? text : cut(text, 0, SHOWN) + "…");
    }

    static String last(String text) {
        return quoted(text.length() <= SHOWN ? text : "…" + cut(text, text.length() - SHOWN, text.length()));
    }

    /** On one line. */
    private static String quoted(String text) {
        return "'" + text.replaceAll("\\s+", " ") + "'";
    }

    /** Without halves of characters at its ends. */
    private static String cut(String text, int from, int to) {
        int start = from > 0 && Character.isLowSurrogate(text.charAt(from)) ? from + 1 : from;
        int end = to < text.length() && Character.isHighSurrogate(text.charAt(to - 1)) ? to - 1 : to;
        return text.substring(Math.min(start, end), end);
    }
}
