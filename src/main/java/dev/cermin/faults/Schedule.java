package dev.cermin.faults;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** The faults of a seed, always the same. Kinds are dealt like cards, so that even a short run has most of them. */
final class Schedule {
    private static final List<String> STORES = List.of("kafka", "postgres");
    private static final List<String> LANES =
            List.of("cermin.steps.generate", "cermin.steps.reflect", "cermin.steps.correct");

    private final Random random;
    private final int workers;
    private final Duration mean;

    private Schedule(long seed, int workers, Duration mean) {
        this.random = new Random(seed);
        this.workers = workers;
        this.mean = mean;
    }

    /** @param mean of the time between two of them */
    static List<Fault> of(long seed, int count, int workers, Duration mean) {
        return new Schedule(seed, workers, mean).deal(count);
    }

    private List<Fault> deal(int count) {
        List<FaultKind> deck = new ArrayList<>(
                Arrays.stream(FaultKind.values()).filter(FaultKind::essential).toList());
        List<Fault> faults = new ArrayList<>(count);
        Collections.shuffle(deck, random);
        for (int i = 1; i <= count; i++) {
            if (deck.isEmpty()) {
                for (FaultKind kind : FaultKind.values()) {
                    deck.addAll(Collections.nCopies(kind.weight(), kind));
                }
                Collections.shuffle(deck, random);
            }
            faults.add(fault(i, deck.removeLast()));
        }
        return faults;
    }

    private Fault fault(int number, FaultKind kind) {
        Duration before = between(mean.toMillis() / 2, mean.toMillis() * 3 / 2);
        return new Fault(number, kind, target(kind), before, between(0, 400), length(kind), random.nextLong());
    }

    private Duration length(FaultKind kind) {
        return switch (kind) {
            case PAUSE_LONG -> between(11_000, 15_000);
            case SILENT_NETWORK -> between(2_000, 14_000);
            case SLOW_NETWORK -> between(2_000, 5_000);
            case CUT_NETWORK, REPEAT_TASK, REPEAT_STEP, REPEAT_TRACE -> Duration.ZERO;
            case CANCEL_EARLY, CANCEL_RUNNING, CANCEL_LATE, CANCEL_TWICE -> Duration.ZERO;
            default -> between(0, 3_000);
        };
    }

    private String target(FaultKind kind) {
        return switch (kind) {
            case KILL_WORKER, STOP_WORKER -> worker();
            case KILL_RECORDER -> "recorder";
            case KILL_GATEWAY -> "gateway";
            case KILL_KAFKA -> "kafka";
            case KILL_POSTGRES -> "postgres";
            case PAUSE_SHORT, PAUSE_LONG ->
                any(List.of(worker(), worker(), "recorder", "gateway", "kafka", "postgres"));
            case SLOW_NETWORK, CUT_NETWORK, SILENT_NETWORK -> any(STORES);
            case REPEAT_TASK -> "cermin.tasks";
            case REPEAT_STEP -> any(LANES);
            case REPEAT_TRACE -> "cermin.traces";
            case KILL_EVERYTHING, CANCEL_EARLY, CANCEL_RUNNING, CANCEL_LATE, CANCEL_TWICE -> "";
        };
    }

    private String worker() {
        return "worker-" + (1 + random.nextInt(workers));
    }

    private String any(List<String> of) {
        return of.get(random.nextInt(of.size()));
    }

    private Duration between(long least, long most) {
        return Duration.ofMillis(random.nextLong(least, most + 1));
    }
}
