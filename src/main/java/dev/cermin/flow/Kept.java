package dev.cermin.flow;

import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.header.internals.RecordHeaders;

/**
 * Records that are kept for a while, made small: the client's own hold on to what they were read from, and each has its
 * agent's definition anew. Not thread-safe.
 */
final class Kept {
    private static final int DEFINITIONS = 64;
    /** Of the record, its key and its headers as objects. */
    private static final int OVERHEAD = 1_500;

    private final Map<ByteBuffer, byte[]> definitions = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<ByteBuffer, byte[]> eldest) {
            return size() > DEFINITIONS;
        }
    };

    ConsumerRecord<String, byte[]> of(ConsumerRecord<String, byte[]> record) {
        RecordHeaders headers = new RecordHeaders();
        for (Header header : record.headers()) {
            byte[] value = header.value();
            boolean shared = value != null && header.key().equals(Messages.AGENT_HEADER);
            headers.add(new RecordHeader(
                    header.key(), shared ? definitions.computeIfAbsent(ByteBuffer.wrap(value), same -> value) : value));
        }
        return new ConsumerRecord<>(
                record.topic(),
                record.partition(),
                record.offset(),
                record.timestamp(),
                record.timestampType(),
                record.serializedKeySize(),
                record.serializedValueSize(),
                record.key(),
                record.value(),
                headers,
                Optional.empty());
    }

    /** What it takes, near enough. */
    long bytes(ConsumerRecord<String, byte[]> record) {
        long bytes = OVERHEAD;
        bytes += record.value() == null ? 0 : record.value().length;
        for (Header header : record.headers()) {
            boolean counts = header.value() != null && !header.key().equals(Messages.AGENT_HEADER);
            bytes += counts ? header.value().length : 0;
        }
        return bytes;
    }
}
