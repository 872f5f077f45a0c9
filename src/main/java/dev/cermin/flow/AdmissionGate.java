package dev.cermin.flow;

import dev.cermin.flow.Underway.Begun;
import dev.cermin.flow.Underway.Handled;
import dev.cermin.flow.admission.Candidate;
import dev.cermin.flow.admission.Turns;
import dev.cermin.json.JsonException;
import dev.cermin.loop.Task;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jboss.logging.Logger;

/**
 * Reads ahead, and lets tasks begin in the order that {@link Turns} says, as many as
 * {@link dev.cermin.flow.admission.UnderWay} allows: behind that, the lanes take what comes first. What lies in the wrong
 * partition, isn't due for long or came before doesn't begin, but leads to what else is to be done, in the same
 * transactions.
 */
final class AdmissionGate implements Gate {
    private static final Logger LOG = Logger.getLogger(AdmissionGate.class);
    private static final int READ_AT_ONCE = 500;

    /** What isn't due by then goes to where it lies till it is. */
    private static final Duration SOON = Duration.ofSeconds(5);

    /** So long a loop counts of which no end is heard. */
    private static final Duration LEASE = Duration.ofHours(1);

    private static final Duration COUNTED = Duration.ofSeconds(1);

    private final Admission admission;
    private final BegunTasks begunTasks;
    private final Kept kept = new Kept();
    private final Turns<Begun> turns;

    /** They need no turn: what can't be read, and what was cancelled. */
    private final Deque<Begun> first = new ArrayDeque<>();

    private final List<Handled> settled = new ArrayList<>();
    /** By the record, which stays the same one where it is begun again. */
    private final Map<ConsumerRecord<String, byte[]>, Running> running = new HashMap<>();

    private final Set<UUID> runningIds = new HashSet<>();
    private final Queue<UUID> cancelled = new ConcurrentLinkedQueue<>();
    private Instant counted = Instant.EPOCH;

    private record Running(Begun begun, UUID id) {}

    AdmissionGate(Admission admission, BegunTasks begunTasks) {
        this.admission = admission;
        this.begunTasks = begunTasks;
        this.turns = new Turns<>(admission.settings().weight());
    }

    /** From any thread. */
    void cancelled(UUID task) {
        cancelled.add(task);
    }

    @Override
    public int readAtOnce(int concurrency) {
        return READ_AT_ONCE;
    }

    @Override
    public void add(Begun read) {
        TaskNote note;
        try {
            note = TaskNote.of(read.record());
        } catch (JsonException e) {
            LOG.debugf("What can't be read is set aside by whoever begins it: %s", e.getMessage());
            first.add(read);
            return;
        }
        UUID id = note.id();
        Instant now = admission.clock().instant();
        if (id == null) {
            first.add(read);
        } else if (!note.isKeyOf(read.record())) {
            // so that all messages with that id come by here, one after another
            settle(read, List.of(TaskNote.again(read.record(), id)));
        } else if (turns.contains(id) || runningIds.contains(id) || begunTasks.contains(read, id)) {
            LOG.debugf("Task %s came again, and is passed over", id);
            admission.listener().duplicate();
            settle(read, List.of());
        } else if (admission.isCancelled(id)) {
            first.add(read);
            note(read, id, now);
        } else if (note.startAt() != null && note.startAt().isAfter(now.plus(SOON))) {
            settle(read, List.of(TaskNote.delayed(read.record())));
        } else {
            turns.add(waiting(read, note, id));
        }
    }

    private Candidate<Begun> waiting(Begun read, TaskNote note, UUID id) {
        var record = kept.of(read.record());
        return new Candidate<>(
                id,
                note.tenant() == null ? Task.DEFAULT_TENANT : note.tenant(),
                note.priority() == null ? 0 : note.priority(),
                Instant.ofEpochMilli(record.timestamp()),
                note.startAt(),
                kept.bytes(record),
                new Begun(record, read.own(), read.attempts()));
    }

