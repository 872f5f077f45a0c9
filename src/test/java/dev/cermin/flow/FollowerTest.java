package dev.cermin.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.cermin.fixture.KafkaProbe;
import dev.cermin.fixture.SharedKafka;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

class FollowerTest {
    private static final String TOPIC = "followed";

    @Test
    void partitionsThatAreAddedAreFollowedFromTheirBeginning() throws Exception {
        List<String> heard = new CopyOnWriteArrayList<>();
        Map<String, Object> settings = new HashMap<>(SharedKafka.settings());
        settings.put("metadata.max.age.ms", 300);
        LaneClients clients = new LaneClients(settings, Optional.empty(), "follower");
        try (KafkaProbe kafka = new KafkaProbe(SharedKafka.servers())) {
            kafka.create(TOPIC, 1);
            kafka.send(new ProducerRecord<>(TOPIC, 0, "before", new byte[0]));
            Follower follower = new Follower(TOPIC, Duration.ofMinutes(1), clients, record -> heard.add(record.key()));
            Thread thread = Thread.ofPlatform().start(follower);
            await().until(() -> heard.contains("before"));

            try (var admin = kafka.admin()) {
                admin.createPartitions(Map.of(TOPIC, NewPartitions.increaseTo(3)))
                        .all()
                        .get();
            }
            try (KafkaProbe later = new KafkaProbe(SharedKafka.servers())) {
                later.send(new ProducerRecord<>(TOPIC, 2, "added", new byte[0]));
                later.send(new ProducerRecord<>(TOPIC, 0, "as before", new byte[0]));
            }
            await().atMost(Duration.ofSeconds(30)).until(() -> heard.size() == 3);
            assertThat(heard).containsExactlyInAnyOrder("before", "added", "as before");
            follower.stop();
            assertThat(thread.join(Duration.ofSeconds(10))).isTrue();
        }
    }
}
