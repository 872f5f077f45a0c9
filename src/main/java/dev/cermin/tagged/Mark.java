package dev.cermin.tagged;

import dev.cermin.tagged.Part.Kind;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A tag as it stands in a text: in any case, with white space around its name and slash.
 *
 * @param kind never {@link Kind#OUTSIDE}
 * @param from of its {@code <}
 * @param to behind its {@code >}
 */
record Mark(Kind kind, boolean closing, int from, int to) {
    /** Longer than this it is text: what must be held back to know a tag is bounded. */
    static final int LONGEST = 64;

    /** What is there so far may become a tag. */
    static final Mark UNSURE = new Mark(Kind.OUTSIDE, false, -1, -1);

    private static final int LONGEST_WORD = "reflection".length();

    /**
     * The tag that begins at a {@code <}; null where it is none.
     *
     * @param last whether no text will follow, so that nothing is unsure
     */
    static @Nullable Mark at(CharSequence text, int from, boolean last) {
        int limit = Math.min(text.length(), from + LONGEST);
        int at = spaces(text, from + 1, limit);
        boolean closing = at < limit && text.charAt(at) == '/';
        if (closing) {
            at = spaces(text, at + 1, limit);
        }
        int word = at;
        while (at < limit && letter(text.charAt(at)) && at - word <= LONGEST_WORD) {
            at++;
        }
        Kind kind = kind(text.subSequence(word, at).toString().toLowerCase(Locale.ROOT), at == text.length());
        if (kind == null) {
            return null;
        }
        at = spaces(text, at, limit);
        if (at < limit) {
            return text.charAt(at) == '>' && kind != Kind.OUTSIDE ? new Mark(kind, closing, from, at + 1) : null;
        }
        return last || limit == from + LONGEST ? null : UNSURE;
    }

    /** Outside stands for a word that is not yet complete. */
    private static @Nullable Kind kind(String word, boolean mayGoOn) {
        for (Kind kind : Kind.values()) {
            if (kind != Kind.OUTSIDE) {
                if (kind.word().equals(word)) {
                    return kind;
                }
                if (mayGoOn && kind.word().startsWith(word)) {
                    return Kind.OUTSIDE;
                }
            }
        }
        return null;
    }

    private static int spaces(CharSequence text, int from, int limit) {
        int at = from;
        while (at < limit && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
        return at;
    }

    private static boolean letter(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }

    /** As it should be written. */
    String shown() {
        return closing ? "</" + kind.word() + ">" : kind.tag();
    }

    boolean odd(CharSequence text) {
        return !shown().contentEquals(text.subSequence(from, to));
    }
}
