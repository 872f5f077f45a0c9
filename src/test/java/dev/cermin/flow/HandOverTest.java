package dev.cermin.flow;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.cermin.fixture.KafkaProbe;
import dev.cermin.fixture.SharedKafka;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

/** What failed in one worker is known to have failed in the next one. */
class HandOverTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final List<Lane> lanes = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();
    /** By worker and key, the attempts that were made. */
    private final Map<String, List<Attempts>> made = new ConcurrentHashMap<>();

    private final KafkaProbe kafka = new KafkaProbe(SharedKafka.servers());
    private String in;
    private String out;

    @BeforeEach
    void names(TestInfo test) {
        in = test.getTestMethod().orElseThrow().getName() + ".in";
        out = test.getTestMethod().orElseThrow().getName() + ".out";
    }

    @AfterEach
    void stop() throws InterruptedException {
        for (Lane lane : lanes) {
            stop(lane);
        }
        kafka.close();
    }

    @Test
    void aStoppingLaneSendsOnHowOftenItsStepsFailed() throws Exception {
        topics(1);
        for (String key : List.of("away", "held", "fine")) {
            kafka.send(new ProducerRecord<>(in, key, key.getBytes(UTF_8)));
        }
        Lane first = open("first", Duration.ofMinutes(5));
        within().until(() -> made("first").equals(Map.of("away", 1, "held", 1, "fine", 1)));
        Instant failed = Instant.now();
        stop(first);
        assertThat(kafka.read(in)).hasSize(5);

        Lane second = open("second", Duration.ofMillis(1));
        within().until(() -> {
            second.hurry().all();
            return made("second").getOrDefault("away", 0) > 1 && made("second").containsKey("held");
        });
        Attempts again = made.get("second away").getFirst();
        assertThat(again.number()).isEqualTo(2);
        assertThat(again.firstFailure()).isBeforeOrEqualTo(failed);
        assertThat(made.get("second held").getFirst().number()).isEqualTo(1);
        assertThat(made.get("second held").getFirst().firstFailure()).isBeforeOrEqualTo(failed);
        assertThat(made("second")).doesNotContainKey("fine");
        assertThat(kafka.read(out)).hasSize(1);
    }

    @Test
    void aPartitionThatGoesToAnotherWorkerTakesThemAlong() throws Exception {
        topics(2);
        kafka.send(new ProducerRecord<>(in, 0, "away", "0".getBytes(UTF_8)));
        kafka.send(new ProducerRecord<>(in, 1, "away", "1".getBytes(UTF_8)));
        open("any-first", Duration.ofMinutes(5));
        within().until(() -> made("any-first").equals(Map.of("away", 2)));

        Lane second = open("any-second", Duration.ofMillis(1));
        within().until(() -> {
            second.hurry().all();
            return made("any-second").containsKey("away");
        });
        assertThat(made.get("any-second away").getFirst().number()).isEqualTo(2);
    }

    private Map<String, Integer> made(String worker) {
        Map<String, Integer> counts = new ConcurrentHashMap<>();
        made.forEach((name, attempts) -> {
            if (name.startsWith(worker + " ")) {
                counts.put(name.substring(worker.length() + 1), attempts.size());
            }
        });
        return counts;
    }

    private void topics(int partitions) throws Exception {
        kafka.create(in, partitions);
        kafka.create(out, 1);
    }

    private Lane open(String worker, Duration delay) {
        LaneHandler handler = (record, attempts, place) -> {
            made.computeIfAbsent(worker + " " + record.key(), key -> new ArrayList<>())
                    .add(attempts);
            return switch (record.key()) {
                case "away" -> throw new LaterException(LaterException.Kind.FAILED, "away", delay);
                case "held" -> throw new LaterException(LaterException.Kind.HELD, "away", delay);
                default -> List.of(new ProducerRecord<>(out, record.key(), record.value()));
            };
        };
        Optional<String> stable = worker.startsWith("any-") ? Optional.empty() : Optional.of("stable");
        Lane lane = new Lane(
                new Lane.Settings("lane", in, 1, Duration.ofMillis(200)),
                new Places(Duration.ZERO),
                handler,
                new LaneClients(SharedKafka.settings(), stable, worker));
        lanes.add(lane);
        threads.add(Thread.ofPlatform().name(worker).start(lane));
        return lane;
    }

    private void stop(Lane lane) throws InterruptedException {
        lane.stop();
        assertThat(threads.get(lanes.indexOf(lane)).join(PATIENCE)).isTrue();
    }

    private static ConditionFactory within() {
        return await().atMost(PATIENCE).pollInterval(Duration.ofMillis(100));
    }
}
