package dev.cermin.tune.source;

import java.util.Arrays;
import java.util.function.IntPredicate;

/**
 * Texts by the keys of their bands: a hash table of chains in arrays, about 16 bytes a key. Of keys the lower halves are
 * kept, so what is found is to be compared. One thread at a time.
 */
final class Bands {
    static final int NONE = -1;

    private final int each;
    private int[] heads = filled(1 << 10);
    private int[] next = new int[1 << 10];
    private int[] keys = new int[1 << 10];
    private int size;
    /** The search that came upon a text last. */
    private int[] looked = new int[1 << 5];

    private int searches;

    /** @param each keys that every text has */
    Bands(int each) {
        this.each = each;
    }

    /** Texts are numbered from 0 as they are added. */
    void add(long[] bands) {
        if (size + each > next.length) {
            grow();
        }
        for (long band : bands) {
            keys[size] = (int) band;
            link(size++);
        }
    }

    /** A text with one of these keys of which it holds, {@link #NONE} where there is none. Each text is looked at once. */
    int find(long[] bands, IntPredicate holds) {
        searches++;
        if (looked.length * each < size) {
            looked = Arrays.copyOf(looked, 2 * (size / each));
        }
        for (long band : bands) {
            for (int entry = heads[slot((int) band)]; entry != NONE; entry = next[entry]) {
                int text = entry / each;
                if (keys[entry] == (int) band && looked[text] != searches) {
                    looked[text] = searches;
                    if (holds.test(text)) {
                        return text;
                    }
                }
            }
        }
        return NONE;
    }

    private void link(int entry) {
        int slot = slot(keys[entry]);
        next[entry] = heads[slot];
        heads[slot] = entry;
    }

    private int slot(int key) {
        return key & heads.length - 1;
    }

    private void grow() {
        next = Arrays.copyOf(next, 2 * next.length);
        keys = Arrays.copyOf(keys, next.length);
        heads = filled(next.length);
        for (int entry = 0; entry < size; entry++) {
            link(entry);
        }
    }

    private static int[] filled(int slots) {
        int[] all = new int[slots];
        Arrays.fill(all, NONE);
        return all;
    }
}
