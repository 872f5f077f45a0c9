package dev.cermin.model.jlama;

import java.util.ArrayList;
import java.util.List;

/**
 * How a prompt is cut before it goes into Jlama.
 *
 * <p>Above 256 tokens Jlama returns the last batch only. And its matrix kernels work in tiles and skip the corner where
 * neither rows nor columns fill a tile: tiles are 3 rows high in the Java kernels, 5 in the native ones, and the columns
 * left over depend on the thread count. So a span is a multiple of 15 rows, or 3, 2 or 1, which leaves no corner.
 */
record Spans(int start, int length) {
    private static final int LONGEST = 255;

    static List<Spans> of(int tokens) {
        List<Spans> spans = new ArrayList<>();
        int start = 0;
        while (start < tokens) {
            int length = fit(Math.min(LONGEST, tokens - start));
            spans.add(new Spans(start, length));
            start += length;
        }
        return spans;
    }

    /**
     * How tokens from {@code start} to {@code end} are cut where it does no harm to read a few more behind them: a last
     * span is made up to a multiple of 15, where {@code context} has room, instead of being cut into up to five.
     */
    static List<Spans> padded(int start, int end, int context) {
        List<Spans> spans = new ArrayList<>();
        int at = start;
        while (at < end) {
            int left = end - at;
            int whole = Math.min(LONGEST, (left + 14) / 15 * 15);
            int length = left > 3 && at + whole <= context ? whole : fit(Math.min(LONGEST, left));
            spans.add(new Spans(at, length));
            at += length;
        }
        return spans;
    }

    private static int fit(int left) {
        if (left >= 15) {
            return left / 15 * 15;
        }
        return Math.min(left, 3);
    }
}
