package dev.cermin.plan;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Neighbouring pieces over cards in order, as llama-server's {@code -sm layer} has it.
 *
 * @param counts pieces of each card
 */
record Split(List<Integer> counts) {
    Split {
        counts = List.copyOf(counts);
    }

    /**
     * Fills the cards evenly: the fullest is as empty as can be.
     *
     * @param pieces bytes, in order
     * @param room bytes of each card; negative is none
     * @return null where they don't fit
     */
    static @Nullable Split even(long[] pieces, long[] room) {
        if (fill(pieces, room, 1) == null) {
            return null;
        }
        double enough = 1;
        double tooLittle = 0;
        for (int i = 0; i < 40; i++) {
            double middle = (enough + tooLittle) / 2;
            if (fill(pieces, room, middle) == null) {
                tooLittle = middle;
            } else {
                enough = middle;
            }
        }
        return fill(pieces, room, enough);
    }

    private static @Nullable Split fill(long[] pieces, long[] room, double share) {
        Integer[] counts = new Integer[room.length];
        Arrays.fill(counts, 0);
        int next = 0;
        for (int card = 0; card < room.length; card++) {
            long left = share == 1 ? room[card] : (long) (room[card] * share);
            while (next < pieces.length && pieces[next] <= left) {
                left -= pieces[next++];
                counts[card]++;
            }
        }
        return next == pieces.length ? new Split(List.of(counts)) : null;
    }
}
