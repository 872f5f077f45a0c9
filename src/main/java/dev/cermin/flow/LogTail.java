package dev.cermin.flow;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;

/** Reads the end of a partition, to the last record of whoever wrote it before. */
final class LogTail {
    private static final Duration POLL = Duration.ofMillis(250);
    /** Longer than any transaction stays open. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private LogTail() {}

    /**
     * Passes by what is committed. Where a transaction is being committed, its end is awaited: its records count.
     *
     * @param since what is older is passed over
     * @param most offsets from the end
     */
    static void read(
            LaneClients clients,
            TopicPartition place,
            Instant since,
            long most,
            Consumer<ConsumerRecord<String, byte[]>> each) {
        long end = end(clients, place);
        var reader = clients.follower();
        try {
            reader.assign(List.of(place));
            long first = reader.beginningOffsets(List.of(place)).get(place);
            OffsetAndTimestamp found =
                    reader.offsetsForTimes(Map.of(place, since.toEpochMilli())).get(place);
            long from = Math.max(Math.max(first, end - most), found == null ? end : found.offset());
            reader.seek(place, from);
            long moved = System.nanoTime();
            for (long before = from; before < end; ) {
                reader.poll(POLL).forEach(each);
                long now = reader.position(place);
                if (now > before) {
                    moved = System.nanoTime();
                } else if (System.nanoTime() - moved > PATIENCE.toNanos()) {
                    throw new TimeoutException("Nothing of %s came for %d s, at offset %d of %d"
                            .formatted(place, PATIENCE.toSeconds(), now, end));
                }
                before = now;
            }
        } finally {
            clients.close(reader);
        }
    }

    /** Behind what anyone has written, committed or not. */
    static long end(LaneClients clients, TopicPartition place) {
        var looker = clients.unguarded();
        try {
            looker.assign(List.of(place));
            return looker.endOffsets(List.of(place)).get(place);
        } finally {
            clients.close(looker);
        }
    }
}
