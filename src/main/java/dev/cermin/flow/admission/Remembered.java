package dev.cermin.flow.admission;

import java.util.UUID;

/**
 * The latest ids, some 32 bytes each: at least half as many as it is made for, then the older half is forgotten at once.
 * Not thread-safe.
 */
public final class Remembered {
    private final int half;
    private Ids young = new Ids();
    private Ids old = new Ids();

    /** @param most ids, from 2 */
    public Remembered(int most) {
        this.half = Math.max(1, most / 2);
    }

    public void add(UUID id) {
        if (contains(id)) {
            return;
        }
        if (young.size == half) {
            old = young;
            young = new Ids();
        }
        young.add(id.getMostSignificantBits(), id.getLeastSignificantBits());
    }

    public boolean contains(UUID id) {
        long high = id.getMostSignificantBits();
        long low = id.getLeastSignificantBits();
        return young.contains(high, low) || old.contains(high, low);
    }

    public int size() {
        return young.size + old.size;
    }

    /** A hash set with open addressing; nothing is ever taken out. The id of zeros, which marks a free slot, is apart. */
    private static final class Ids {
        private static final int FIRST = 64;

        private long[] slots = new long[2 * FIRST];
        private boolean zeros;
        private int size;

        boolean contains(long high, long low) {
            return (high | low) == 0 ? zeros : !free(find(slots, high, low));
        }

        void add(long high, long low) {
            size++;
            if ((high | low) == 0) {
                zeros = true;
                return;
            }
            if (4L * size > slots.length) {
                grow();
            }
            put(slots, high, low);
        }

        private void grow() {
            long[] larger = new long[2 * slots.length];
            for (int i = 0; i < slots.length; i += 2) {
                if (!free(i)) {
                    put(larger, slots[i], slots[i + 1]);
                }
            }
            slots = larger;
        }

        private static void put(long[] slots, long high, long low) {
            int at = find(slots, high, low);
            slots[at] = high;
            slots[at + 1] = low;
        }

        private boolean free(int at) {
            return (slots[at] | slots[at + 1]) == 0;
        }

        /** Where it is, or else would be. */
        private static int find(long[] slots, long high, long low) {
            int mask = slots.length - 2;
            // ids may be anyone's, so their bits are mixed
            long mixed = (high ^ Long.rotateLeft(low, 32)) * 0x9E3779B97F4A7C15L;
            int at = (int) (mixed >>> 32) & mask;
            while ((slots[at] | slots[at + 1]) != 0 && (slots[at] != high || slots[at + 1] != low)) {
                at = (at + 2) & mask;
            }
            return at;
        }
    }
}
