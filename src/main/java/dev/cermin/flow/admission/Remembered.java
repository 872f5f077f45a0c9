package dev.cermin.flow.admission;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.UUID;

/**
 * The latest ids, some 24 bytes each. They lie in tables of one size, a sixteenth of all, and the oldest table is forgotten
 * when another is begun: so memory grows by little at a time, and nothing is copied. Not thread-safe.
 */
public final class Remembered {
    private static final int TABLES = 16;

    private final int room;
    private final int most;
    /** The latest first. */
    private final Deque<Ids> tables = new ArrayDeque<>();

    /** @param most ids, from 2; at least seven eighths of them are remembered */
    public Remembered(int most) {
        this.room = Math.max(1, (most + TABLES - 1) / TABLES);
        this.most = most / room;
    }

    public void add(UUID id) {
        if (contains(id)) {
            return;
        }
        if (tables.isEmpty() || tables.getFirst().size == room) {
            if (tables.size() == most) {
                tables.removeLast();
            }
            tables.addFirst(new Ids(room));
        }
        tables.getFirst().add(id.getMostSignificantBits(), id.getLeastSignificantBits());
    }

    public boolean contains(UUID id) {
        long high = id.getMostSignificantBits();
        long low = id.getLeastSignificantBits();
        for (Ids table : tables) {
            if (table.contains(high, low)) {
                return true;
            }
        }
        return false;
    }

    public int size() {
        int size = 0;
        for (Ids table : tables) {
            size += table.size;
        }
        return size;
    }

    /** A hash set with open addressing; nothing is ever taken out. The id of zeros, which marks a free slot, is apart. */
    private static final class Ids {
        private final long[] slots;
        private boolean zeros;
        private int size;

        /** @param most that are ever added: two thirds of the slots */
        Ids(int most) {
            slots = new long[2 * (most + most / 2 + 1)];
        }

        boolean contains(long high, long low) {
            return (high | low) == 0 ? zeros : !free(find(high, low));
        }

        void add(long high, long low) {
            size++;
            if ((high | low) == 0) {
                zeros = true;
                return;
            }
            int at = find(high, low);
            slots[at] = high;
            slots[at + 1] = low;
        }

        private boolean free(int at) {
            return (slots[at] | slots[at + 1]) == 0;
        }

        /** Where it is, or else would be. */
        private int find(long high, long low) {
            // ids may be anyone's, so their bits are mixed; the upper half of them, as a share of the slots
            long mixed = (high ^ Long.rotateLeft(low, 32)) * 0x9E3779B97F4A7C15L;
            int at = 2 * (int) (((mixed >>> 32) * (slots.length / 2)) >>> 32);
            while (!free(at) && (slots[at] != high || slots[at + 1] != low)) {
                at = at + 2 == slots.length ? 0 : at + 2;
            }
            return at;
        }
    }
}
