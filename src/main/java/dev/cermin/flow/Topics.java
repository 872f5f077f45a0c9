package dev.cermin.flow;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The topics. Every record is keyed by its task's id. */
public final class Topics {
    public static final String TASKS = "cermin.tasks";
    public static final String RESULTS = "cermin.results";
    public static final String TRACES = "cermin.traces";
    public static final String CONTROL = "cermin.control";
    public static final String WEBHOOKS = "cermin.webhooks";
    public static final String DEAD_LETTERS = "cermin.dead-letters";

    /** The consumer group of the recorders; a lane's has the name of its topic. */
    static final String RECORDER_GROUP = "cermin-recorder";

    /** The lanes of roles, which carry steps; {@code intake}, before them, reads {@link #TASKS}. Models may have their own. */
    public static final List<String> STEP_LANES = List.of("generate", "reflect", "correct");

    private static final String STEPS = "cermin.steps.";
    private static final int PARTITIONS = 4;

    private Topics() {}

    public static String ofLane(String lane) {
        return STEPS + lane;
    }

    /** The lane whose steps are there. */
    static String laneOf(String topic) {
        return topic.startsWith(STEPS) ? topic.substring(STEPS.length()) : Lanes.INTAKE;
    }

    /** All of them but those of models' own lanes, with the partitions that one machine needs. */
    public static Map<String, Integer> all() {
        Map<String, Integer> topics = new TreeMap<>();
        STEP_LANES.forEach(lane -> topics.put(ofLane(lane), PARTITIONS));
        topics.put(TASKS, PARTITIONS);
        topics.put(RESULTS, PARTITIONS);
        topics.put(TRACES, PARTITIONS);
        topics.put(WEBHOOKS, PARTITIONS);
        topics.put(CONTROL, 1);
        topics.put(DEAD_LETTERS, 1);
        return topics;
    }
}
