package dev.cermin.flow;

import java.util.Base64;
import java.util.BitSet;
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
    /** So much is gathered before what lies behind is dropped. */
    private static final int SHIFT = 8_192;

    /** Of offsets from {@link #base} on: begun and not done. */
    private BitSet open = new BitSet();

    /** The same: done, by us or by an earlier reader. */
    private BitSet done;

    private long base;
    private long next;
    private long wanted;

    /** @param committed what the last reader left; null for a partition that was never committed */
    Progress(@Nullable OffsetAndMetadata committed, long position) {
        this.base = committed == null ? position : committed.offset();
        this.next = base;
        this.done = committed == null ? new BitSet() : decode(committed.metadata());
    }

    /** Whether the next record may be begun; where not, it is to be fetched again once {@link #full} says no more. */
    boolean admits(long offset) {
        wanted = offset;
        return !full();
    }

    /** Takes note of a record; false where it was done before and is to be skipped. */
    boolean begin(long offset) {
        if (offset < base || (open.isEmpty() && offset - base > WINDOW + SHIFT)) {
            // the topic was made anew or the group reset, or lost much: what was done then says nothing about these
            open.clear();
            done.clear();
            base = offset;
        }
        next = offset + 1;
        int at = (int) (offset - base);
        if (done.get(at)) {
            return false;
        }
        open.set(at);
        return true;
    }

    void done(long offset) {
        int at = (int) (offset - base);
        if (offset >= base && open.get(at)) {
            open.clear(at);
            done.set(at);
        }
    }

    /** Whether the next record is so far behind an open step that it may not be begun. */
    boolean full() {
        int first = open.nextSetBit(0);
        return first >= 0 && Math.max(next, wanted) - base - first >= WINDOW;
    }

    /** What is to be committed; what lies before is forgotten. */
    OffsetAndMetadata commit() {
        int first = open.nextSetBit(0);
        int position = first < 0 ? (int) (next - base) : first;
        var commit =
                new OffsetAndMetadata(base + position, encode(done.get(position, Math.max(position, done.length()))));
        if (position >= SHIFT) {
            open = open.get(position, Math.max(position, open.length()));
            done = done.get(position, Math.max(position, done.length()));
            base += position;
        }
        return commit;
    }

    /** How many steps behind the committed offset are done. */
    static int doneAhead(OffsetAndMetadata committed) {
        return decode(committed.metadata()).cardinality();
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
