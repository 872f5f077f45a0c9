package dev.cermin.tune.source;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.LongStream;

/**
 * A text as the sorted set of its runs of three words, hashed to 64 bits; case and white space don't count, and each sign
 * is a word. Numbers do count: problems that differ in them differ.
 */
final class Shingles {
    private static final int WORDS = 3;
    private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{M}\\p{N}]+|[^\\s\\p{L}\\p{M}\\p{N}]");

    private final long[] hashes;

    private Shingles(long[] hashes) {
        this.hashes = hashes;
    }

    static Shingles of(String text) {
        List<String> words = words(text);
        int runs = Math.max(1, words.size() - WORDS + 1);
        long[] all = new long[runs];
        for (int i = 0; i < runs; i++) {
            all[i] = hash(words.subList(i, Math.min(words.size(), i + WORDS)));
        }
        return new Shingles(Arrays.stream(all).sorted().distinct().toArray());
    }

    LongStream hashes() {
        return Arrays.stream(hashes);
    }

    /** In lower case. */
    static List<String> words(String text) {
        List<String> words = new ArrayList<>();
        Matcher found = WORD.matcher(text.toLowerCase(Locale.ROOT));
        while (found.find()) {
            words.add(found.group());
        }
        return words;
    }

    /** How much of both is in both, from 0 to 1. */
    double jaccard(Shingles other) {
        int shared = 0;
        for (int i = 0, j = 0; i < hashes.length && j < other.hashes.length; ) {
            int order = Long.compare(hashes[i], other.hashes[j]);
            shared += order == 0 ? 1 : 0;
            i += order <= 0 ? 1 : 0;
            j += order >= 0 ? 1 : 0;
        }
        return (double) shared / (hashes.length + other.hashes.length - shared);
    }

    /** Whether {@link #jaccard} is at least this, often told before all is looked at. */
    boolean reaches(double least, Shingles other) {
        // with m in only one of both, at most (all - m) / (all + m) are in both
        double most = (hashes.length + other.hashes.length) * (1 - least) / (1 + least) + 1e-6;
        if (Math.abs(hashes.length - other.hashes.length) > most) {
            return false;
        }
        int single = 0;
        for (int i = 0, j = 0; i < hashes.length && j < other.hashes.length; ) {
            long own = hashes[i];
            long its = other.hashes[j];
            if (own != its && ++single > most) {
                return false;
            }
            i += own <= its ? 1 : 0;
            j += its <= own ? 1 : 0;
        }
        return jaccard(other) >= least;
    }

    private static long hash(List<String> words) {
        long hash = 1125899906842597L;
        for (String word : words) {
            for (int i = 0; i < word.length(); i++) {
                hash = 31 * hash + word.charAt(i);
            }
            hash = mixed(hash + 1);
        }
        return hash;
    }

    /** SplitMix64's finish: every bit of the input moves every bit of the output. */
    static long mixed(long value) {
        long z = (value ^ (value >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }
}
