package dev.cermin.redact;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The marks that stand for what was redacted. */
public final class Marks {
    private static final String BEGIN = "[redacted:";
    private static final int LONGEST_NAME = 40;
    /** Of digits in a name: what has more is a number that somebody put into brackets. */
    private static final int MOST_DIGITS = 8;

    private Marks() {}

    /** Whether a text has one. */
    public static boolean in(String text) {
        for (int at = text.indexOf(BEGIN); at >= 0; at = text.indexOf(BEGIN, at + 1)) {
            if (end(text, at) > 0) {
                return true;
            }
        }
        return false;
    }

    static boolean isName(String name) {
        return name.length() <= LONGEST_NAME
                && name.chars().filter(c -> Finder.isDigit((char) c)).count() <= MOST_DIGITS
                && name.matches("[a-z0-9]+(-[a-z0-9]+)*");
    }

    static String of(String name) {
        return BEGIN + name + "]";
    }

    /** Where a mark that begins there ends; -1 where none does. */
    private static int end(String text, int begin) {
        int from = begin + BEGIN.length();
        int at = from;
        int digits = 0;
        while (at < text.length() && at - from <= LONGEST_NAME && isOfName(text.charAt(at))) {
            digits += Finder.isDigit(text.charAt(at)) ? 1 : 0;
            at++;
        }
        return at > from && digits <= MOST_DIGITS && at < text.length() && text.charAt(at) == ']' ? at + 1 : -1;
    }

    private static boolean isOfName(char c) {
        return (c >= 'a' && c <= 'z') || Finder.isDigit(c) || c == '-';
    }

    /** The spans in order, those that touch each other as one; what lies within a mark is none, and no mark is cut. */
    static List<Span> outside(String text, List<Span> found) {
        if (found.isEmpty()) {
            return found;
        }
        List<Span> marks = new ArrayList<>(0);
        for (int at = text.indexOf(BEGIN); at >= 0; at = text.indexOf(BEGIN, at + 1)) {
            int end = end(text, at);
            if (end > 0) {
                marks.add(new Span(at, end, ""));
            }
        }
        found.sort(Comparator.comparingInt(Span::start).thenComparing(Span::end, Comparator.reverseOrder()));
        List<Span> merged = new ArrayList<>();
        int mark = 0;
        for (Span span : found) {
            while (mark < marks.size() && marks.get(mark).end() <= span.start()) {
                mark++;
            }
            Span whole = span;
            boolean within = false;
            for (int i = mark; i < marks.size() && marks.get(i).start() < whole.end(); i++) {
                Span other = marks.get(i);
                within |= other.start() <= span.start() && span.end() <= other.end();
                whole = union(whole, other);
            }
            if (!within && whole.end() > whole.start()) {
                add(merged, whole);
            }
        }
        return merged;
    }

    private static void add(List<Span> merged, Span span) {
        if (!merged.isEmpty() && span.start() < merged.getLast().end()) {
            merged.add(union(merged.removeLast(), span));
        } else {
            merged.add(span);
        }
    }

    private static Span union(Span one, Span other) {
        return new Span(Math.min(one.start(), other.start()), Math.max(one.end(), other.end()), one.name());
    }

    /** @param spans in order, none touching another */
    static String put(String text, List<Span> spans) {
        StringBuilder out = new StringBuilder(text.length());
        int from = 0;
        for (Span span : spans) {
            out.append(text, from, span.start()).append(of(span.name()));
            from = span.end();
        }
        return out.append(text, from, text.length()).toString();
    }
}
