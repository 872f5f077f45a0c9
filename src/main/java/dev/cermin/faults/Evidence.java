package dev.cermin.faults;

import dev.cermin.loop.Stop;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What is found once all is quiet. Filled by one thread, then read.
 *
 * @param acknowledged the tasks that clients were told of
 * @param cancelled those whose end somebody asked for
 * @param results by task, each that a reader of committed messages sees
 * @param published by task and number, how often a step stands on the traces topic under each hash
 * @param stored by task, as the gateway shows its trace
 * @param rows by task, what its row says
 * @param unread where a group has not read all there is
 * @param letters of the dead-letters topic
 */
record Evidence(
        Set<UUID> acknowledged,
        Set<UUID> cancelled,
        Map<UUID, List<Result>> results,
        Map<UUID, Map<Integer, Map<String, Integer>>> published,
        Map<UUID, Stored> stored,
        Map<UUID, Row> rows,
        List<String> unread,
        List<Letter> letters) {

    /**
     * @param answer the best draft's; null for none
     * @param at when it was published
     */
    record Result(Stop stop, @Nullable String answer, Instant at) {}

    /**
     * A trace.
     *
     * @param problem what is wrong with its chain, or that it is unfinished; empty where nothing is
     * @param deadline of the task, its own or by its agent's timeout; null where the chain doesn't hold
     */
    record Stored(
            int steps,
            String head,
            String problem,
            @Nullable Instant deadline) {}

    /**
     * A task's row, beside what follows from its steps.
     *
     * @param stopReason null while it is open
     * @param fault where its totals differ from those of its steps; empty where they don't
     */
    record Row(@Nullable String stopReason, String fault) {}

    /** A dead letter's key and headers. */
    record Letter(String place, @Nullable String key, String reason, String topic, String partition, String offset) {}

    static Evidence none() {
        return new Evidence(
                new TreeSet<>(),
                new TreeSet<>(),
                new TreeMap<>(),
                new TreeMap<>(),
                new TreeMap<>(),
                new TreeMap<>(),
                new ArrayList<>(),
                new ArrayList<>());
    }
}
