package dev.cermin.faults;

import dev.cermin.cluster.Backlog;
import dev.cermin.cluster.Cluster;
import dev.cermin.cluster.Service;
import dev.cermin.loop.StopReason;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Sends tasks while the schedule's faults strike, waits till all is quiet, and checks what must hold. */
public final class FaultRun {
    /** The model takes no time; services start in a third less of it with the quick compiler alone. */
    public static final Map<String, String> INSTANT = Map.of(
            "cermin.models.mirror.provider", "instant",
            "quarkus.log.level", "INFO");

    public static final List<String> QUICK_START = List.of("-XX:TieredStopAtLevel=1");

    /** Over the five minutes that a Kafka client waits for a rebalance: a stall of that length passes. */
    private static final Duration STUCK = Duration.ofMinutes(7);

    private final Options options;
    private final Consumer<String> progress;
    private final Ledger ledger = new Ledger();
    private final Map<Fault, Long> ends = new ConcurrentHashMap<>();

    /**
     * What is asked for.
     *
     * @param folder for data and logs; nothing may lie there
     * @param seed of the schedule
     * @param loops tasks in all
     * @param faults how many
     * @param workers two or more
     * @param every mean time between two faults
     * @param repeats which messages are sent again
     */
    public record Options(
            Path folder, long seed, int loops, int faults, int workers, Duration every, Set<Repeat> repeats) {
        public Options {
            if (loops < 1 || faults < 0 || workers < 1 || every.isNegative()) {
                throw new IllegalArgumentException(
                        "Expected are 1 or more loops, 0 or more faults, 1 or more workers, not %d, %d, %d"
                                .formatted(loops, faults, workers));
            }
            repeats = Set.copyOf(repeats);
        }

        private boolean has(Fault fault) {
            return switch (fault.kind()) {
                case REPEAT_TASK -> repeats.contains(Repeat.TASK);
                case REPEAT_STEP -> repeats.contains(Repeat.STEP);
                case REPEAT_TRACE -> repeats.contains(Repeat.TRACE);
                default -> true;
            };
        }
    }

    /** A message that comes twice, as from a client that got no answer, or by a copy of a topic. */
    public enum Repeat {
        TASK,
        STEP,
        TRACE
    }

    public FaultRun(Options options, Consumer<String> progress) {
        this.options = options;
        this.progress = progress;
    }

    public FaultReport run() throws IOException, InterruptedException, SQLException, ExecutionException {
        progress.accept("starting a gateway, %d workers, a recorder, Kafka and Postgres".formatted(options.workers()));
        try (Cluster cluster = new Cluster(options.folder(), options.workers(), QUICK_START, INSTANT)) {
            long begin = System.nanoTime();
            Injector injector = strike(cluster);
            double seconds = (System.nanoTime() - begin) / 1e9;
            progress.accept("all is quiet; reading what is stored");
            Evidence evidence =
                    new Collector(cluster).collect(ledger.acknowledged().keySet(), ledger.cancelled());
            return report(cluster, injector, evidence, seconds);
        }
    }

    /** Returns when all is quiet again. */
    private Injector strike(Cluster cluster) throws InterruptedException, SQLException, ExecutionException {
        try (Clients clients = new Clients(
                        cluster.gateway().url(),
                        cluster.bootstrapServers(),
                        options.repeats().contains(Repeat.TASK),
                        ledger);
                ResultsWatch results = new ResultsWatch(cluster.bootstrapServers(), ledger)) {
            progress.accept(results + "; tasks and faults begin");
            Injector injector = new Injector(cluster, clients, ledger);
            strike(injector, clients);
            progress.accept("all faults are over; waiting till all is quiet");
            cluster.heal();
            awaitQuiet(cluster, clients);
            return injector;
        }
    }

