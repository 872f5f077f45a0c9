package dev.cermin.verify;

/** The code fence in which models like to wrap what was asked for without one. */
final class Fence {
    private static final String MARK = "```";

    private Fence() {}

    /** What is between the fences, where the whole text is one block of that language or of none; else the text. */
    static String without(String text, String language) {
        String block = text.strip();
        int line = block.indexOf('\n');
        int end = block.lastIndexOf(MARK);
        if (!block.startsWith(MARK) || line < 0 || end <= line || end + MARK.length() < block.length()) {
            return text;
        }
        String named = block.substring(MARK.length(), line).strip();
        String content = block.substring(line + 1, end);
        boolean meant = named.isEmpty() || named.equalsIgnoreCase(language);
        return meant && !content.contains(MARK) ? content : text;
    }
}
