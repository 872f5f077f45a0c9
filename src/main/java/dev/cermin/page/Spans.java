package dev.cermin.page;

import java.util.ArrayList;
import java.util.List;

/**
 * Stored texts in pieces. What a reader wouldn't see, or what turns the direction of text around, is shown by its
 * number, so that a text says to the eye what it says to a machine (CVE-2021-42574).
 */
final class Spans {
    private Spans() {}

    /**
     * A part of a text that is to stand out.
     *
     * @param from its first character
     * @param to behind its last
     * @param kind as of a {@link Span}
     * @param of as of a {@link Span}
     */
    record Part(int from, int to, String kind, String of) {}

    static List<Span> of(String text) {
        return of(text, List.of());
    }

    /** @param parts in order; one that begins before the one before it has ended is passed over */
    static List<Span> of(String text, List<Part> parts) {
        List<Span> spans = new ArrayList<>();
        int at = 0;
        for (Part part : parts) {
            if (part.from() >= at) {
                add(spans, "plain", "", text.substring(at, part.from()));
                add(spans, part.kind(), part.of(), text.substring(part.from(), part.to()));
                at = part.to();
            }
        }
        add(spans, "plain", "", text.substring(at));
        return spans;
    }

    static void add(List<Span> spans, String kind, String of, String text) {
        int from = 0;
        for (int i = 0; i < text.length(); ) {
            int point = text.codePointAt(i);
            int next = i + Character.charCount(point);
            if (unseen(point)) {
                if (from < i) {
                    spans.add(new Span(kind, text.substring(from, i), of));
                }
                String name = Character.getName(point);
                spans.add(new Span("control", String.format("U+%04X", point), name == null ? "unassigned" : name));
                from = next;
            }
            i = next;
        }
        if (from < text.length()) {
            spans.add(new Span(kind, text.substring(from), of));
        }
    }

    private static boolean unseen(int point) {
        if (point == '\n' || point == '\t' || point == '\r') {
            return false;
        }
        // joiners are letters' and emojis' own; a soft hyphen is a matter of breaking lines
        return switch (Character.getType(point)) {
            case Character.CONTROL, Character.SURROGATE -> true;
            case Character.FORMAT -> point != 0x200C && point != 0x200D && point != 0x00AD;
            default -> point == 0x2028 || point == 0x2029;
        };
    }
}
