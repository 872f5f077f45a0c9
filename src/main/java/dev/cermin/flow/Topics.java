package dev.cermin.flow;

import dev.cermin.loop.Action;
import dev.cermin.loop.Action.Correct;
import dev.cermin.loop.Action.Finish;
import dev.cermin.loop.Action.Generate;
import dev.cermin.loop.Action.Reflect;
import dev.cermin.loop.Action.Verify;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The topics. Every record is keyed by its task's id. */
public final class Topics {
    public static final String TASKS = "cermin.tasks";
    public static final String RESULTS = "cermin.results";
    public static final String TRACES = "cermin.traces";
    public static final String CONTROL = "cermin.control";
    public static final String DEAD_LETTERS = "cermin.dead-letters";

    /** The lanes that carry steps; {@code intake}, before them, reads {@link #TASKS}. */
    public static final List<String> STEP_LANES = List.of("generate", "reflect", "correct");

    private static final int PARTITIONS = 4;

    private Topics() {}

    public static String ofLane(String lane) {
        return "cermin.steps." + lane;
    }

    /** All of them, with the partitions that one machine needs. */
    public static Map<String, Integer> all() {
        Map<String, Integer> topics = new TreeMap<>();
        STEP_LANES.forEach(lane -> topics.put(ofLane(lane), PARTITIONS));
        topics.put(TASKS, PARTITIONS);
        topics.put(RESULTS, PARTITIONS);
        topics.put(TRACES, PARTITIONS);
        topics.put(CONTROL, 1);
        topics.put(DEAD_LETTERS, 1);
        return topics;
    }

    /** The lane that serves an action; empty for those that a worker does on the spot: verifying takes no model. */
    static Optional<String> laneOf(Action action) {
        return switch (action) {
            case Generate generate -> Optional.of("generate");
            case Reflect reflect -> Optional.of("reflect");
            case Correct correct -> Optional.of("correct");
            case Verify verify -> Optional.empty();
            case Finish finish -> Optional.empty();
        };
    }
}
