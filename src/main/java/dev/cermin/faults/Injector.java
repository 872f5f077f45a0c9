package dev.cermin.faults;

import dev.cermin.cluster.Cluster;
import dev.cermin.cluster.Part;
import dev.cermin.cluster.Records;
import dev.cermin.cluster.Service;
import dev.cermin.cluster.TcpProxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.RetriableException;

/** Does one fault, and undoes it. Several at once where they have different targets. Thread-safe. */
final class Injector {
    private static final Duration SLOW = Duration.ofMillis(40);
    private static final int TAIL = 40;
    private static final int ATTEMPTS = 10;

    private final Cluster cluster;
    private final Clients clients;
    private final Ledger ledger;
    private final Map<String, ReentrantLock> locks = new ConcurrentHashMap<>();
    private final Map<FaultKind, AtomicInteger> repeated = new ConcurrentHashMap<>();

    Injector(Cluster cluster, Clients clients, Ledger ledger) {
        this.cluster = cluster;
        this.clients = clients;
        this.ledger = ledger;
    }

    /** How many messages were sent again or for nothing. */
    int repeated(FaultKind kind) {
        return repeated.getOrDefault(kind, new AtomicInteger()).get();
    }

    /** Returns when it is undone: what was killed is started again, though it may not answer yet. */
    void inject(Fault fault) throws InterruptedException {
        switch (fault.kind().does()) {
            case KILL -> down(targets(fault), Part::kill, Part::launch, fault.length());
            case STOP -> down(targets(fault), part -> ((Service) part).stop(), Part::launch, fault.length());
            case PAUSE -> down(targets(fault), Part::pause, Part::resume, fault.length());
            case NETWORK -> network(fault);
            case REPEAT -> repeat(fault);
            case CANCEL -> cancel(fault);
        }
    }

    private List<Part> targets(Fault fault) {
        if (fault.kind() != FaultKind.KILL_EVERYTHING) {
            return List.of(cluster.part(fault.target()));
        }
        List<Part> all = new ArrayList<>(cluster.parts());
        // and so started again in any order
        Collections.shuffle(all, new Random(fault.seed()));
        return all;
    }

    private interface Act {
        void on(Part part);
    }

    private void down(List<Part> parts, Act hurt, Act undo, Duration length) throws InterruptedException {
        // in one order for all, so that two that want several don't wait for each other
        List<ReentrantLock> held = parts.stream()
                .map(Part::name)
                .sorted()
                .map(name -> locks.computeIfAbsent(name, n -> new ReentrantLock()))
                .toList();
        held.forEach(ReentrantLock::lock);
        try {
            parts.parallelStream().forEach(hurt::on);
            Thread.sleep(length);
            parts.forEach(undo::on);
        } finally {
            held.forEach(ReentrantLock::unlock);
        }
    }

    private void network(Fault fault) throws InterruptedException {
        TcpProxy network = cluster.network(fault.target());
        switch (fault.kind()) {
            case CUT_NETWORK -> network.cut();
            case SLOW_NETWORK -> {
                network.delay(SLOW);
                Thread.sleep(fault.length());
                network.delay(Duration.ZERO);
            }
            default -> {
                network.silence(true);
                Thread.sleep(fault.length());
                network.silence(false);
            }
        }
    }

    /** Some of the latest messages come once more, to where they came first. */
    private void repeat(Fault fault) {
        Random random = new Random(fault.seed());
        List<ConsumerRecord<String, byte[]>> latest = latest(fault);
        Collections.shuffle(latest, random);
        List<ConsumerRecord<String, byte[]>> some = latest.subList(0, Math.min(latest.size(), 1 + random.nextInt(5)));
        for (ConsumerRecord<String, byte[]> record : some) {
            clients.send(new ProducerRecord<>(
                    record.topic(), record.partition(), record.key(), record.value(), record.headers()));
            count(fault.kind());
        }
    }

    /** Another fault may keep Kafka away for longer than its client waits by itself. */
    private List<ConsumerRecord<String, byte[]>> latest(Fault fault) {
        for (int attempt = 1; ; attempt++) {
            try (Records records = new Records(cluster.bootstrapServers())) {
                return new ArrayList<>(records.latest(fault.target(), TAIL));
            } catch (RetriableException e) {
                if (attempt == ATTEMPTS) {
                    throw e;
                }
            }
        }
    }

    private void cancel(Fault fault) {
        Random random = new Random(fault.seed());
        if (fault.kind() == FaultKind.CANCEL_EARLY) {
            UUID task = clients.announce();
            clients.cancel(task);
            clients.byTopic(task);
            count(fault.kind());
            return;
        }
        boolean ended = fault.kind() == FaultKind.CANCEL_LATE;
        List<UUID> tasks = new ArrayList<>(ledger.acknowledged().keySet());
        tasks.removeIf(task -> ledger.results().containsKey(task) != ended);
        Collections.shuffle(tasks, random);
        for (UUID task : tasks.subList(0, Math.min(tasks.size(), 5))) {
            clients.cancel(task);
            if (fault.kind() == FaultKind.CANCEL_TWICE) {
                clients.cancel(task);
            }
            clients.cancelByRest(task);
            count(fault.kind());
        }
    }

    private void count(FaultKind kind) {
        repeated.computeIfAbsent(kind, k -> new AtomicInteger()).incrementAndGet();
    }
}
