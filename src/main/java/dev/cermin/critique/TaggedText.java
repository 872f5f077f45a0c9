package dev.cermin.critique;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The tags of Reflection-Tuning, {@code <thinking>}, {@code <reflection>}, {@code <output>}: reading them from a model's
 * text, and keeping them out of text that is data.
 */
public final class TaggedText {
    private static final Pattern OURS =
            Pattern.compile("<(\\s*/?\\s*(?:thinking|reflection|output)\\s*)>", Pattern.CASE_INSENSITIVE);

    private TaggedText() {}

    /** The content of the first such tag, up to its closing tag or, where that is missing, to the end. */
    public static Optional<String> first(String text, String tag) {
        Matcher open = open(tag).matcher(text);
        return open.find() ? Optional.of(upToClose(text, tag, open.end())) : Optional.empty();
    }

    /** The content of the last such tag: a verdict that follows quoted text is the one that counts. */
    public static Optional<String> last(String text, String tag) {
        Matcher open = open(tag).matcher(text);
        int start = -1;
        while (open.find()) {
            start = open.end();
        }
        return start < 0 ? Optional.empty() : Optional.of(upToClose(text, tag, start));
    }

    /** Data that can neither open nor close a tag: the {@code <} of one becomes an HTML entity, all else stays. */
    public static String asData(String text) {
        return text.indexOf('<') < 0 ? text : OURS.matcher(text).replaceAll("&lt;$1>");
    }

    private static String upToClose(String text, String tag, int from) {
        Matcher close = Pattern.compile("<\\s*/\\s*" + tag + "\\s*>", Pattern.CASE_INSENSITIVE)
                .matcher(text);
        return (close.find(from) ? text.substring(from, close.start()) : text.substring(from)).strip();
    }

    private static Pattern open(String tag) {
        return Pattern.compile("<\\s*" + tag + "\\s*>", Pattern.CASE_INSENSITIVE);
    }
}
