package dev.cermin.eval;

import java.util.List;

/**
 * What an answer scored.
 *
 * @param read what was read from it as the answer proper; empty where nothing could be
 * @param marks under each convention, the one that decides first; the same conventions for all items of a suite
 * @param reason why, in a line
 */
public record Score(String read, List<Mark> marks, String reason) {
    public Score {
        marks = List.copyOf(marks);
        if (marks.isEmpty()) {
            throw new IllegalArgumentException("A score needs a mark");
        }
    }

    /** Whether it is right by the convention that decides. */
    public boolean right() {
        return marks.getFirst().full();
    }
}
