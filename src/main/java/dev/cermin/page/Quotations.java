package dev.cermin.page;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Finds what a message speaks of in the text that it speaks about: what it quotes, and formulas. */
final class Quotations {
    private static final int MOST = 20;

    /** In quotation marks, but no apostrophes; or a word with a figure and an equals sign. */
    private static final Pattern QUOTED = Pattern.compile("(?<!\\w)'([^'\\n]{2,400}?)'(?!\\w)|\"([^\"\\n]{2,400}?)\""
            + "|\u201c([^\u201d\\n]{2,400}?)\u201d|\u00ab([^\u00bb\\n]{2,400}?)\u00bb|`([^`\\n]{2,400}?)`"
            + "|((?=[^\\s;,:]*\\d)[^\\s;,:'\"=]+(?: ?[=<>\u2264\u2265] ?[^\\s;,:'\"=]+)+)");

    private Quotations() {}

    /** What one message quotes of a text, as parts of that. */
    static List<Spans.Part> in(String text, String message, String number) {
        List<Spans.Part> parts = new ArrayList<>();
        Matcher quoted = QUOTED.matcher(message);
        while (quoted.find() && parts.size() < MOST) {
            for (int group = 1; group <= quoted.groupCount(); group++) {
                String quotation = quoted.group(group);
                if (quotation != null) {
                    find(text, quotation.strip(), number, parts);
                }
            }
        }
        return parts;
    }

    /** In the order of the text; what several findings speak of has all their numbers. */
    static List<Spans.Part> ordered(List<Spans.Part> parts) {
        List<Spans.Part> ordered = new ArrayList<>();
        parts.stream()
                .sorted(Comparator.comparingInt(Spans.Part::from).thenComparingInt(part -> -part.to()))
                .forEach(part -> {
                    Spans.Part last = ordered.isEmpty() ? null : ordered.getLast();
                    if (last == null || last.from() != part.from() || last.to() != part.to()) {
                        ordered.add(part);
                    } else if (!numbers(last.of()).contains(part.of())) {
                        String both = last.of() + "," + part.of();
                        ordered.set(ordered.size() - 1, new Spans.Part(part.from(), part.to(), part.kind(), both));
                    }
                });
        return ordered;
    }

    /** Of the findings that a mark is of. */
    static List<String> numbers(String of) {
        return List.of(of.split(","));
    }

    private static void find(String text, String message, String number, List<Spans.Part> parts) {
        // messages cut what is long, even within a word
        String quotation = message.replaceAll("^(\u2026|\\.\\.\\.)|(\u2026|\\.\\.\\.)$", "")
                .strip();
        if (quotation.length() < 2) {
            return;
        }
        // spaces may be others
        String pattern = Pattern.compile("\\s+")
                .splitAsStream(quotation.replaceAll("([=<>])", " $1 ").strip())
                .map(Pattern::quote)
                .collect(Collectors.joining("\\s*"));
        String before = message.startsWith(quotation) ? bound(quotation.charAt(0), "(?<![\\w.])") : "";
        String after = message.endsWith(quotation) ? bound(quotation.charAt(quotation.length() - 1), "(?!\\w)") : "";
        Matcher found = Pattern.compile(before + pattern + after).matcher(text);
        while (found.find() && parts.size() < MOST) {
            parts.add(new Spans.Part(found.start(), found.end(), "mark", number));
        }
    }

    /** Not within a longer word or number. */
    private static String bound(char end, String wall) {
        return Character.isLetterOrDigit(end) ? wall : "";
    }
}
