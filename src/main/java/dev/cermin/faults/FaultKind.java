package dev.cermin.faults;

import java.util.Locale;

/** What is done to the services, their stores, the network between and the messages. */
enum FaultKind {
    KILL_WORKER(Does.KILL, 5, true),
    KILL_RECORDER(Does.KILL, 3, true),
    KILL_GATEWAY(Does.KILL, 3, true),
    KILL_KAFKA(Does.KILL, 3, true),
    KILL_POSTGRES(Does.KILL, 3, true),
    KILL_EVERYTHING(Does.KILL, 2, true),
    /** In order, as a deployment does it: the worker drains. */
    STOP_WORKER(Does.STOP, 2, false),
    PAUSE_SHORT(Does.PAUSE, 3, true),
    /** Longer than Kafka's session and transaction time-outs, which are 10 s. */
    PAUSE_LONG(Does.PAUSE, 1, false),
    SLOW_NETWORK(Does.NETWORK, 2, false),
    CUT_NETWORK(Does.NETWORK, 2, true),
    SILENT_NETWORK(Does.NETWORK, 1, false),
    REPEAT_TASK(Does.REPEAT, 2, true),
    REPEAT_STEP(Does.REPEAT, 2, true),
    REPEAT_TRACE(Does.REPEAT, 2, true),
    /** The cancellation comes before its task. */
    CANCEL_EARLY(Does.CANCEL, 1, true),
    CANCEL_RUNNING(Does.CANCEL, 1, false),
    CANCEL_LATE(Does.CANCEL, 1, false),
    CANCEL_TWICE(Does.CANCEL, 1, false);

    /** How it is done. */
    enum Does {
        KILL,
        STOP,
        PAUSE,
        NETWORK,
        REPEAT,
        CANCEL
    }

    private final Does does;
    private final int weight;
    private final boolean essential;

    /** @param weight how many of them one round of the schedule has */
    FaultKind(Does does, int weight, boolean essential) {
        this.does = does;
        this.weight = weight;
        this.essential = essential;
    }

    Does does() {
        return does;
    }

    int weight() {
        return weight;
    }

    /** Whether a short run has it too. */
    boolean essential() {
        return essential;
    }

    /** Such as {@code kill worker}. */
    String words() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
