package dev.cermin.verify;

/** Where something stands in a text, for messages. */
final class Place {
    private Place() {}

    /** Such as {@code line 2, column 5}; both from 1, columns in UTF-16 units. */
    static String of(CharSequence text, int index) {
        int line = 1;
        int column = 1;
        for (int i = 0; i < index; i++) {
            if (text.charAt(i) == '\n') {
                line++;
                column = 1;
            } else {
                column++;
            }
        }
        return "line %d, column %d".formatted(line, column);
    }

    /** What stands there, cut to be shown. */
    static String excerpt(String text) {
        return excerpt(text, 60);
    }

    /** @param most code points of it */
    static String excerpt(String text, int most) {
        String plain = text.strip().replaceAll("\\s+", " ");
        return plain.codePointCount(0, plain.length()) <= most
                ? plain
                : plain.substring(0, plain.offsetByCodePoints(0, most)) + "…";
    }
}
