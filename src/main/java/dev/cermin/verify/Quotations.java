package dev.cermin.verify;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The quotations of a text, in their order: in quotation marks within a paragraph, and in blockquotes.
 *
 * @param closed what is quoted
 * @param open what follows an opening mark that is not closed in its paragraph
 */
record Quotations(List<String> closed, List<String> open) {
    private static final String OPENING = "“„«»\"";

    /** In a blockquote, who is quoted. */
    private static final Pattern ATTRIBUTION = Pattern.compile("—|–|--");

    private static final Pattern MARKS_AROUND = Pattern.compile("^[“„«»\"]|[”“«»\"]$");

    static Quotations of(String text) {
        Quotations found = new Quotations(new ArrayList<>(), new ArrayList<>());
        Paragraphs.of(text).forEach(found::paragraph);
        return found;
    }

    private void paragraph(List<String> lines) {
        StringBuilder block = new StringBuilder();
        StringBuilder prose = new StringBuilder();
        for (String line : lines) {
            if (line.stripLeading().startsWith(">")) {
                String quoted = line.strip().replaceFirst("^[> ]+", "");
                block.append(ATTRIBUTION.matcher(quoted).lookingAt() ? "" : quoted)
                        .append(' ');
                marks(prose);
            } else {
                prose.append(line).append(' ');
                block(block);
            }
        }
        block(block);
        marks(prose);
    }

    private void block(StringBuilder block) {
        String quoted = block.toString().strip();
        if (!quoted.isEmpty()) {
            closed.add(MARKS_AROUND.matcher(quoted).replaceAll(""));
        }
        block.setLength(0);
    }

    /** One after the other; marks within a quotation belong to it. */
    private void marks(StringBuilder prose) {
        for (int at = 0; at < prose.length(); at++) {
            if (OPENING.indexOf(prose.charAt(at)) >= 0) {
                int end = end(prose, at);
                if (end < 0) {
                    open.add(prose.substring(at));
                    break;
                }
                closed.add(prose.substring(at + 1, end).strip());
                at = end;
            }
        }
        prose.setLength(0);
    }

    /** The mark that closes the one at that index, or -1. „ is closed by “ or ”; “ and « may hold others. */
    private static int end(CharSequence prose, int opening) {
        char open = prose.charAt(opening);
        String closing = switch (open) {
            case '“' -> "”";
            case '„' -> "“”";
            case '«' -> "»";
            case '»' -> "«";
            default -> "\"";
        };
        int depth = 0;
        for (int i = opening + 1; i < prose.length(); i++) {
            if (closing.indexOf(prose.charAt(i)) >= 0) {
                if (depth-- == 0) {
                    return i;
                }
            } else if (prose.charAt(i) == open) {
                depth++;
            }
        }
        return -1;
    }
}
