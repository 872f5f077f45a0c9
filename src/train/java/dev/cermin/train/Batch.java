package dev.cermin.train;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;

/**
 * Rows of sequences, packed one behind another; each sees itself alone.
 *
 * @param tokens rows by columns
 * @param targets the next tokens; {@link #NONE} where none counts
 * @param weights of the targets
 * @param pieces which sequence of its row a token belongs to
 */
@SuppressWarnings("ArrayRecordComponent")
record Batch(int rows, int columns, long[] tokens, long[] targets, float[] weights, long[] pieces) {
    static final int NONE = -100;
    /** Sequences that fit nowhere, before the rows count as full. */
    private static final int MISFITS = 4;

    static Batch pack(Supplier<Sequence> source, int rows, int columns) {
        List<List<Sequence>> packed = new ArrayList<>();
        int[] used = new int[rows];
        for (int row = 0; row < rows; row++) {
            packed.add(new ArrayList<>());
        }
        for (int misfits = 0; misfits < MISFITS; ) {
            Sequence sequence = source.get();
            int row = fullestWithRoom(used, sequence.length(), columns);
            if (row < 0) {
                misfits++;
                continue;
            }
            packed.get(row).add(sequence);
            used[row] += sequence.length();
        }
        return of(packed, columns);
    }

    private static int fullestWithRoom(int[] used, int length, int columns) {
        int best = -1;
        for (int row = 0; row < used.length; row++) {
            if (used[row] + length <= columns && (best < 0 || used[row] > used[best])) {
                best = row;
            }
        }
        return best;
    }

    private static Batch of(List<List<Sequence>> packed, int columns) {
        int rows = packed.size();
        Batch batch = new Batch(
                rows,
                columns,
                new long[rows * columns],
                new long[rows * columns],
                new float[rows * columns],
                new long[rows * columns]);
        Arrays.fill(batch.tokens, Token.PAD);
        Arrays.fill(batch.targets, NONE);
        for (int row = 0; row < rows; row++) {
            int at = row * columns;
            int piece = 1;
            for (Sequence sequence : packed.get(row)) {
                batch.put(sequence, at, piece++);
                at += sequence.length();
            }
        }
        return batch;
    }

    /** Each in a row of its own. */
    static Batch each(List<Sequence> sequences) {
        int longest = sequences.stream().mapToInt(Sequence::length).max().orElse(1);
        return of(sequences.stream().map(List::of).toList(), longest);
    }

    /** The rows of all. */
    static Batch join(List<Batch> batches) {
        int columns = batches.getFirst().columns;
        int rows = batches.stream().mapToInt(Batch::rows).sum();
        Batch all = new Batch(
                rows,
                columns,
                new long[rows * columns],
                new long[rows * columns],
                new float[rows * columns],
                new long[rows * columns]);
        int at = 0;
        for (Batch batch : batches) {
            int size = batch.tokens.length;
            System.arraycopy(batch.tokens, 0, all.tokens, at, size);
            System.arraycopy(batch.targets, 0, all.targets, at, size);
            System.arraycopy(batch.weights, 0, all.weights, at, size);
            System.arraycopy(batch.pieces, 0, all.pieces, at, size);
            at += size;
        }
        return all;
    }

    private void put(Sequence sequence, int start, int piece) {
        for (int i = 0; i < sequence.length(); i++) {
            int at = start + i;
            tokens[at] = sequence.tokens()[i];
            pieces[at] = piece;
            if (i + 1 < sequence.length() && sequence.weights()[i + 1] > 0) {
                targets[at] = sequence.tokens()[i + 1];
                weights[at] = sequence.weights()[i + 1];
            }
        }
    }
}
