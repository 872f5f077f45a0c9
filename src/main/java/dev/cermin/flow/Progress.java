package dev.cermin.flow;

import java.util.Base64;
import java.util.BitSet;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.jspecify.annotations.Nullable;

/**
 * What is done of one partition, where steps end in another order than they began. The committed offset is the first
 * one that is still open; those done behind it are kept in the commit's metadata, a bit each, so that nothing that is
 * done is done again by whoever reads on. Not thread-safe: the lane's own thread uses it.
 */
final class Progress {
    /** This far behind an open step others may be begun; the metadata so stays under the broker's 4096 bytes. */
    static final int WINDOW = 20_000;

    private static final String MARK = "done:";

    private final NavigableMap<Long, Boolean> seen = new TreeMap<>();
    private final BitSet doneBefore;
    private final long base;
    private long next;
    private long wanted;

    /** @param committed what the last reader left; null for a partition that was never committed */
    Progress(@Nullable OffsetAndMetadata committed, long position) {
        this.base = committed == null ? position : committed.offset();
        this.next = base;
        this.doneBefore = committed == null ? new BitSet() : decode(committed.metadata());
    }

    /** Whether the next record may be begun; where not, it is to be fetched again once {@link #full} says no more. */
    boolean admits(long offset) {
        wanted = offset;
        return !full();
    }

    /** Takes note of a record; false where it was done before and is to be skipped. */
    boolean begin(long offset) {
        if (offset < base) {
            // the topic was made anew or the group reset: what was done then says nothing about these
            doneBefore.clear();
        }
        next = offset + 1;
        long behind = offset - base;
        boolean done = behind >= 0 && behind < Integer.MAX_VALUE && doneBefore.get((int) behind);
        seen.put(offset, done);
        return !done;
    }

    void done(long offset) {
        seen.put(offset, true);
    }

    /** Whether the next record is so far behind an open step that it may not be begun. */
    boolean full() {
        long open = firstOpen();
        return open >= 0 && Math.max(next, wanted) - open >= WINDOW;
    }

    /** What is to be committed; what lies before is forgotten. */
    OffsetAndMetadata commit() {
        long open = firstOpen();
        long position = open < 0 ? next : open;
        seen.headMap(position).clear();
        BitSet behind = new BitSet();
        seen.forEach((offset, done) -> {
            if (done) {
                behind.set((int) (offset - position));
            }
        });
        // an earlier reader's, not come by again so far
        int i = doneBefore.nextSetBit((int) Math.min(Math.max(next - base, 0), Integer.MAX_VALUE));
        for (; i >= 0; i = doneBefore.nextSetBit(i + 1)) {
            behind.set((int) (base + i - position));
        }
        return new OffsetAndMetadata(position, encode(behind));
    }

    /** How many steps behind the committed offset are done. */
    static int doneAhead(OffsetAndMetadata committed) {
        return decode(committed.metadata()).cardinality();
    }

    /** The first step that is begun and not done, or -1. */
    private long firstOpen() {
        for (Map.Entry<Long, Boolean> entry : seen.entrySet()) {
            if (!entry.getValue()) {
                return entry.getKey();
            }
        }
        return -1;
    }

    private static String encode(BitSet bits) {
        return bits.isEmpty() ? "" : MARK + Base64.getEncoder().withoutPadding().encodeToString(bits.toByteArray());
    }

    private static BitSet decode(String metadata) {
        if (!metadata.startsWith(MARK)) {
            // not ours: somebody reset the group by hand, which says nothing about single steps
            return new BitSet();
        }
        try {
            return BitSet.valueOf(Base64.getDecoder().decode(metadata.substring(MARK.length())));
        } catch (IllegalArgumentException e) {
            throw new IllegalStateException("The offsets' metadata is cut off or garbled: " + metadata, e);
        }
    }
}
