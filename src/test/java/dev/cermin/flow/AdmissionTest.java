package dev.cermin.flow;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.cermin.fixture.KafkaProbe;
import dev.cermin.fixture.SharedKafka;
import io.quarkus.runtime.ShutdownEvent;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.awaitility.core.ConditionFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Tasks on a real Kafka, as they begin; what they begin with is a record that no lane works on. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AdmissionTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String BEGUN = "begun";
    private static final int IN_FLIGHT = 10;

    private final List<OneProcess> processes = new ArrayList<>();
    private final Map<UUID, String> cancelled = new ConcurrentHashMap<>();
    private final Set<UUID> broken = ConcurrentHashMap.newKeySet();
    /** As they began, wherever that was. */
    private final List<UUID> order = new CopyOnWriteArrayList<>();

    private final Map<UUID, Instant> times = new ConcurrentHashMap<>();
    private final AtomicInteger duplicates = new AtomicInteger();
    private volatile boolean ending;
    private KafkaProbe kafka;

    @BeforeAll
    void start() throws Exception {
        kafka = new KafkaProbe(SharedKafka.servers());
        Map<String, Integer> topics = Map.of(
                Topics.TASKS,
                2,
                Topics.TASKS_DELAYED,
                2,
                Topics.TASKS_BEGUN,
                2,
                Topics.RESULTS,
                2,
                Topics.DEAD_LETTERS,
                1,
                BEGUN,
                1);
        kafka.create(topics.entrySet().stream()
                .map(topic -> new NewTopic(topic.getKey(), topic.getValue(), (short) 1)
                        .configs(Topics.settings(topic.getKey(), Duration.ofHours(24))))
                .toList());
    }

    @AfterAll
    void stop() {
        kafka.close();
    }

    @AfterEach
    void stopProcesses() throws InterruptedException {
        for (OneProcess process : List.copyOf(processes)) {
            process.stop();
        }
        order.clear();
        ending = false;
    }

    @Test
    void anUrgentTaskAndAnotherTenantsOvertakeAFlood() throws Exception {
        OneProcess process = new OneProcess("any-flood");
        List<UUID> flood = submit(2_000, "flood", 0, null);
        within().until(() -> waiting(process, "flood") == 2_000 - IN_FLIGHT);
        assertThat(order).as("no more are under way").hasSize(IN_FLIGHT);

        List<UUID> few = submit(5, "other", 0, null);
        List<UUID> urgent = submit(1, "flood", 5, null);
        within().until(() -> waiting(process, "other") == 5 && waiting(process, "flood") == 2_001 - IN_FLIGHT);
        ending = true;
        order.subList(0, IN_FLIGHT).forEach(this::end);
        within().until(() -> order.size() == 2_006);

        // turns are exact; those of a moment run on threads of their own
        assertThat(order.subList(0, IN_FLIGHT + 4)).containsAll(urgent);
        assertThat(order.subList(0, IN_FLIGHT + 1 + 2 * few.size() + 4)).containsAll(few);
        List<UUID> all = new ArrayList<>(flood);
        all.addAll(few);
        all.addAll(urgent);
        assertBegunOnce(all);
    }

    @Test
    void theSameTaskBeginsOnceHoweverOftenAndByWhomeverItIsPut() throws Exception {
        ending = true;
        OneProcess first = new OneProcess("any-first");
        int before = duplicates.get();
        UUID id = UUID.randomUUID();
        put(id.toString(), task(id, "again", 0, null));
        put(id.toString(), task(id, "again", 0, null));
        put(null, task(id, "again", 0, null));
        put("a key of its own", task(id, "again", 0, null));
        within().until(() -> duplicates.get() - before == 3);
        first.stop();

        UUID next = UUID.randomUUID();
        put(id.toString(), task(id, "again", 0, null));
        new OneProcess("any-second");
        put(next.toString(), task(next, "again", 0, null));
        within().until(() -> duplicates.get() - before == 4 && order.contains(next));
        assertBegunOnce(List.of(id, next));
    }

    @Test
    void aTaskThatWasSetAsideBeforeItBeganBeginsWhenItIsSentAgain() throws Exception {
        ending = true;
        new OneProcess("any-letters");
        UUID id = UUID.randomUUID();
        broken.add(id);
        put(id.toString(), task(id, "mended", 0, null));
        DeadLetters letters = new DeadLetters(SharedKafka.settings());
        within().until(() ->
                letters.latest(10).stream().anyMatch(letter -> id.toString().equals(letter.task())));
        broken.remove(id);
        letters.replay(
                letters.latest(10).stream()
                        .filter(letter -> id.toString().equals(letter.task()))
                        .findFirst()
                        .orElseThrow()
                        .id(),
                false);
        within().until(() -> order.contains(id));
        assertBegunOnce(List.of(id));
    }

    @Test
    void noneBeginsBeforeItsTimeAndWhatIsDelayedOutlastsARestart() throws Exception {
        ending = true;
        OneProcess first = new OneProcess("any-early");
        List<UUID> atOnce = submit(1, "timely", 0, Instant.now().minusSeconds(5));
        // its partitions take a while to get to it
        within().until(() -> order.containsAll(atOnce));
        Instant now = Instant.now();
        Instant soon = now.plusSeconds(2);
        Instant later = now.plusSeconds(9);
        List<UUID> inAMoment = submit(3, "timely", 9, soon);
        List<UUID> inAWhile = submit(30, "timely", 9, later);
        List<UUID> never = submit(2, "timely", 9, now.plus(Duration.ofDays(30)));
        within().until(() -> delayed().containsAll(inAWhile) && delayed().containsAll(never));
        within().until(() -> order.containsAll(inAMoment));
        first.stop();

        OneProcess second = new OneProcess("any-late");
        within().until(() -> order.containsAll(inAWhile));
        inAMoment.forEach(id -> assertThat(times.get(id)).isAfterOrEqualTo(soon).isBefore(soon.plusSeconds(10)));
        inAWhile.forEach(id -> assertThat(times.get(id)).isAfterOrEqualTo(later));
        within().until(() -> !delayed().removeAll(inAWhile));
        assertThat(delayed()).containsAll(never);
        assertThat(order).doesNotContainAnyElementsOf(never);

        // its end takes no model, so it needn't wait for it
        UUID gone = never.getFirst();
        cancelled.put(gone, "the test");
        second.cancelled(gone);
        within().until(() -> order.contains(gone) && !delayed().contains(gone));
        List<UUID> all = new ArrayList<>(atOnce);
        all.addAll(inAMoment);
        all.addAll(inAWhile);
        all.add(gone);
        assertBegunOnce(all);
    }

    @Test
    void processesThatComeAndGoBeginEachOnceAndLoseNone() throws Exception {
        ending = true;
        OneProcess first = new OneProcess("any-one");
        List<UUID> all = new ArrayList<>(submit(300, "a", 0, null));
        within().until(() -> order.size() > 50);
        OneProcess second = new OneProcess("any-two");
        all.addAll(submit(300, "b", 3, null));
        within().until(() -> order.size() > 200);
        first.stop();
        all.addAll(submit(300, "c", 0, null));
        within().until(() -> order.size() > 500);
        second.stop();
        new OneProcess("any-three");
        within().until(() -> begun().containsAll(all));
        assertBegunOnce(all);
    }

    @Test
    void aCancelledTaskNeedsNoTurn() throws Exception {
        OneProcess process = new OneProcess("any-cancel");
        submit(IN_FLIGHT, "busy", 0, null);
        within().until(() -> order.size() == IN_FLIGHT);
        UUID id = submit(1, "busy", -5, null).getFirst();
        within().until(() -> waiting(process, "busy") == 1);
        cancelled.put(id, "the test");
        process.cancelled(id);
        within().until(() -> order.contains(id));
        order.forEach(this::end);
    }

    @Test
    void whatIsNoTaskIsSetAsideAndHoldsUpNobody() throws Exception {
        ending = true;
        new OneProcess("any-garbage");
        for (String garbage : List.of("", "{", "[]", "{\"id\":7}", "{\"id\":\"x\",\"startAt\":\"soon\"}", "null")) {
            kafka.send(new ProducerRecord<>(Topics.TASKS, 0, "garbage", garbage.getBytes(UTF_8)));
        }
        UUID id = submit(1, "after", 0, null).getFirst();
        within().until(() -> order.contains(id));
        within().untilAsserted(() ->
                assertThat(kafka.read(Topics.DEAD_LETTERS, "garbage")).hasSize(6));
    }

    private int waiting(OneProcess process, String tenant) {
        return process.waiting.getOrDefault(tenant, 0);
    }

    private List<UUID> submit(int count, String tenant, int priority, @Nullable Instant startAt) throws Exception {
        List<UUID> ids =
                IntStream.range(0, count).mapToObj(i -> UUID.randomUUID()).toList();
        kafka.sendAll(ids.stream()
                .map(id -> new ProducerRecord<>(Topics.TASKS, id.toString(), task(id, tenant, priority, startAt)))
                .toList());
        return ids;
    }

    private void put(@Nullable String key, byte[] task) throws Exception {
        kafka.send(new ProducerRecord<>(Topics.TASKS, key, task));
    }

    private static byte[] task(UUID id, String tenant, int priority, @Nullable Instant startAt) {
        String start = startAt == null ? "" : ",\"startAt\":\"%s\"".formatted(startAt);
        return "{\"id\":\"%s\",\"agent\":\"any\",\"input\":\"any\",\"tenant\":\"%s\",\"priority\":%d%s}"
                .formatted(id, tenant, priority, start)
                .getBytes(UTF_8);
    }

    private void end(UUID id) {
        try {
            kafka.send(new ProducerRecord<>(Topics.RESULTS, id.toString(), new byte[0]));
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** What began for good: as committed. */
    private List<UUID> begun() {
        return kafka.read(BEGUN).stream()
                .map(record -> UUID.fromString(record.key()))
                .toList();
    }

    private List<UUID> delayed() {
        Map<String, Optional<byte[]>> table = kafka.read(Topics.TASKS_DELAYED).stream()
                .collect(Collectors.toMap(
                        ConsumerRecord::key, record -> Optional.ofNullable(record.value()), (before, now) -> now));
        return table.entrySet().stream()
                .filter(entry -> entry.getValue().isPresent())
                .map(entry -> UUID.fromString(entry.getKey()))
                .collect(Collectors.toCollection(ArrayList::new));
    }

    private void assertBegunOnce(List<UUID> ids) {
        within().until(() -> begun().containsAll(ids));
        assertThat(begun().stream().filter(ids::contains)).containsExactlyInAnyOrderElementsOf(ids);
    }

    private static ConditionFactory within() {
        return await().atMost(PATIENCE).pollInterval(Duration.ofMillis(200));
    }

    /** What a worker runs of it. */
    private final class OneProcess {
        private final LaneClients clients;
        private final Admission admission;
        private final Delayed delayed;
        private final Lane lane;
        private final Ends ends;
        private final List<Thread> threads = new ArrayList<>();
        private volatile Map<String, Integer> waiting = Map.of();

        OneProcess(String name) {
            clients = new LaneClients(SharedKafka.settings(), Optional.empty(), name);
            Clock clock = Clock.systemUTC();
            var settings = new Admission.Settings(IN_FLIGHT, 64 << 20, Duration.ofHours(1), 1_000, tenant -> 1);
            admission = new Admission(
                    settings, clients, clock, id -> Optional.ofNullable(cancelled.get(id)), new Admission.Listener() {
                        @Override
                        public void duplicate() {
                            duplicates.incrementAndGet();
                        }

                        @Override
                        public void waiting(Map<String, Integer> byTenant) {
                            waiting = byTenant;
                        }
                    });
            delayed = new Delayed(clients, clock, new DelayedTasks(id -> Optional.ofNullable(cancelled.get(id))));
            ends = new Ends(clients);
            ends.listen(admission::ended);
            lane = new Lane(
                    new Lane.Settings("intake", Topics.TASKS, 16, Duration.ofSeconds(5)),
                    new Places(Duration.ZERO),
                    admission,
                    (record, attempts, place) -> begin(record),
                    clients);
            threads.add(Thread.ofPlatform().start(lane));
            threads.add(Thread.ofPlatform().start(delayed));
            processes.add(this);
        }

        private List<ProducerRecord<String, byte[]>> begin(ConsumerRecord<String, byte[]> record) {
            TaskNote note;
            try {
                note = TaskNote.of(record);
            } catch (RuntimeException e) {
                return List.of(Messages.deadLetter(record, "no task"));
            }
            if (note.id() == null || broken.contains(note.id())) {
                return List.of(Messages.deadLetter(record, "broken"));
            }
            order.add(note.id());
            times.put(note.id(), Instant.now());
            if (ending) {
                Thread.ofVirtual().start(() -> end(note.id()));
            }
            return List.of(new ProducerRecord<>(BEGUN, note.id().toString(), record.value()));
        }

        void cancelled(UUID id) {
            admission.cancelled(id);
            delayed.cancelled(id);
        }

        void stop() throws InterruptedException {
            processes.remove(this);
            lane.stop();
            delayed.stop();
            ends.stop(new ShutdownEvent());
            for (Thread thread : threads) {
                assertThat(thread.join(PATIENCE)).isTrue();
            }
        }
    }
}
