package dev.cermin.tagged;

import dev.cermin.tagged.Part.Kind;

/**
 * Where a response leaves the format. Problems of one sort are told once.
 *
 * @param sort what is amiss
 * @param sentence what was found and how it was read, for people; no full stop
 */
public record Problem(Sort sort, String sentence) {
    public enum Sort {
        /** No tag at all: none was written, or the engine took them out. */
        NO_TAG,
        /** Tags, but no {@code <output>} among them. */
        NO_OUTPUT,
        /** The output stands inside {@code <thinking>} or {@code <reflection>}. */
        MISPLACED_OUTPUT,
        /** A tag is still open at the end: the response may be cut off. */
        UNCLOSED,
        /** A closing tag without an opening one. */
        STRAY,
        /** A tag inside another where none belongs. */
        NESTED,
        /** A second {@code <thinking>} or {@code <output>}. */
        REPEATED,
        /** A tag in other case, or with spaces. */
        ODD_FORM,
        /** A tag in code. */
        QUOTED,
        /** The whole response is code. */
        WRAPPED,
        /** A fence that is never closed, with tags in it that were needed. */
        OPEN_FENCE,
        /** Text outside any tag. */
        OUTSIDE
    }

    static Problem noTag(boolean blank) {
        return new Problem(
                Sort.NO_TAG, blank ? "The response is empty" : "There is no tag: the whole response is the output");
    }

    static Problem noOutput() {
        return new Problem(Sort.NO_OUTPUT, "There is no <output>: the whole response is the output");
    }

    static Problem misplaced() {
        return new Problem(Sort.MISPLACED_OUTPUT, "The output stands inside another tag, and is taken from there");
    }

    static Problem unclosed(Kind kind) {
        return new Problem(Sort.UNCLOSED, kind.tag() + " is not closed: the response may be cut off");
    }

    static Problem stray(Mark mark) {
        return new Problem(Sort.STRAY, mark.shown() + " closes nothing");
    }

    static Problem nested(Mark mark, Kind in) {
        return new Problem(Sort.NESTED, "%s stands inside %s".formatted(mark.shown(), in.tag()));
    }

    static Problem repeated(Kind kind) {
        return new Problem(
                Sort.REPEATED,
                kind == Kind.OUTPUT
                        ? "There is more than one <output>: the first is the answer"
                        : "There is more than one %s: they are taken together".formatted(kind.tag()));
    }

    static Problem oddForm(Mark mark) {
        return new Problem(Sort.ODD_FORM, mark.shown() + " is written in other case or with spaces");
    }

    static Problem quoted(Mark mark) {
        return new Problem(Sort.QUOTED, mark.shown() + " in code is read as text");
    }

    static Problem wrapped() {
        return new Problem(Sort.WRAPPED, "The whole response is put in code; the code is read");
    }

    static Problem openFence() {
        return new Problem(Sort.OPEN_FENCE, "A code fence is not closed: tags after it are read as tags");
    }

    static Problem outside() {
        return new Problem(Sort.OUTSIDE, "There is text outside any tag");
    }
}
