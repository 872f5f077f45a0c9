package dev.cermin.flow;

import java.util.Base64;
import java.util.BitSet;
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
    /** Beyond this many offsets the metadata would outgrow the broker's limit of 4096 bytes. */
    static final int WINDOW = 20_000;

    private final NavigableMap<Long, Boolean> seen = new TreeMap<>();
    private final BitSet doneBefore;
    private final long base;
    private long next;

    /** @param committed what the last reader left; null for a partition that was never committed */
    Progress(@Nullable OffsetAndMetadata committed, long position) {
        this.base = committed == null ? position : committed.offset();
        this.next = base;
        this.doneBefore = committed == null ? new BitSet() : decode(committed.metadata());
    }

    /** Takes note of a record; false where it was done before and is to be skipped. */
    boolean begin(long offset) {
        next = offset + 1;
        long behind = offset - base;
        boolean done = behind >= 0 && behind < Integer.MAX_VALUE && doneBefore.get((int) behind);
        seen.put(offset, done);
        return !done;
    }

    void done(long offset) {
        seen.put(offset, true);
    }

    /** Whether so much is done behind an open step that no more may be begun. */
    boolean full() {
        return next - position() > WINDOW;
    }

    /** What is to be committed; what lies before is forgotten. */
    OffsetAndMetadata commit() {
        long position = position();
        seen.headMap(position).clear();
        BitSet behind = new BitSet();
        seen.forEach((offset, done) -> {
            if (done) {
                behind.set((int) (offset - position));
            }
        });
        return new OffsetAndMetadata(position, encode(behind));
    }

    private long position() {
        return seen.entrySet().stream()
                .filter(entry -> !entry.getValue())
                .mapToLong(entry -> entry.getKey())
                .findFirst()
                .orElse(next);
    }

    private static String encode(BitSet bits) {
        return bits.isEmpty() ? "" : Base64.getEncoder().withoutPadding().encodeToString(bits.toByteArray());
    }

    private static BitSet decode(String metadata) {
        try {
            return BitSet.valueOf(Base64.getDecoder().decode(metadata));
        } catch (IllegalArgumentException e) {
            // not ours: somebody reset the group by hand, which says nothing about single steps
            return new BitSet();
        }
    }
}
