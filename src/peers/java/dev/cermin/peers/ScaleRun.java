package dev.cermin.peers;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Loops a second at a backlog. Other numbers of partitions take stores of their own; the other points share theirs. */
final class ScaleRun {
    private static final List<Integer> PARTITIONS = List.of(1, 2, 4, 8, 16);
    private static final List<Integer> WORKERS = List.of(1, 2, 3);
    private static final List<Integer> CONCURRENCY = List.of(1, 4, 16, 64, 256);
    /** As metadata, which a loop carries from step to step; a task takes 64 KB of it. */
    private static final List<Integer> STATE_KB = List.of(2, 8, 32, 60);

    private static final int BUSY = 256;

    private final int loops;
    private final Set<String> only;
    private final Path out;

    /**
     * @param loops of each point
     * @param only the curves to measure; empty: all
     */
    ScaleRun(int loops, Set<String> only, Path out) {
        this.loops = loops;
        this.only = Set.copyOf(only);
        this.out = out;
    }

    /**
     * Where a point lies.
     *
     * @param perSecond loops, till the last result
     * @param stored loops a second, till the last step is in Postgres
     */
    record Point(int x, double perSecond, double stored) {}

    /** A curve. */
    record Series(String title, String axis, List<Point> points) {}

    void run() throws IOException, InterruptedException {
        List<Series> all = new ArrayList<>();
        if (wanted("partitions")) {
            all.add(series("Partitions", "of each topic", PARTITIONS, partitions -> {
                try (Stores stores = Stores.fresh()) {
                    return measure(stores.server(), partitions, 1, BUSY, 0);
                }
            }));
        }
        try (Stores stores = Stores.fresh()) {
            Server server = stores.server();
            if (wanted("workers")) {
                all.add(series("Workers", "processes", WORKERS, count -> measure(server, 4, count, BUSY, 0)));
            }
            if (wanted("concurrency")) {
                all.add(series(
                        "Concurrency",
                        "steps at once of a lane",
                        CONCURRENCY,
                        steps -> measure(server, 4, 1, steps, 0)));
            }
            if (wanted("state")) {
                all.add(series("State", "KB of a task", STATE_KB, kb -> measure(server, 4, 1, BUSY, kb << 10)));
            }
        }
        System.out.println("The picture is " + ScalePlot.draw(all, out).toAbsolutePath());
    }

    private boolean wanted(String series) {
        return only.isEmpty() || only.contains(series);
    }

    /** One point's measurement. */
    @FunctionalInterface
    private interface Measure {
        Figures at(int x) throws IOException, InterruptedException;
    }

    private static Series series(String title, String axis, List<Integer> xs, Measure measure)
            throws IOException, InterruptedException {
        List<Point> points = new ArrayList<>();
        System.out.printf("%-28s %12s %14s%n", title + ", " + axis, "loops/s", "until stored");
        for (int x : xs) {
            Figures figures = measure.at(x);
            Point point = new Point(x, figures.get(Figures.BACKLOG), figures.get(Figures.STORED));
            System.out.printf("%-28d %12.0f %14.0f%n", x, point.perSecond(), point.stored());
            points.add(point);
        }
        return new Series(title, axis, points);
    }

    private Figures measure(Server server, int partitions, int workers, int concurrency, int stateBytes)
            throws IOException, InterruptedException {
        Map<String, String> environment = new HashMap<>(server.environment());
        environment.put("CERMIN_TOPICS_PARTITIONS", text(partitions));
        environment.put("CERMIN_MODELS_INSTANT_PROVIDER", "instant");
        for (String lane : List.of("INTAKE", "GENERATE", "REFLECT", "CORRECT")) {
            environment.put("CERMIN_LANES_" + lane + "_CONCURRENCY", text(concurrency));
        }
        List<Process> others = new ArrayList<>();
        try {
            // the one that measures works, too
            for (int i = 1; i < workers; i++) {
                Map<String, String> worker = new HashMap<>(environment);
                worker.put("CERMIN_ROLES", "worker");
                worker.put("QUARKUS_HTTP_PORT", "0");
                others.add(Child.startProduct(worker, "serve"));
            }
            return Figures.read(Child.runProduct(
                    environment, "bench", "load", "--loops", text(loops), "--state", text(stateBytes)));
        } finally {
            for (Process other : others) {
                other.destroy();
                other.waitFor();
            }
        }
    }

    private static String text(int number) {
        return String.valueOf(number);
    }
}
