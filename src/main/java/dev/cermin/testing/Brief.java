package dev.cermin.testing;

/** Texts for messages. */
final class Brief {
    private static final int AROUND = 40;

    private Brief() {}

    /** The text as one line of at most so many characters. */
    static String line(String text, int most) {
        String line = text.strip().replaceAll("\\s+", " ");
        return line.length() <= most ? line : line.substring(0, most - 1) + "…";
    }

    static String count(long number, String one, String more) {
        return number + " " + (number == 1 ? one : more);
    }

    /**
     * Where two texts part, in two lines below a place: the line, and what stands around.
     *
     * @param first the name of what was expected, as long as "given" for the lines to stand in line
     * @param indent before each line
     */
    static String difference(String first, String expected, String given, String indent) {
        int at = 0;
        while (at < expected.length() && at < given.length() && expected.charAt(at) == given.charAt(at)) {
            at++;
        }
        int start = expected.lastIndexOf('\n', at - 1) + 1;
        long line = 1
                + expected.substring(0, at).chars().filter(each -> each == '\n').count();
        int width = Math.max(first.length(), "given".length()) + 2;
        String rows = "%sline %d, column %d%n%s%-" + width + "s%s%n%s%-" + width + "s%s";
        return rows.formatted(
                indent,
                line,
                at - start + 1,
                indent,
                first + ":",
                around(expected, start, at),
                indent,
                "given:",
                around(given, start, at));
    }

    /** Of the line in question, what stands near; what follows it, where the difference is its end. */
    private static String around(String text, int start, int at) {
        if (at >= text.length()) {
            return before(text, start, at) + "(ends here)";
        }
        int to = Math.min(text.length(), at + AROUND);
        String after = text.substring(at, to).replace("\n", "⏎");
        return before(text, start, at) + after + (to < text.length() ? "…" : "");
    }

    private static String before(String text, int start, int at) {
        int from = Math.max(start, at - AROUND);
        return (from > start ? "…" : "") + text.substring(Math.min(from, text.length()), Math.min(at, text.length()));
    }
}
