package dev.cermin.tagged;

import java.util.Locale;

/**
 * Some text of a response, without the tags around it.
 *
 * @param kind where it stands
 * @param block counts from 0 and up at every tag that opens or closes: parts of one block belong together
 * @param text never empty; cut anywhere but within a character
 */
public record Part(Kind kind, int block, String text) {
    /** Where text stands. */
    public enum Kind {
        THINKING,
        REFLECTION,
        OUTPUT,
        /** In no tag. */
        OUTSIDE;

        private final String word = name().toLowerCase(Locale.ROOT);

        String word() {
            return word;
        }

        String tag() {
            return "<" + word + ">";
        }
    }
}
