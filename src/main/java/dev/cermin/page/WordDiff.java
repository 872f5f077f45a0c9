package dev.cermin.page;

import com.github.difflib.DiffUtils;
import com.github.difflib.algorithm.myers.MyersDiffWithLinearSpace;
import com.github.difflib.patch.AbstractDelta;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * Two texts side by side: lines first, then words within those that differ.
 *
 * @param rows in order
 * @param added how many words came
 * @param removed how many went
 */
public record WordDiff(List<Row> rows, int added, int removed) {
    /** Of more lines or words than that, a stretch is shown as changed as a whole: to compare it would take too long. */
    private static final int MOST = 4000;

    /** Lines around a change that are shown. */
    private static final int CONTEXT = 3;

    private static final Pattern WORDS = Pattern.compile("\\s+|\\w+|[^\\w\\s]", Pattern.UNICODE_CHARACTER_CLASS);

    /**
     * Lines that stand beside each other.
     *
     * @param kind {@code same}, {@code changed}, or {@code folded}: the same, and far from any change
     * @param lines how many, of the earlier text
     */
    public record Row(String kind, int lines, List<Span> before, List<Span> after) {}

    public WordDiff {
        rows = List.copyOf(rows);
    }

    public boolean same() {
        return added == 0 && removed == 0;
    }

    static WordDiff of(String before, String after) {
        Builder builder = new Builder();
        List<String> old = before.lines().toList();
        List<String> now = after.lines().toList();
        int at = 0;
        for (Edit edit : edits(old, now)) {
            builder.same(old.subList(at, edit.from()), at > 0, true);
            builder.changed(
                    String.join("\n", old.subList(edit.from(), edit.to())),
                    String.join("\n", now.subList(edit.newFrom(), edit.newTo())));
            at = edit.to();
        }
        builder.same(old.subList(at, old.size()), at > 0, false);
        return new WordDiff(builder.rows, builder.added, builder.removed);
    }

    /** A stretch that stands in another's place; either may be empty. */
    private record Edit(int from, int to, int newFrom, int newTo) {}

    /** In order, with something that is the same between each two: the library may tell one as an insertion and a deletion. */
    private static List<Edit> edits(List<String> before, List<String> after) {
        List<Edit> edits = new ArrayList<>();
        for (AbstractDelta<String> delta :
                DiffUtils.diff(before, after, new MyersDiffWithLinearSpace<>()).getDeltas()) {
            int from = delta.getSource().getPosition();
            int newFrom = delta.getTarget().getPosition();
            int to = from + delta.getSource().size();
            int newTo = newFrom + delta.getTarget().size();
            Edit last = edits.isEmpty() ? null : edits.getLast();
            if (last != null && last.to() == from && last.newTo() == newFrom) {
                edits.set(edits.size() - 1, new Edit(last.from(), to, last.newFrom(), newTo));
            } else {
                edits.add(new Edit(from, to, newFrom, newTo));
            }
        }
        return edits;
    }

    private static final class Builder {
        private final List<Row> rows = new ArrayList<>();
        private int added;
        private int removed;

        private void same(List<String> lines, boolean follows, boolean leads) {
            int top = follows ? CONTEXT : 0;
            int bottom = leads ? CONTEXT : 0;
            if (lines.size() <= top + bottom + 2) {
                row("same", lines);
            } else {
                row("same", lines.subList(0, top));
                row("folded", lines.subList(top, lines.size() - bottom));
                row("same", lines.subList(lines.size() - bottom, lines.size()));
            }
        }

        private void row(String kind, List<String> lines) {
            if (!lines.isEmpty()) {
                List<Span> spans = Spans.of(String.join("\n", lines));
                rows.add(new Row(kind, lines.size(), spans, spans));
            }
        }

        private void changed(String before, String after) {
            List<String> old = words(before);
            List<String> now = words(after);
            List<Span> left = new ArrayList<>();
            List<Span> right = new ArrayList<>();
            if (old.size() > MOST || now.size() > MOST) {
                removed(old, left);
                added(now, right);
            } else {
                int at = 0;
                int here = 0;
                for (Edit edit : edits(old, now)) {
                    Spans.add(left, "plain", "", String.join("", old.subList(at, edit.from())));
                    Spans.add(right, "plain", "", String.join("", now.subList(here, edit.newFrom())));
                    removed(old.subList(edit.from(), edit.to()), left);
                    added(now.subList(edit.newFrom(), edit.newTo()), right);
                    at = edit.to();
                    here = edit.newTo();
                }
                Spans.add(left, "plain", "", String.join("", old.subList(at, old.size())));
                Spans.add(right, "plain", "", String.join("", now.subList(here, now.size())));
            }
            rows.add(new Row("changed", (int) before.lines().count(), left, right));
        }

        private void removed(List<String> words, List<Span> left) {
            Spans.add(left, "del", "", String.join("", words));
            removed += count(words);
        }

        private void added(List<String> words, List<Span> right) {
            Spans.add(right, "ins", "", String.join("", words));
            added += count(words);
        }

        private static int count(List<String> words) {
            return (int) words.stream().filter(word -> !word.isBlank()).count();
        }

        private static List<String> words(String text) {
            return WORDS.matcher(text).results().map(MatchResult::group).toList();
        }
    }
}
