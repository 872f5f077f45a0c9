package dev.cermin.verify;

import java.text.Normalizer;
import java.util.Optional;
import java.util.regex.Pattern;

/** A text to quote from, with white space, quotation marks and dashes made one. For one answer; not thread-safe. */
final class SourceText {
    private static final Pattern ELLIPSIS = Pattern.compile("\\[ ?(?:…|\\.{3}) ?]|\\((?:…|\\.{3})\\)|…|\\.{3,}");
    private static final Pattern SINGLE = Pattern.compile("[‘’‚‛′`]");
    private static final Pattern DOUBLE = Pattern.compile("[“”„‟«»″]");
    private static final Pattern DASH = Pattern.compile("[‐‑‒–—―−]");
    private static final Pattern SPACE = Pattern.compile("[\\s\\p{Z}]+");
    private static final Pattern INVISIBLE = Pattern.compile("[\\u00AD\\u200B\\uFEFF]");

    /** Characters of a passage in a message. */
    private static final int SHOWN = 300;

    private final String text;
    private final Nearest nearest;

    SourceText(String source) {
        this.text = plain(source);
        this.nearest = new Nearest(text);
    }

    private static String plain(String text) {
        String plain = INVISIBLE
                .matcher(Normalizer.normalize(text, Normalizer.Form.NFC))
                .replaceAll("");
        plain = SINGLE.matcher(plain).replaceAll("'");
        plain = DOUBLE.matcher(plain).replaceAll("\"");
        plain = DASH.matcher(plain).replaceAll("-");
        return SPACE.matcher(plain).replaceAll(" ").strip();
    }

    static long words(String quotation) {
        return LengthVerifier.Unit.WORDS.count(ELLIPSIS.matcher(quotation).replaceAll(" "));
    }

    /** What is wrong with the quotation, and what the source has in its place; empty where it stands there. */
    Optional<String> missing(String quotation) {
        int from = 0;
        for (String part : ELLIPSIS.split(quotation)) {
            String piece = plain(part);
            int end = end(piece, from);
            if (end < 0) {
                return Optional.of(wrong(piece, from > 0 && end(piece, 0) >= 0));
            }
            from = end;
        }
        return Optional.empty();
    }

    private String wrong(String piece, boolean earlier) {
        String shown = Place.excerpt(piece, SHOWN);
        if (earlier) {
            return "“%s” stands in the source, but not after what is quoted before it".formatted(shown);
        }
        String nowhere = "“%s” does not stand in the source".formatted(shown);
        return nearest.to(piece)
                .map(near -> "%s; the closest wording there is “%s”".formatted(nowhere, Place.excerpt(near, SHOWN)))
                .orElse(nowhere);
    }

    /** Where its first place ends, as whole words, or -1. A comma or full stop at its end may be the answer's own. */
    private int end(String piece, int from) {
        int end = endExactly(piece, from);
        return end < 0 && (piece.endsWith(",") || piece.endsWith("."))
                ? endExactly(piece.substring(0, piece.length() - 1).strip(), from)
                : end;
    }

    private int endExactly(String piece, int from) {
        if (piece.isEmpty()) {
            return from;
        }
        for (int at = text.indexOf(piece, from); at >= 0; at = text.indexOf(piece, at + 1)) {
            if (isBorder(at) && isBorder(at + piece.length())) {
                return at + piece.length();
            }
        }
        return -1;
    }

    /** Not within a word. */
    private boolean isBorder(int index) {
        return index == 0
                || index == text.length()
                || !Character.isLetterOrDigit(text.codePointBefore(index))
                || !Character.isLetterOrDigit(text.codePointAt(index));
    }
}