    private void strike(Injector injector, Clients clients) throws InterruptedException, ExecutionException {
        List<Future<Void>> struck = new ArrayList<>();
        List<Fault> faults = Schedule.of(options.seed(), options.faults(), options.workers(), options.every());
        int left = options.loops();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Fault fault : faults) {
                if (!options.has(fault)) {
                    continue;
                }
                int share = left / (options.faults() - fault.number() + 1);
                left -= share;
                long next = System.nanoTime() + fault.before().toNanos();
                // a half in a burst, so that it strikes services that are busy
                spread(clients, share / 2, fault.before().minus(fault.lead()));
                spread(clients, share - share / 2, fault.lead());
                TimeUnit.NANOSECONDS.sleep(next - System.nanoTime());
                progress.accept("%d/%d %s".formatted(fault.number(), options.faults(), fault));
                struck.add(threads.submit(() -> {
                    injector.inject(fault);
                    ends.put(fault, System.nanoTime());
                    return null;
                }));
            }
        }
        for (Future<Void> fault : struck) {
            fault.get();
        }
        spread(clients, left, options.every());
    }

    private static void spread(Clients clients, int tasks, Duration time) throws InterruptedException {
        for (int i = 0; i < tasks; i++) {
            clients.submit();
            TimeUnit.NANOSECONDS.sleep(time.toNanos() / (tasks + 1));
        }
    }

    /** All answered, all ended, all stored, all read; or nothing moved for so long that it never will be. */
    private void awaitQuiet(Cluster cluster, Clients clients)
            throws InterruptedException, SQLException, ExecutionException {
        Collector collector = new Collector(cluster);
        long end = System.nanoTime() + STUCK.toNanos();
        String before = "";
        while (System.nanoTime() < end) {
            int open = collector.open();
            List<String> unread = Backlog.unread(cluster.bootstrapServers());
            if (clients.pending() == 0 && ledger.settled() && open == 0 && unread.isEmpty()) {
                return;
            }
            String now = "%d tasks wait for an acknowledgement, %d of %d have their result, %d are open; %s"
                    .formatted(
                            clients.pending(),
                            ledger.results().size(),
                            ledger.acknowledged().size(),
                            open,
                            unread);
            if (!now.equals(before)) {
                end = System.nanoTime() + STUCK.toNanos();
                before = now;
                progress.accept(now);
            }
            Thread.sleep(1_000);
        }
        progress.accept("nothing moves any more");
    }

    private FaultReport report(Cluster cluster, Injector injector, Evidence evidence, double seconds) {
        Set<UUID> others = new HashSet<>(evidence.results().keySet());
        others.removeAll(evidence.acknowledged());
        int repeated = Arrays.stream(FaultKind.values())
                .filter(kind -> kind.does() == FaultKind.Does.REPEAT)
                .mapToInt(injector::repeated)
                .sum();
        return new FaultReport(
                options.seed(),
                seconds,
                Arrays.stream(FaultKind.values())
                        .map(kind -> row(kind, injector))
                        .toList(),
                new FaultReport.Tasks(
                        evidence.acknowledged().size(),
                        ledger.byRest(),
                        ledger.byTopic(),
                        ledger.refused.get(),
                        ledger.unanswered.get(),
                        evidence.cancelled().size(),
                        ended(evidence, StopReason.CANCELLED),
                        ended(evidence, StopReason.DEADLINE),
                        evidence.results().values().stream()
                                .mapToInt(List::size)
                                .sum(),
                        others.size(),
                        repeated),
                cluster.services().stream().mapToInt(Service::endedByItself).sum(),
                Checks.of(evidence),
                cluster.folder().toString());
    }

    private static int ended(Evidence evidence, StopReason reason) {
        return (int) evidence.results().values().stream()
                .filter(all -> all.getFirst().stop().reason() == reason)
                .count();
    }

    private FaultReport.Row row(FaultKind kind, Injector injector) {
        List<Double> recoveries = new ArrayList<>();
        ends.forEach((fault, end) -> {
            if (fault.kind() == kind) {
                recoveries.add(recovery(end));
            }
        });
        Collections.sort(recoveries);
        int count = recoveries.size();
        return new FaultReport.Row(
                kind.words(),
                count,
                injector.repeated(kind),
                count == 0 ? 0 : recoveries.get((count - 1) / 2),
                count == 0 ? 0 : recoveries.getLast());
    }

    /** Seconds from a fault's end till all that was acknowledged by then had its result. */
    private double recovery(long end) {
        long last = end;
        for (Map.Entry<UUID, Long> task : ledger.acknowledged().entrySet()) {
            if (task.getValue() <= end) {
                last = Math.max(last, ledger.results().getOrDefault(task.getKey(), end));
            }
        }
        return (last - end) / 1e9;
    }
}
