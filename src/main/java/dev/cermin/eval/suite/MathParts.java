package dev.cermin.eval.suite;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * An answer taken apart, one level deep.
 *
 * @param kind what holds the elements together; equal kinds only can be equal
 * @param ordered whether the elements' order matters
 */
record MathParts(String kind, boolean ordered, List<String> elements) {
    private static final Pattern MATRIX = Pattern.compile(
            "(?s)\\\\begin\\{(?:[pbBvV]?matrix|array)\\}(?:\\{[clr|]+\\})?(.*)\\\\end\\{(?:[pbBvV]?matrix|array)\\}");

    /**
     * A union, a matrix, a tuple or interval with its brackets, or a collection: a set, or a list by commas or {@code
     * ±}. Empty for what has no parts.
     */
    static Optional<MathParts> of(String text) {
        List<String> union = split(text, "\\cup");
        if (union.size() > 1) {
            return Optional.of(new MathParts("union", false, union));
        }
        Matcher matrix = MATRIX.matcher(text);
        if (matrix.matches()) {
            String[] rows = matrix.group(1).replaceFirst("\\\\\\\\\\s*$", "").split("\\\\\\\\", -1);
            List<String> cells = Stream.of(rows)
                    .flatMap(row -> Stream.of(row.split("&", -1)))
                    .toList();
            return Optional.of(new MathParts("matrix of %d rows".formatted(rows.length), true, cells));
        }
        if (text.startsWith("\\{") && text.endsWith("\\}")) {
            return Optional.of(new MathParts("collection", false, list(text.substring(2, text.length() - 2))));
        }
        if (isBracketed(text)) {
            List<String> elements = split(text.substring(1, text.length() - 1), ",");
            if (elements.size() > 1) {
                return Optional.of(new MathParts(
                        "%c%c".formatted(text.charAt(0), text.charAt(text.length() - 1)), true, elements));
            }
        }
        List<String> list = list(text);
        return list.size() > 1 ? Optional.of(new MathParts("collection", false, list)) : Optional.empty();
    }

    private static List<String> list(String text) {
        return split(text, ",").stream()
                .flatMap(element -> element.contains("\\pm")
                        ? Stream.of(
                                element.replaceFirst("^\\\\pm", "").replace("\\pm", "+"), element.replace("\\pm", "-"))
                        : Stream.of(element))
                .toList();
    }

    /** Whether the first bracket is closed by the last. */
    private static boolean isBracketed(String text) {
        if (!text.matches("(?s)[(\\[].*[)\\]]")) {
            return false;
        }
        int depth = 0;
        for (int i = 0; i < text.length() - 1; i++) {
            depth += change(text.charAt(i));
            if (depth == 0) {
                return false;
            }
        }
        return true;
    }

    /** At what stands outside of all brackets. */
    private static List<String> split(String text, String at) {
        List<String> parts = new ArrayList<>();
        int depth = 0;
        int start = 0;
        for (int i = 0; i < text.length(); i++) {
            depth += change(text.charAt(i));
            if (depth == 0 && text.startsWith(at, i)) {
                parts.add(text.substring(start, i));
                start = i + at.length();
            }
        }
        parts.add(text.substring(start));
        return parts;
    }

    private static int change(char character) {
        return "([{".indexOf(character) >= 0 ? 1 : ")]}".indexOf(character) >= 0 ? -1 : 0;
    }
}
