package dev.cermin.flow;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.cermin.fixture.KafkaProbe;
import dev.cermin.fixture.SharedKafka;
import dev.cermin.run.StepInterruptedException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.TestInstance;

/** Lanes on a real Kafka: whatever happens, each record's output is there exactly once. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LaneTest {
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final Map<String, AtomicInteger> begun = new ConcurrentHashMap<>();
    private final List<Lane> lanes = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();
    private KafkaProbe kafka;
    private String in;
    private String out;

    @BeforeAll
    void start() throws Exception {
        kafka = new KafkaProbe(SharedKafka.servers());
        kafka.create(Topics.DEAD_LETTERS, 1);
    }

    @AfterAll
    void stop() {
        kafka.close();
    }

    @BeforeEach
    void clear(TestInfo test) {
        in = test.getTestMethod().orElseThrow().getName() + ".in";
        out = test.getTestMethod().orElseThrow().getName() + ".out";
        begun.clear();
    }

    @AfterEach
    void stopLanes() throws InterruptedException {
        lanes.forEach(Lane::stop);
        for (Thread thread : threads) {
            assertThat(thread.join(PATIENCE)).isTrue();
        }
        lanes.clear();
        threads.clear();
    }

    @Test
    void whatIsDoneOutOfOrderIsNotDoneAgainByTheNextWorkerOfThatName() throws Exception {
        topics(1);
        List<String> keys = feed(60);
        Set<String> slow = Set.of("k0", "k7", "k30");
        Lane first = open("same", 16, record -> {
            if (slow.contains(record.key())) {
                forever();
            }
            return answer(record);
        });
        within().untilAsserted(() -> assertThat(outputs()).hasSize(57));
        stop(first);
        assertThat(outputs().keySet()).doesNotContainAnyElementsOf(slow);

        open("same", 4, this::answer);
        within().untilAsserted(() -> assertThat(outputs()).hasSize(60));
        stopLanes();
        assertEachOnce(keys);
        keys.stream()
                .filter(key -> !slow.contains(key))
                .forEach(key -> assertThat(begun.get(key)).as(key).hasValue(1));
        slow.forEach(key -> assertThat(begun.get(key)).as(key).hasValue(2));
    }

    @Test
    void aRecordThatIsCarriedIntoAnotherLaneHoldsUpNobodyInItsOwn() throws Exception {
        topics(1);
        List<String> keys = feed(40);
        Places places = new Places(Duration.ofMinutes(1));
        places.open("other", 3);
        places.enter("other").close();
        LaneHandler carried = (record, attempts, place) -> {
            if (Set.of("k0", "k1", "k2").contains(record.key()) && place.moveTo("other")) {
                forever();
            }
            return answer(record);
        };
        open("carrying", 1, Duration.ofMillis(200), places, carried);
        within().untilAsserted(() -> assertThat(outputs()).hasSize(keys.size() - 3));
        assertThat(places.taken("other")).isEqualTo(3);
    }

    @Test
    void aWorkerThatJoinsAndOneThatLeavesDoNothingTwice() throws Exception {
        topics(4);
        List<String> keys = feed(400);
        CountDownLatch joined = new CountDownLatch(1);
        AtomicInteger before = new AtomicInteger();
        Lane first = open("any-first", 8, record -> {
            if (before.incrementAndGet() > 100) {
                waitFor(joined);
            }
            return slowly(record, 20);
        });
        within().untilAsserted(() -> assertThat(outputs()).hasSize(100));
        Set<String> seconds = ConcurrentHashMap.newKeySet();
        open("any-second", 8, record -> {
            seconds.add(record.key());
            joined.countDown();
            return slowly(record, 60);
        });
        within().until(() -> seconds.size() > 20);
        stop(first);
        within().untilAsserted(() -> assertThat(outputs()).hasSize(400));
        stopLanes();
        assertEachOnce(keys);
    }

    @Test
    void aStepThatIsHandedBackAndComesAgainIsPublishedOnce() throws Exception {
        topics(2);
        List<String> keys = List.of("p0", "p1");
        kafka.send(new ProducerRecord<>(in, 0, "p0", bytes("0")));
        kafka.send(new ProducerRecord<>(in, 1, "p1", bytes("1")));
        CountDownLatch release = new CountDownLatch(1);
        AtomicInteger stubborn = new AtomicInteger();
        open("any-stays", 8, record -> {
            if (stubborn.incrementAndGet() <= 2) {
                deaf(release);
            }
            return answer(record);
        });
        within().until(() -> stubborn.get() == 2);
        CountDownLatch joined = new CountDownLatch(1);
        Lane visitor = open("any-visits", 8, record -> {
            joined.countDown();
            forever();
            return List.of();
        });
        assertThat(joined.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        stop(visitor);
        // its partition comes back, and the step with it: it is begun anew beside its deaf self
        within().until(() -> stubborn.get() == 3);
        release.countDown();
        within().untilAsserted(() -> assertThat(outputs()).hasSize(2));
        stopLanes();
        assertEachOnce(keys);
    }

    @Test
    void offsetsThatABrokerForgetsForAMomentAreNoReasonToDoAllAgain() throws Exception {
        topics(1);
        List<String> keys = feed(20);
        Lane before = open("before", 4, this::answer);
        within().untilAsserted(() -> assertThat(outputs()).hasSize(20));
        stop(before);
        TopicPartition place = new TopicPartition(in, 0);
        try (Admin admin = kafka.admin()) {
            OffsetAndMetadata known = admin.listConsumerGroupOffsets(in)
                    .partitionsToOffsetAndMetadata()
                    .get()
                    .get(place);
            within().ignoreExceptions().until(() -> {
                admin.deleteConsumerGroupOffsets(in, Set.of(place)).all().get();
                return true;
            });
            open("after", 4, this::answer);
            within().until(() -> !admin.describeConsumerGroups(List.of(in))
                    .all()
                    .get()
                    .get(in)
                    .members()
                    .isEmpty());
            Thread.sleep(500);
            LaneClients others = clients("any-other");
            try (Producer<String, byte[]> coordinator = others.producer("of-" + in);
                    Consumer<String, byte[]> nobody = others.consumer(in, 1)) {
                coordinator.initTransactions();
                coordinator.beginTransaction();
                coordinator.sendOffsetsToTransaction(Map.of(place, known), nobody.groupMetadata());
                coordinator.commitTransaction();
            }
        }
        kafka.send(new ProducerRecord<>(in, "last", bytes("of last")));
        within().untilAsserted(() -> assertThat(outputs()).containsKey("last"));
        stopLanes();
        keys.forEach(key -> assertThat(begun.get(key)).as(key).hasValue(1));
    }

    @Test
    void aLaneThatIsFencedBeginsAnewAndPublishesOnce() throws Exception {
        topics(2);
        List<String> keys = feed(200);
        open("fenced", 8, record -> slowly(record, 30));
        for (int i = 1; i <= 3; i++) {
            int some = i * 30;
            within().untilAsserted(() -> assertThat(outputs()).hasSizeGreaterThan(some));
            Producer<String, byte[]> other = clients("fenced").producer(in);
            other.initTransactions();
            other.close();
        }
        within().untilAsserted(() -> assertThat(outputs()).hasSize(200));
        stopLanes();
        assertEachOnce(keys);
    }

    @Test
    void noMoreThanTheConcurrencyIsInFlightAndNothingIsLeftBehind() throws Exception {
        topics(3);
        List<String> keys = feed(90);
        AtomicInteger inFlight = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        open("three", 3, record -> {
            most.accumulateAndGet(inFlight.incrementAndGet(), Math::max);
            try {
                return slowly(record, 15);
            } finally {
                inFlight.decrementAndGet();
            }
        });
        within().untilAsserted(() -> assertThat(outputs()).hasSize(90));
        assertThat(most).hasValue(3);
        assertEachOnce(keys);
    }

    @Test
    void aStoppingLaneFinishesWhatIsQuickAndHandsBackWhatIsSlow() throws Exception {
        topics(1);
        List<String> keys = feed(2);
        CountDownLatch both = new CountDownLatch(2);
        CountDownLatch stopping = new CountDownLatch(1);
        Lane lane = open("drains", 4, Duration.ofSeconds(3), record -> {
            both.countDown();
            if (record.key().equals("k1")) {
                forever();
            }
            deaf(stopping);
            return answer(record);
        });
        assertThat(both.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        lane.stop();
        stopping.countDown();
        stop(lane);
        assertThat(outputs()).containsOnlyKeys("k0");

        open("drains", 4, this::answer);
        within().untilAsserted(() -> assertThat(outputs()).hasSize(2));
        assertEachOnce(keys);
        assertThat(begun.get("k0")).hasValue(1);
    }

    @Test
    void anOutputThatTheBrokerWouldRefuseGoesToTheDeadLettersAndTheNextIsServed() throws Exception {
        topics(1);
        kafka.send(new ProducerRecord<>(in, "large", bytes("small enough")));
        kafka.send(new ProducerRecord<>(in, "next", bytes("small")));
        open(
                "large",
                4,
                record -> record.key().equals("large")
                        ? List.of(new ProducerRecord<>(out, record.key(), new byte[5 << 20]))
                        : answer(record));
        within().untilAsserted(() -> assertThat(outputs()).containsOnlyKeys("next"));
        within().untilAsserted(() -> assertThat(kafka.read(Topics.DEAD_LETTERS, "large"))
                .singleElement()
                .satisfies(letter -> {
                    assertThat(KafkaProbe.header(letter, "dead-letter-reason"))
                            .contains("5242")
                            .contains(out);
                    assertThat(KafkaProbe.header(letter, "dead-letter-topic")).isEqualTo(in);
                    assertThat(letter.value()).isEqualTo(bytes("small enough"));
                }));
    }

    @Test
    void aHandlerThatFailsSendsItsRecordToTheDeadLettersWhateverItThrows() throws Exception {
        topics(1);
        List<String> keys = List.of("unchecked", "error", "next");
        for (String key : keys) {
            kafka.send(new ProducerRecord<>(in, key, bytes("x")));
        }
        // each would fill the lane for good if it were lost
        open("fails", 1, record -> switch (record.key()) {
            case "unchecked" -> throw new IllegalArgumentException("what an argument");
            case "error" -> throw new LinkageError("no such class");
            default -> answer(record);
        });
        within().untilAsserted(() -> assertThat(outputs()).containsOnlyKeys("next"));
        within().untilAsserted(() -> assertThat(kafka.read(Topics.DEAD_LETTERS))
                .filteredOn(letter -> in.equals(KafkaProbe.header(letter, "dead-letter-topic")))
                .hasSize(2)
                .allSatisfy(letter -> {
                    assertThat(KafkaProbe.header(letter, "dead-letter-attempts"))
                            .isEqualTo("3");
                    Instant failed = Instant.parse(KafkaProbe.header(letter, "dead-letter-first-failure"));
                    assertThat(Instant.parse(KafkaProbe.header(letter, "dead-letter-timestamp")))
                            .isBefore(failed);
                    assertThat(Instant.ofEpochMilli(letter.timestamp())).isAfter(failed);
                })
                .satisfiesExactlyInAnyOrder(
                        letter -> assertThrown(letter, IllegalArgumentException.class, "what an argument"),
                        letter -> assertThrown(letter, LinkageError.class, "no such class")));
        assertThat(begun.get("next")).hasValue(1);
    }

    private static void assertThrown(ConsumerRecord<String, byte[]> letter, Class<?> type, String reason) {
        assertThat(KafkaProbe.header(letter, "dead-letter-reason")).contains(reason);
        assertThat(KafkaProbe.header(letter, "dead-letter-exception-class-name"))
                .isEqualTo(type.getName());
    }

    @Test
    void aDefectThatPassesIsNoReasonForADeadLetter() throws Exception {
        topics(1);
        List<String> keys = feed(3);
        open("passes", 2, record -> {
            if (record.key().equals("k1") && begun.get("k1").get() < 3) {
                throw new IllegalStateException("now and then");
            }
            return answer(record);
        });
        within().untilAsserted(() -> assertThat(outputs()).hasSize(3));
        assertEachOnce(keys);
        assertThat(begun.get("k1")).hasValue(3);
    }

    @Test
    void whatCanNotBeDoneNowIsDoneLaterAndTheRestMeanwhile() throws Exception {
        topics(1);
        List<String> keys = feed(20);
        CountDownLatch back = new CountDownLatch(1);
        // one place in the lane, which nothing that waits may take
        open("later", 1, record -> {
            if (record.key().equals("k0") && back.getCount() > 0) {
                throw new LaterException(LaterException.Kind.FAILED, "away", Duration.ofMillis(50));
            }
            return answer(record);
        });
        within().untilAsserted(() -> assertThat(outputs()).hasSize(19));
        within().until(() -> begun.get("k0").get() > 3);
        back.countDown();
        within().untilAsserted(() -> assertThat(outputs()).hasSize(20));
        assertEachOnce(keys);
    }

    @Test
    void moreThanALaneKeepsGoesToTheEndOfItsTopicAndIsPublishedOnce() throws Exception {
        topics(1);
        List<String> keys = feed(1_300);
        Lane lane = open("much", 16, record -> {
            if (Integer.parseInt(record.key().substring(1)) < 1_200) {
                throw new LaterException(LaterException.Kind.HELD, "away", Duration.ofMinutes(5));
            }
            return answer(record);
        });
        within().untilAsserted(() -> assertThat(outputs()).hasSize(100));
        assertThat(kafka.read(in)).hasSizeGreaterThan(1_300);
        // those at the end of the topic are begun when they are due; for a lane that starts anew, too
        stop(lane);
        assertThat(kafka.read(in))
                .filteredOn(record -> record.offset() >= 1_300)
                .allSatisfy(record -> {
                    assertThat(Attempts.notBefore(record.headers()))
                            .get(as(InstanceOfAssertFactories.INSTANT))
                            .isAfter(Instant.now().plusSeconds(60));
                    assertThat(Attempts.of(record.headers()).number()).isEqualTo(1);
                    assertThat(Attempts.of(record.headers()).firstFailure()).isNotNull();
                });
        Lane next = open("much", 16, this::answer);
        within().untilAsserted(() -> {
            next.hurry().all();
            assertThat(outputs()).hasSize(1_300);
        });
        assertEachOnce(keys);
    }

    @Test
    void aStepThatIsInterruptedByItsOwnLibraryIsBegunAgain() throws Exception {
        topics(1);
        List<String> keys = feed(3);
        open("again", 2, record -> {
            if (record.key().equals("k0") && begun.get("k0").get() < 3) {
                throw new StepInterruptedException(new InterruptedException("by the library"));
            }
            return answer(record);
        });
        within().untilAsserted(() -> assertThat(outputs()).hasSize(3));
        assertEachOnce(keys);
        assertThat(begun.get("k0")).hasValue(3);
    }

    @Test
    void oneStepThatHangsHoldsUpAWindowOfOthersAndNoMore() throws Exception {
        topics(1);
        int all = Progress.WINDOW + 300;
        feed(all);
        CountDownLatch release = new CountDownLatch(1);
        AtomicInteger done = new AtomicInteger();
        open("window", 256, record -> {
            if (record.key().equals("k0")) {
                deaf(release);
            }
            done.incrementAndGet();
            return List.of();
        });
        within().until(() -> done.get() == Progress.WINDOW - 1);
        release.countDown();
        within().until(() -> done.get() == all);
    }

    private static ConditionFactory within() {
        return await().atMost(PATIENCE).pollInterval(Duration.ofMillis(250));
    }

    private void topics(int partitions) throws Exception {
        kafka.create(in, partitions);
        kafka.create(out, 1);
        // else each lane would ask for a while whether really nothing was done yet
        Map<TopicPartition, OffsetAndMetadata> begins = IntStream.range(0, partitions)
                .boxed()
                .collect(Collectors.toMap(each -> new TopicPartition(in, each), each -> new OffsetAndMetadata(0)));
        try (Admin admin = kafka.admin()) {
            admin.alterConsumerGroupOffsets(in, begins).all().get();
        }
    }

    private List<String> feed(int count) throws Exception {
        List<String> keys = IntStream.range(0, count).mapToObj(i -> "k" + i).toList();
        kafka.sendAll(keys.stream()
                .map(key -> new ProducerRecord<>(in, key, bytes("of " + key)))
                .toList());
        return keys;
    }

    /** One whose name begins with any- leaves its group as it stops; the others' places are kept for 10 s. */
    private LaneClients clients(String worker) {
        Optional<String> stable = worker.startsWith("any-") ? Optional.empty() : Optional.of(worker);
        return new LaneClients(SharedKafka.settings(), stable, worker);
    }

    private interface Step {
        List<ProducerRecord<String, byte[]>> of(ConsumerRecord<String, byte[]> record);
    }

    private Lane open(String worker, int concurrency, Step step) {
        return open(worker, concurrency, Duration.ofMillis(200), step);
    }

    private Lane open(String worker, int concurrency, Duration drain, Step step) {
        LaneHandler counting = (record, attempts, place) -> {
            begun.computeIfAbsent(record.key(), key -> new AtomicInteger()).incrementAndGet();
            return step.of(record);
        };
        return open(worker, concurrency, drain, new Places(Duration.ZERO), counting);
    }

    private Lane open(String worker, int concurrency, Duration drain, Places places, LaneHandler counting) {
        Lane lane = new Lane(new Lane.Settings("lane", in, concurrency, drain), places, counting, clients(worker));
        lanes.add(lane);
        threads.add(Thread.ofPlatform().name(worker).start(lane));
        return lane;
    }

    private void stop(Lane lane) throws InterruptedException {
        lane.stop();
        assertThat(threads.get(lanes.indexOf(lane)).join(PATIENCE)).isTrue();
    }

    private List<ProducerRecord<String, byte[]>> answer(ConsumerRecord<String, byte[]> record) {
        return List.of(new ProducerRecord<>(out, record.key(), record.value()));
    }

    private List<ProducerRecord<String, byte[]>> slowly(ConsumerRecord<String, byte[]> record, int millis) {
        try {
            // how long depends on the record, so that they end out of order
            new CountDownLatch(1).await(1 + Math.floorMod(record.key().hashCode() * 31, millis), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            throw new StepInterruptedException(e);
        }
        return answer(record);
    }

    private static void forever() {
        waitFor(new CountDownLatch(1));
    }

    private static void waitFor(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new StepInterruptedException(e);
        }
    }

    /** Waits whether it is interrupted or not, as some clients do. */
    private static void deaf(CountDownLatch latch) {
        boolean done = false;
        while (!done) {
            try {
                latch.await();
                done = true;
            } catch (InterruptedException e) {
                done = latch.getCount() == 0;
            }
        }
    }

    private Map<String, Long> outputs() {
        return kafka.read(out).stream()
                .collect(Collectors.groupingBy(ConsumerRecord::key, TreeMap::new, Collectors.counting()));
    }

    private void assertEachOnce(List<String> keys) {
        Map<String, Long> outputs = outputs();
        assertThat(outputs).containsOnlyKeys(keys);
        assertThat(outputs.values()).containsOnly(1L);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }
}
