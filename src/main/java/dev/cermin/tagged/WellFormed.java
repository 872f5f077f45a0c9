package dev.cermin.tagged;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads at a glance what most responses are: thinking or a reflection, then the output, in tags as they should be, with no
 * code and nothing that looks like a tag within. Comes to what {@link TagParser} comes to, at a fraction of the time.
 */
final class WellFormed {
    private WellFormed() {}

    /** Null for any other response. */
    static @Nullable Tagged read(String text) {
        boolean thinking = text.startsWith("<thinking>");
        if (!thinking && !text.startsWith("<reflection>")) {
            return null;
        }
        // code may begin there
        if (text.indexOf('`') >= 0 || text.indexOf('~') >= 0) {
            return null;
        }
        String close = thinking ? "</thinking>" : "</reflection>";
        int from = close.length() - 1;
        int to = text.indexOf('<', from);
        if (to < 0 || !text.startsWith(close, to)) {
            return null;
        }
        int open = skipSpace(text, to + close.length());
        if (!text.startsWith("<output>", open)) {
            return null;
        }
        int begin = open + "<output>".length();
        int end = text.indexOf('<', begin);
        if (end < 0
                || !text.startsWith("</output>", end)
                || skipSpace(text, end + "</output>".length()) < text.length()) {
            return null;
        }
        String first = text.substring(from, to).strip();
        String output = text.substring(begin, end).strip();
        if (first.isEmpty() || output.isEmpty()) {
            return null;
        }
        return new Tagged(
                thinking ? first : "", thinking ? List.of() : List.of(first), output, List.of(output), List.of());
    }

    private static int skipSpace(String text, int from) {
        int at = from;
        while (at < text.length() && (text.charAt(at) == ' ' || text.charAt(at) == '\n')) {
            at++;
        }
        return at;
    }
}
