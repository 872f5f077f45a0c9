package dev.cermin.tagged;

import org.jspecify.annotations.Nullable;

/**
 * Finds the tags in a text that grows, and tells those in code from the others. What is decided is decided by the text
 * alone, however it came: where the text so far leaves it open, the lexer waits, for a bounded number of characters.
 *
 * <p>Code is a fence of three or more backticks or tildes that begins a line (or follows a tag), up to a line of at
 * least as many; or what stands between two equal runs of backticks on one line.
 */
final class Lexer {
    /** A longer run of backticks or tildes marks nothing. */
    private static final int LONGEST_RUN = 64;

    private static final int UNSURE = -1;
    private static final int NOWHERE = -2;
    private static final int FENCE = -3;

    private final StringBuilder text;
    private final Blocks blocks;
    private final int fencesUntil;

    private int at;
    private boolean lineStart = true;
    /** Inline code ends here. */
    private int codeEnd;

    private int fenceFrom;
    /** 0 outside a fence. */
    private int fenceLength;

    private char fenceMark;
    private boolean tagsInFence;

    private @Nullable Code first;
    /** How far the line was looked through for the end of the code that may begin at the run before. */
    private int looked;

    private int lookedFrom;
    private boolean ticksAhead;

    /** Some code with its marks, and what stands between those. */
    record Code(int from, int innerFrom, int innerTo, int to) {}

    /** @param fencesUntil from here on, a fence is text */
    Lexer(StringBuilder text, Blocks blocks, int fencesUntil) {
        this.text = text;
        this.blocks = blocks;
        this.fencesUntil = fencesUntil;
    }

    /** Goes on as far as the text so far decides; all the way if it is the last. */
    void read(boolean last) {
        while (at < text.length()) {
            int next = step(text.charAt(at), last);
            if (next == UNSURE) {
                return;
            }
            at = next;
        }
    }

    /** All before is decided. */
    int at() {
        return at;
    }

    /** Where the fence begins that is open, if tags stand in it; else negative. */
    int openFence() {
        return fenceLength > 0 && tagsInFence ? fenceFrom : -1;
    }

    /** The code that a text consists of, beside white space; null where there is more or other. To be asked at the end. */
    @Nullable
    Code whole() {
        Code code = first;
        if (code == null && fenceLength > 0) {
            code = new Code(fenceFrom, fenceFrom + fenceLength, text.length(), text.length());
        }
        return code != null
                        && text.substring(0, code.from()).isBlank()
                        && text.substring(code.to()).isBlank()
                ? code
                : null;
    }

    private int step(char c, boolean last) {
        return switch (c) {
            case '\n', '\r' -> {
                lineStart = true;
                yield at + 1;
            }
            case ' ', '\t' -> at + 1;
            case '<' -> tag(last);
            case '`' -> at < codeEnd ? plain(at + 1) : run(c, last);
            case '~' -> lineStart && at >= codeEnd ? run(c, last) : plain(at + 1);
            default -> plain(at + 1);
        };
    }

    private int plain(int next) {
        lineStart = false;
        return next;
    }

    private int tag(boolean last) {
        Mark mark = Mark.at(text, at, last);
        if (mark == null) {
            return plain(at + 1);
        }
        if (mark.equals(Mark.UNSURE)) {
            return UNSURE;
        }
        boolean quoted = fenceLength > 0 || at < codeEnd;
        if (quoted) {
            tagsInFence |= fenceLength > 0;
            blocks.quoted(mark);
        } else {
            blocks.mark(mark);
        }
        lineStart = !quoted;
        return mark.to();
    }

    /** Backticks or tildes outside inline code. */
    private int run(char mark, boolean last) {
        if (fenceLength > 0 && (mark != fenceMark || !lineStart)) {
            return plain(at + 1);
        }
        int length = length(at);
        int end = at + length;
        if (length > LONGEST_RUN) {
            return plain(end);
        }
        if (end == text.length() && !last) {
            return UNSURE;
        }
        if (fenceLength > 0) {
            return closeFence(length, end, last);
        }
        boolean fence = lineStart && length >= 3 && at < fencesUntil;
        int close = mark == '~' ? FENCE : closing(length, end, last);
        if (close == UNSURE) {
            return UNSURE;
        }
        if (close == FENCE && fence) {
            fenceFrom = at;
            fenceLength = length;
            fenceMark = mark;
            tagsInFence = false;
        } else if (close > 0) {
            codeEnd = close;
            firstIs(new Code(at, end, close - length, close));
        }
        return plain(end);
    }

    /** Behind the run that closes inline code; FENCE where the line has no further backtick; else NOWHERE. */
    private int closing(int length, int from, boolean last) {
        if (lookedFrom != from) {
            lookedFrom = from;
            looked = from;
            ticksAhead = false;
        }
        int limit = from + TagParser.LOOK_AHEAD;
        while (looked < text.length() && looked < limit) {
            char c = text.charAt(looked);
            if (c == '\n' || c == '\r') {
                return ticksAhead ? NOWHERE : FENCE;
            }
            if (c == '`') {
                int run = length(looked);
                if (looked + run == text.length() && run <= LONGEST_RUN && !last) {
                    return UNSURE;
                }
                if (run == length) {
                    return looked + run;
                }
                ticksAhead = true;
                looked += run;
            } else {
                looked++;
            }
        }
        if (looked >= limit) {
            return NOWHERE;
        }
        return !last ? UNSURE : ticksAhead ? NOWHERE : FENCE;
    }

    /** A fence is closed by a run of its own, or by one before a closing tag. */
    private int closeFence(int length, int end, boolean last) {
        if (length < fenceLength) {
            return plain(end);
        }
        int next = end;
        while (next < text.length() && next - end < LONGEST_RUN && " \t".indexOf(text.charAt(next)) >= 0) {
            next++;
        }
        boolean closes;
        if (next == text.length()) {
            if (!last) {
                return UNSURE;
            }
            closes = true;
        } else if (text.charAt(next) == '<') {
            Mark mark = Mark.at(text, next, last);
            if (mark != null && mark.equals(Mark.UNSURE)) {
                return UNSURE;
            }
            closes = mark != null && mark.closing();
        } else {
            closes = text.charAt(next) == '\n' || text.charAt(next) == '\r';
        }
        if (closes) {
            firstIs(new Code(fenceFrom, fenceFrom + fenceLength, at, end));
            fenceLength = 0;
        }
        return plain(end);
    }

    private void firstIs(Code code) {
        if (first == null) {
            first = code;
        }
    }

    /** How many of the same character stand here, as far as it matters. */
    private int length(int from) {
        char c = text.charAt(from);
        int end = from + 1;
        while (end < text.length() && end - from <= LONGEST_RUN && text.charAt(end) == c) {
            end++;
        }
        return end - from;
    }
}
