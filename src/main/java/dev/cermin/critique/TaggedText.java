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

    private static final Pattern CODE = Pattern.compile("```.*?```|`[^`\\n]+`", Pattern.DOTALL);

    private TaggedText() {}

    /**
     * The content of the first such tag, up to its closing tag or, where that is missing, to the output or the end. Tags
     * quoted as code count only where there is no other.
     */
    public static Optional<String> first(String text, String tag) {
        String prose = withoutCode(text, tag);
        Matcher open = open(tag).matcher(prose);
        return open.find() ? Optional.of(upToClose(text, prose, tag, open.end())) : Optional.empty();
    }

    /** The same for the last such tag: a verdict that follows quoted text is the one that counts. */
    public static Optional<String> last(String text, String tag) {
        String prose = withoutCode(text, tag);
        Matcher open = open(tag).matcher(prose);
        int start = -1;
        while (open.find()) {
            start = open.end();
        }
        return start < 0 ? Optional.empty() : Optional.of(upToClose(text, prose, tag, start));
    }

    /** The text without what such tags enclose; what follows one that is never closed stays. */
    public static String without(String text, String tag) {
        String prose = withoutCode(text, tag);
        var kept = new StringBuilder();
        int from = 0;
        Matcher open = open(tag).matcher(prose);
        Matcher close = close(tag).matcher(prose);
        while (open.find(from) && close.find(open.end())) {
            kept.append(text, from, open.start());
            from = close.end();
        }
        return kept.append(text, from, text.length()).toString();
    }

    /** Data that can neither open nor close a tag: the {@code <} of one becomes an HTML entity, all else stays. */
    public static String asData(String text) {
        return text.indexOf('<') < 0 ? text : OURS.matcher(text).replaceAll("&lt;$1>");
    }

    /** The text with its code blanked out, place for place; the text itself where such tags stand in code only. */
    private static String withoutCode(String text, String tag) {
        if (text.indexOf('`') < 0) {
            return text;
        }
        String prose = CODE.matcher(text)
                .replaceAll(code -> Matcher.quoteReplacement(code.group().replace('<', ' ')));
        return open(tag).matcher(prose).find() ? prose : text;
    }

    private static String upToClose(String text, String prose, String tag, int from) {
        int end = start(close(tag), prose, from);
        if (end < 0) {
            end = start(close(tag), text, from);
        }
        if (end < 0 && !tag.equals("output")) {
            end = start(open("output"), prose, from);
        }
        return (end < 0 ? text.substring(from) : text.substring(from, end)).strip();
    }

    private static int start(Pattern pattern, String text, int from) {
        Matcher found = pattern.matcher(text);
        return found.find(from) ? found.start() : -1;
    }

    private static Pattern open(String tag) {
        return Pattern.compile("<\\s*" + tag + "\\s*>", Pattern.CASE_INSENSITIVE);
    }

    private static Pattern close(String tag) {
        return Pattern.compile("<\\s*/\\s*" + tag + "\\s*>", Pattern.CASE_INSENSITIVE);
    }
}
