package dev.cermin.flow;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The topics. Every record is keyed by its task's id, but where it is of none. */
public final class Topics {
    public static final String TASKS = "cermin.tasks";
    /** Tasks that aren't due yet, by id; compacted: one that is gone from it is empty. */
    public static final String TASKS_DELAYED = "cermin.tasks.delayed";
    /** The ids of tasks that have begun, each in the partition that its task has in {@link #TASKS}. */
    public static final String TASKS_BEGUN = "cermin.tasks.begun";

    /** Loops that wait for a person, by id, and decisions about them; compacted: what has come to an end is empty. */
    public static final String REVIEWS = "cermin.reviews";

    public static final String RESULTS = "cermin.results";
    public static final String TRACES = "cermin.traces";
    public static final String CONTROL = "cermin.control";
    /** Signed checkpoints of the log of traces, all under one key. */
    public static final String CHECKPOINTS = "cermin.checkpoints";

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
        topics.put(TASKS_DELAYED, PARTITIONS);
        topics.put(TASKS_BEGUN, PARTITIONS);
        topics.put(REVIEWS, PARTITIONS);
        topics.put(RESULTS, PARTITIONS);
        topics.put(TRACES, PARTITIONS);
        topics.put(WEBHOOKS, PARTITIONS);
        topics.put(CHECKPOINTS, 1);
        topics.put(CONTROL, 1);
        topics.put(DEAD_LETTERS, 1);
        return topics;
    }

    /** Those of {@link #all} that need no settings of their own. */
    public static Map<String, Integer> plain() {
        Map<String, Integer> topics = all();
        topics.keySet().removeIf(topic -> !settings(topic, Duration.ofDays(1)).isEmpty());
        return topics;
    }

    /**
     * What a topic needs beside partitions, as Kafka's settings of topics.
     *
     * @param remembered how long it is known which tasks have begun
     */
    public static Map<String, String> settings(String topic, Duration remembered) {
        return switch (topic) {
            // kept until it is due, whatever the broker's retention
            case TASKS_DELAYED, REVIEWS -> Map.of("cleanup.policy", "compact", "segment.ms", "3600000");
            case TASKS_BEGUN ->
                Map.of(
                        "cleanup.policy", "delete",
                        "retention.ms", String.valueOf(remembered.toMillis()),
                        "segment.ms", String.valueOf(Math.max(60_000, remembered.toMillis() / 4)));
            // for good: they are few, and are there to be compared to what the log says later
            case CHECKPOINTS -> Map.of("cleanup.policy", "delete", "retention.ms", "-1");
            default -> Map.of();
        };
    }
}