    private void settle(Begun read, List<ProducerRecord<String, byte[]>> out) {
        settled.add(new Handled(read, Messages.publishable(read.record(), out)));
    }

    /** It begins now, or as soon as there is a place. */
    private void note(Begun begun, UUID id, Instant now) {
        running.put(begun.record(), new Running(begun, id));
        runningIds.add(id);
        admission.underWay().begun(id, now.plus(LEASE));
    }

    @Override
    public List<Begun> open(int places) {
        Instant now = admission.clock().instant();
        for (UUID id = cancelled.poll(); id != null; id = cancelled.poll()) {
            turns.take(id).ifPresent(task -> {
                first.add(task.source());
                note(task.source(), task.id(), now);
            });
        }
        List<Begun> opened = new ArrayList<>();
        while (opened.size() < places && !first.isEmpty()) {
            opened.add(first.remove());
        }
        for (int free = admission.underWay().free(now); opened.size() < places && free > 0; free--) {
            Optional<Candidate<Begun>> next = turns.next(now);
            if (next.isEmpty()) {
                break;
            }
            note(next.get().source(), next.get().id(), now);
            opened.add(next.get().source());
        }
        if (counted.plus(COUNTED).isBefore(now)) {
            admission.listener().waiting(turns.byTenant());
            counted = now;
        }
        return opened;
    }

    @Override
    public List<Handled> settled() {
        List<Handled> all = List.copyOf(settled);
        settled.clear();
        return all;
    }

    @Override
    public Handled ended(Handled handled) {
        Running known = running.remove(handled.begun().record());
        if (known == null) {
            return handled;
        }
        UUID id = known.id();
        runningIds.remove(id);
        if (goesTo(Topics.DEAD_LETTERS, handled)) {
            admission.underWay().forget(id);
            return handled;
        }
        if (goesTo(Topics.RESULTS, handled) || goesTo(Topics.REVIEWS, handled)) {
            admission.underWay().ended(id);
        }
        List<ProducerRecord<String, byte[]>> out = new ArrayList<>(handled.out());
        begunTasks.add(handled.begun(), id).ifPresent(out::add);
        return new Handled(handled.begun(), out);
    }

    private static boolean goesTo(String topic, Handled handled) {
        return handled.out().stream().anyMatch(record -> record.topic().equals(topic));
    }

    @Override
    public boolean wasOpened(Begun begun) {
        return running.containsKey(begun.record());
    }

    @Override
    public void left(Begun begun) {
        Running gone = running.remove(begun.record());
        if (gone != null) {
            forgotten(gone);
        }
    }

    @Override
    public boolean isFull(int running, int concurrency) {
        return turns.bytes() >= admission.settings().bytes() || first.size() >= READ_AT_ONCE;
    }

    @Override
    public Duration patience(Duration most, int places) {
        Instant now = admission.clock().instant();
        boolean room = places > 0 && turns.hasDue(now) && admission.underWay().free(now) > 0;
        if (room || !settled.isEmpty() || !cancelled.isEmpty()) {
            return Duration.ZERO;
        }
        return turns.nextDue()
                .map(due -> Duration.between(now, due).plusMillis(1))
                .filter(wait -> wait.compareTo(most) < 0)
                // one whose time has come waits for room, of which we are told
                .filter(wait -> wait.isPositive())
                .orElse(most);
    }

    @Override
    public void keepOnly(Predicate<Begun> ours) {
        turns.removeIf(task -> !ours.test(task.source()));
        first.removeIf(ours.negate());
        settled.removeIf(handled -> !ours.test(handled.begun()));
        begunTasks.keepOnly(ours);
        running.values().removeIf(each -> !ours.test(each.begun()) && forgotten(each));
    }

    private boolean forgotten(Running gone) {
        runningIds.remove(gone.id());
        admission.underWay().forget(gone.id());
        return true;
    }

    @Override
    public void close() {
        running.values().forEach(this::forgotten);
        running.clear();
    }
}
