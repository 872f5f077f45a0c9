package dev.cermin.observe;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Every metric of Cermin's own, as {@code /q/metrics} shows it. Names are Micrometer's; {@link #exposed()} has
 * Prometheus's. A counter begins at 0 with its process; a gauge is what it was when it was asked for.
 */
public enum Metric {
    TASKS_SUBMITTED(Kind.COUNTER, "cermin.tasks.submitted", "Tasks that a gateway acknowledged", "agent", "tenant"),
    TASKS_REFUSED(Kind.COUNTER, "cermin.tasks.refused", "Tasks that a gateway didn't accept", "tenant", "reason"),
    TASKS_DUPLICATES(Kind.COUNTER, "cermin.tasks.duplicates", "Tasks that came again and were passed over"),
    LOOPS_FINISHED(
            Kind.COUNTER, "cermin.loops.finished", "Loops that ended, by stop reason", "agent", "reason", "accepted"),
    STEPS(Kind.COUNTER, "cermin.steps", "Steps that were done, repeats included", "lane", "kind", "model", "outcome"),
    STEPS_RETRIED(Kind.COUNTER, "cermin.steps.retried", "Steps put off to be tried again", "lane", "reason"),
    TOKENS(Kind.COUNTER, "cermin.tokens", "Tokens that models read (in) and wrote (out)", "model", "direction"),
    COST(Kind.COUNTER, "cermin.cost", "What model calls cost, in the currency of the configured prices", "model"),
    DEAD_LETTERS(Kind.COUNTER, "cermin.dead.letters", "Messages set aside, by the topic that they came from", "topic"),
    REDACTIONS(Kind.COUNTER, "cermin.redactions", "Marks that were set in traces, by what they stand for", "mark"),
    WEBHOOKS(Kind.COUNTER, "cermin.webhooks", "Webhook calls, by what came of them", "outcome"),
    RECORDER_STEPS(Kind.COUNTER, "cermin.recorder.steps", "Steps that the recorder stored, repeats included"),
    RETENTION_STEPS(Kind.COUNTER, "cermin.retention.steps", "Steps that retention dropped"),
    STEP_DURATION(Kind.TIMER, "cermin.step.duration", "How long a step took", "lane", "kind", "model"),
    LOOP_DURATION(Kind.TIMER, "cermin.loop.duration", "From a task's creation to its loop's end", "agent"),
    RECORDER_BATCH(Kind.TIMER, "cermin.recorder.batch", "How long the recorder took to store a batch"),
    LANE_LAG(
            Kind.GAUGE,
            "cermin.lane.lag",
            "Records of a lane that wait or are being worked on, for all its workers together: take the max, not the sum",
            "lane"),
    LANE_RUNNING(Kind.GAUGE, "cermin.lane.running", "Steps of a lane that this process works on", "lane"),
    LANE_PAUSED(
            Kind.GAUGE,
            "cermin.lane.paused",
            "Models that this process finds away, whose steps of a lane wait",
            "lane"),
    LANE_OLDEST_AGE(
            Kind.SECONDS,
            "cermin.lane.oldest.age",
            "Age of a lane's oldest record that isn't done, for all its workers together: take the max",
            "lane"),
    REVIEWS(Kind.COUNTER, "cermin.reviews", "Labels that people gave to answers and drafts", "label"),
    REVIEW_WAITING(
            Kind.GAUGE,
            "cermin.review.waiting",
            "Tasks that wait for a person, by queue, as Postgres has them: take the max, not the sum",
            "queue"),
    ADMISSION_WAITING(Kind.GAUGE, "cermin.admission.waiting", "Accepted tasks that wait for their turn", "tenant"),
    RECORDER_LAG(
            Kind.GAUGE, "cermin.recorder.lag", "Trace records that aren't stored yet, for all recorders: take the max"),
    AUDIT_WAITING(Kind.GAUGE, "cermin.audit.waiting", "Ended traces and erasures that the log waits for: take the max"),
    AUDIT_CHECKPOINT_AGE(
            Kind.SECONDS, "cermin.audit.checkpoint.age", "Since the log of traces was signed last: take the min");

    /** What a metric is, and what Prometheus calls it. */
    public enum Kind {
        COUNTER("_total"),
        TIMER("_seconds"),
        GAUGE(""),
        /** A gauge in seconds. */
        SECONDS("_seconds");

        private final String suffix;

        Kind(String suffix) {
            this.suffix = suffix;
        }
    }

    /** Upper bounds of the timers' buckets: from what a database takes to a model's longest call. */
    static final List<Duration> BUCKETS = List.of(
            Duration.ofMillis(5),
            Duration.ofMillis(20),
            Duration.ofMillis(100),
            Duration.ofMillis(500),
            Duration.ofSeconds(1),
            Duration.ofSeconds(2),
            Duration.ofSeconds(5),
            Duration.ofSeconds(10),
            Duration.ofSeconds(30),
            Duration.ofMinutes(1),
            Duration.ofMinutes(2),
            Duration.ofMinutes(5),
            Duration.ofMinutes(10));

    private final Kind kind;
    private final String key;
    private final String description;

    @SuppressWarnings("ImmutableEnumChecker") // it is one of List.of
    private final List<String> tags;

    Metric(Kind kind, String key, String description, String... tags) {
        this.kind = kind;
        this.key = key;
        this.description = description;
        this.tags = List.of(tags);
    }

    public Kind kind() {
        return kind;
    }

    /** Micrometer's name, such as {@code cermin.lane.lag}. */
    public String key() {
        return key;
    }

    public String description() {
        return description;
    }

    /** The names of its tags, in the order in which their values are given. */
    public List<String> tags() {
        return tags;
    }

    /**
     * Prometheus's name, such as {@code cermin_steps_total}; a timer's series add {@code _count}, {@code _sum}, {@code
     * _bucket} and {@code _max}.
     */
    public String exposed() {
        return key.replace('.', '_') + kind.suffix;
    }

    /** The one of that Micrometer name. */
    static Optional<Metric> named(String key) {
        return Arrays.stream(values()).filter(metric -> metric.key.equals(key)).findFirst();
    }
}
