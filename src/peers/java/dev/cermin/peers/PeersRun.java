package dev.cermin.peers;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** All contenders, one after the other, and a table. */
final class PeersRun {
    private static final Pattern LOOP = Pattern.compile("(\\d+) steps stored, (\\d+) bytes each");

    private final int loops;

    PeersRun(int loops) {
        this.loops = loops;
    }

    void run() throws IOException, InterruptedException {
        try (Stores stores = Stores.fresh()) {
            Server server = stores.server();
            List<String> told = product(server, Map.of());
            told.forEach(System.out::println);
            Matcher loop = LOOP.matcher(String.join("\n", told));
            if (!loop.find()) {
                throw new IllegalStateException("./cermin bench did not say what a loop is made of: " + told);
            }
            int rows = Integer.parseInt(loop.group(1));
            int bytes = Integer.parseInt(loop.group(2));
            System.out.println();
            line("", "idle, p50 ms", "32 in flight", "backlog", "until stored");
            Figures ours = ours(told);
            line("Cermin", ours);
            line("Cermin, every step over Kafka", ours(product(server, Map.of("CERMIN_WORKER_CARRY_ON", "0s"))));
            // the same bytes in four steps
            int step = rows * bytes / 4;
            Figures dbos = Figures.read(Child.run(Dbos.class, server.environment(), String.valueOf(loops), text(step)));
            line("DBOS Transact, 4 steps of %d bytes".formatted(step), dbos);
            for (String prototype : List.of("transactions", "arbiter", "share-groups")) {
                line(
                        "bare, 4 hops, " + prototype,
                        Figures.read(Child.run(
                                PrototypeMain.class,
                                server.environment(),
                                prototype,
                                text(loops),
                                text(rows),
                                text(bytes),
                                text(2 * bytes))));
            }
            System.out.println();
            ratio("Cermin over DBOS, 32 in flight", ours.get(Figures.IN_FLIGHT) / dbos.get(Figures.IN_FLIGHT));
            ratio("Cermin over DBOS, backlog", ours.get(Figures.BACKLOG) / dbos.get(Figures.BACKLOG));
            ratio("Cermin over DBOS, backlog until stored", ours.get(Figures.STORED) / dbos.get(Figures.STORED));
            System.out.printf(
                    Locale.ROOT,
                    "DBOS at a backlog: %.0f by its queue, %.0f called from 128 threads%n",
                    dbos.get("queued"),
                    dbos.get("direct-128"));
        }
    }

    private List<String> product(Server server, Map<String, String> settings) throws IOException, InterruptedException {
        Map<String, String> environment = new HashMap<>(server.environment());
        environment.putAll(settings);
        return Child.runProduct(environment, "bench", "--loops", text(loops));
    }

    private static Figures ours(List<String> told) {
        Figures figures = new Figures();
        figures.put(Figures.IDLE, number(told, "one loop on an idle system", "p50 "));
        figures.put(Figures.IN_FLIGHT, number(told, "loops, 32 in flight", ""));
        figures.put(Figures.BACKLOG, number(told, "loops, all at once", ""));
        figures.put(Figures.STORED, number(told, "the same until all is stored", ""));
        return figures;
    }

    /** The first number of the line that begins so, behind that and what may stand before the number. */
    private static double number(List<String> told, String what, String before) {
        return told.stream()
                .filter(line -> line.startsWith(what))
                .map(line -> line.substring(what.length()).replaceFirst("^ *" + before + "([0-9.]+).*", "$1"))
                .mapToDouble(Double::parseDouble)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("There is no figure '" + what + "' in " + told));
    }

    private static void line(String name, Figures figures) {
        line(
                name,
                "%.1f".formatted(figures.get(Figures.IDLE)),
                "%.0f".formatted(figures.get(Figures.IN_FLIGHT)),
                "%.0f".formatted(figures.get(Figures.BACKLOG)),
                "%.0f".formatted(figures.get(Figures.STORED)));
    }

    private static void line(Object... cells) {
        System.out.printf("%-40s %14s %14s %14s %14s%n", cells);
    }

    private static void ratio(String what, double value) {
        System.out.printf(Locale.ROOT, "%-40s %14.1f%n", what, value);
    }

    private static String text(int number) {
        return String.valueOf(number);
    }
}
