package dev.cermin.flow;

import dev.cermin.config.FlowConfig;
import dev.cermin.flow.admission.UnderWay;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/** The admission of tasks in this process: what outlasts a session of its lane. Thread-safe. */
final class Admission implements Gate.Maker {
    private final Settings settings;
    private final LaneClients clients;
    private final Clock clock;
    private final Function<UUID, Optional<String>> cancelledBy;
    private final Listener listener;
    private final UnderWay underWay;
    private volatile @Nullable AdmissionGate gate;
    private volatile @Nullable Runnable lane;

    /** Hears of it. Called by the lane's thread. */
    interface Listener {
        /** A task came again. */
        void duplicate();

        /** How many tasks wait, by tenant: about once a second. */
        void waiting(Map<String, Integer> byTenant);
    }

    /**
     * How tasks are admitted.
     *
     * @param inFlight loops under way at once, however slow they are
     * @param bytes of the tasks that wait, at most
     * @param deduplication how long ago a task may have begun, not to begin again
     * @param remembered of each partition, the latest tasks that have begun
     * @param weight of a tenant
     */
    record Settings(int inFlight, long bytes, Duration deduplication, int remembered, ToIntFunction<String> weight) {

        /** @throws IllegalArgumentException for a number that is too small */
        static Settings of(FlowConfig.Admission given, ToIntFunction<String> weight) {
            return new Settings(
                    require("in-flight", given.inFlight(), 1),
                    (long) require("memory-mib", given.memoryMib(), 1) << 20,
                    given.deduplication(),
                    require("remembered", given.remembered(), 2),
                    weight);
        }

        private static int require(String name, int given, int least) {
            if (given < least) {
                throw new IllegalArgumentException(
                        "cermin.admission.%s is %d or more, not %d".formatted(name, least, given));
            }
            return given;
        }
    }

    /** @param cancelledBy who cancelled a task, if anyone did */
    Admission(
            Settings settings,
            LaneClients clients,
            Clock clock,
            Function<UUID, Optional<String>> cancelledBy,
            Listener listener) {
        this.settings = settings;
        this.clients = clients;
        this.clock = clock;
        this.cancelledBy = cancelledBy;
        this.listener = listener;
        this.underWay = new UnderWay(settings.inFlight());
    }

    @Override
    public Gate open(Runnable wake) {
        AdmissionGate opened = new AdmissionGate(this, new BegunTasks(settings, clients, clock));
        lane = wake;
        gate = opened;
        return opened;
    }

    /** A loop has ended, wherever it was begun. */
    void ended(UUID task) {
        if (underWay.ended(task)) {
            wake();
        }
    }

    /** A task that is cancelled needs no turn: its end takes no model. */
    void cancelled(UUID task) {
        AdmissionGate current = gate;
        if (current != null) {
            current.cancelled(task);
            wake();
        }
    }

    private void wake() {
        Runnable waking = lane;
        if (waking != null) {
            waking.run();
        }
    }

    Listener listener() {
        return listener;
    }

    Settings settings() {
        return settings;
    }

    UnderWay underWay() {
        return underWay;
    }

    Clock clock() {
        return clock;
    }

    boolean isCancelled(UUID task) {
        return cancelledBy.apply(task).isPresent();
    }
}
