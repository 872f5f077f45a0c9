package dev.cermin.cluster;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.GroupListing;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/** What groups have not read. */
public final class Backlog {
    private Backlog() {}

    /**
     * Where a group has not read all there is: offsets that are stuck, or messages that nobody took. The ends of
     * transactions have offsets, too, so records are counted, not offsets.
     */
    public static List<String> unread(String bootstrapServers) throws InterruptedException, ExecutionException {
        List<String> unread = new ArrayList<>();
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers));
                Records records = new Records(bootstrapServers)) {
            for (GroupListing group : admin.listGroups().all().get()) {
                Map<TopicPartition, OffsetAndMetadata> committed = admin.listConsumerGroupOffsets(group.groupId())
                        .partitionsToOffsetAndMetadata()
                        .get();
                committed.keySet().stream()
                        .map(TopicPartition::topic)
                        .distinct()
                        .flatMap(topic -> records.partitions(topic).stream())
                        .forEach(partition -> {
                            long count = records.unread(partition, committed.get(partition));
                            if (count > 0) {
                                unread.add("group %s has %d messages of %s unread"
                                        .formatted(group.groupId(), count, partition));
                            }
                        });
            }
        }
        return unread;
    }
}
