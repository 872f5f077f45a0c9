package dev.cermin.verify;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds the passage of a text that differs from another in the fewest words (Sellers 1980). Not thread-safe. */
final class Nearest {
    private static final Pattern WORD = Pattern.compile("\\S+");
    private static final Pattern MARKS = Pattern.compile("[^\\p{L}\\p{N}]+");
    /** Pairs of words that are compared, for all passages together; about a second. */
    private static final long MOST = 10_000_000;

    private record Word(String plain, int start, int end) {}

    private final String text;
    private final List<Word> there;
    private long left = MOST;

    Nearest(String text) {
        this.text = text;
        this.there = words(text);
    }

    /** The passage as it stands in the text, where at most two words in five differ, and there was time to look. */
    Optional<String> to(String piece) {
        List<Word> wanted = words(piece);
        long pairs = (long) wanted.size() * there.size();
        if (pairs == 0 || pairs > left) {
            return Optional.empty();
        }
        left -= pairs;
        int n = wanted.size();
        // by the words of the piece so far: the fewest changes to end at the current word of the text, and the begin
        int[] changes = new int[n + 1];
        int[] begin = new int[n + 1];
        for (int i = 0; i <= n; i++) {
            changes[i] = i;
        }
        int fewest = n * 2 / 5;
        int nearestBegin = -1;
        int nearestEnd = -1;
        for (int j = 0; j < there.size(); j++) {
            advance(wanted, j, changes, begin);
            boolean fitter = nearestEnd < 0 || off(n, begin[n], j) <= off(n, nearestBegin, nearestEnd);
            boolean nearer = changes[n] < fewest || (changes[n] == fewest && fitter);
            if (nearer && begin[n] <= j) {
                fewest = changes[n];
                nearestBegin = begin[n];
                nearestEnd = j;
            }
        }
        return nearestEnd < 0
                ? Optional.empty()
                : Optional.of(text.substring(
                        there.get(nearestBegin).start(), there.get(nearestEnd).end()));
    }

    /** From the word before to this one. */
    private void advance(List<Word> wanted, int j, int[] changes, int[] begin) {
        int diagonal = changes[0];
        int diagonalBegin = j;
        begin[0] = j + 1;
        for (int i = 1; i < changes.length; i++) {
            boolean same = wanted.get(i - 1).plain().equals(there.get(j).plain());
            int best = same ? diagonal : diagonal + 1;
            int from = diagonalBegin;
            diagonal = changes[i];
            diagonalBegin = begin[i];
            if (changes[i] + 1 < best) {
                best = changes[i] + 1;
                from = begin[i];
            }
            if (changes[i - 1] + 1 < best) {
                best = changes[i - 1] + 1;
                from = begin[i - 1];
            }
            changes[i] = best;
            begin[i] = from;
        }
    }

    /** By how many words the passage is longer or shorter than the piece. */
    private static int off(int n, int begin, int end) {
        return Math.abs(end - begin + 1 - n);
    }

    private static List<Word> words(String text) {
        List<Word> words = new ArrayList<>();
        Matcher matcher = WORD.matcher(text);
        while (matcher.find()) {
            String plain = MARKS.matcher(matcher.group()).replaceAll("").toLowerCase(Locale.ROOT);
            words.add(new Word(plain, matcher.start(), matcher.end()));
        }
        return words;
    }
}
