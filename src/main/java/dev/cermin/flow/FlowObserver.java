package dev.cermin.flow;

import dev.cermin.loop.LoopState;
import dev.cermin.loop.StepResult;
import dev.cermin.loop.StepResult.CutShort;
import dev.cermin.loop.StepResult.Failed;
import dev.cermin.loop.StepResult.Reflected;
import dev.cermin.loop.StepResult.Verified;
import dev.cermin.observe.LogContext;
import dev.cermin.observe.Metric;
import dev.cermin.observe.Metrics;
import dev.cermin.observe.Spans;
import dev.cermin.observe.TraceParent;
import dev.cermin.run.StepInterruptedException;
import dev.cermin.trace.TraceStep;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Measures what lanes do, traces it, and gives each of their log lines its task. Thread-safe. */
@Singleton
final class FlowObserver implements StepListener {
    private final Metrics metrics;
    private final Spans spans;

    FlowObserver(Metrics metrics, Spans spans) {
        this.metrics = metrics;
        this.spans = spans;
    }

    /** What the admission tells of itself. */
    Admission.Listener admission() {
        return new AdmissionMeter(metrics);
    }

    /** The same handler of a lane, observed. */
    LaneHandler around(String lane, Places places, LaneHandler handler) {
        metrics.gauge(Metric.LANE_RUNNING, () -> places.taken(lane), lane);
        return (record, attempts, place) -> handle(lane, record, attempts, place, handler);
    }

    private List<ProducerRecord<String, byte[]>> handle(
            String lane, ConsumerRecord<String, byte[]> record, Attempts attempts, Place place, LaneHandler handler) {
        TraceParent parent = Carried.traceParent(record.headers());
        try (Spans.Work work =
                spans.processing(record.topic(), record.partition(), record.offset(), record.key(), parent)) {
            if (parent == null && work.place() != null) {
                // a trace that begins here goes on with what comes of the record
                Carried.NOTHING.within(work.place()).addTo(record.headers());
            }
            return work.within(() -> LogContext.of(
                    record.key(), lane, work.place(), () -> counted(record, attempts, place, work, handler)));
        }
    }

    private List<ProducerRecord<String, byte[]>> counted(
            ConsumerRecord<String, byte[]> record,
            Attempts attempts,
            Place place,
            Spans.Work work,
            LaneHandler handler) {
        try {
            List<ProducerRecord<String, byte[]>> out =
                    Messages.publishable(record, handler.handle(record, attempts, place));
            if (out.stream().anyMatch(message -> message.topic().equals(Topics.DEAD_LETTERS))) {
                setAside(record.topic());
            }
            return out;
        } catch (StepInterruptedException | LaterException e) {
            throw e;
        } catch (RuntimeException | Error e) {
            work.failed(e);
            if (Underway.isLast(attempts)) {
                setAside(record.topic());
            }
            throw e;
        }
    }

    @Override
    public void begins(String lane, LoopState state) {
        LogContext.agent(state.plan().agent(), lane);
    }

    @Override
    public void executed(String lane, LoopState state, StepResult result, TraceStep step) {
        String kind = step.kind().key();
        String model = step.model() == null ? "" : step.model();
        metrics.count(Metric.STEPS, lane, kind, model, outcome(result, step));
        metrics.record(Metric.STEP_DURATION, Duration.ofMillis(step.durationMillis()), lane, kind, model);
        if (step.tokensIn() != null) {
            metrics.add(Metric.TOKENS, step.tokensIn(), model, "in");
        }
        if (step.tokensOut() != null) {
            metrics.add(Metric.TOKENS, step.tokensOut(), model, "out");
        }
        if (step.cost() != null && step.cost().signum() > 0) {
            metrics.add(Metric.COST, step.cost().doubleValue(), model);
        }
        spans.executed(state, step);
    }

    private static String outcome(StepResult result, TraceStep step) {
        return switch (result) {
            case Failed failed -> "failed";
            case CutShort cut -> cut.reason().name().toLowerCase(Locale.ROOT);
            case Verified verified -> Boolean.TRUE.equals(step.accepted()) ? "accepted" : "revise";
            case Reflected reflected -> Boolean.TRUE.equals(step.accepted()) ? "accepted" : "revise";
            default -> "done";
        };
    }

    @Override
    public void finished(LoopState state, TraceStep last, Carried carried) {
        String agent = state.plan().agent();
        boolean accepted = Boolean.TRUE.equals(last.accepted());
        metrics.count(
                Metric.LOOPS_FINISHED,
                agent,
                state.outcome().stop().reason().name().toLowerCase(Locale.ROOT),
                String.valueOf(accepted));
        Duration took = Duration.between(state.task().createdAt(), last.startedAt());
        metrics.record(Metric.LOOP_DURATION, took.isNegative() ? Duration.ZERO : took, agent);
        spans.finished(state, last, carried.traceParent());
    }

    /** A record of this topic went to the dead letters. */
    void setAside(String topic) {
        metrics.count(Metric.DEAD_LETTERS, topic);
    }

    /** Trace records were stored, in one batch. */
    void stored(List<ConsumerRecord<String, byte[]>> records, Instant begun) {
        Instant now = Instant.now();
        metrics.add(Metric.RECORDER_STEPS, records.size());
        metrics.record(Metric.RECORDER_BATCH, Duration.between(begun, now));
        if (!spans.on()) {
            return;
        }
        Map<TraceParent, Integer> tasks = new LinkedHashMap<>();
        for (ConsumerRecord<String, byte[]> record : records) {
            TraceParent task = Carried.traceParent(record.headers());
            if (task != null) {
                tasks.merge(task, 1, Integer::sum);
            }
        }
        tasks.forEach((task, steps) -> spans.stored(Topics.TRACES, Topics.RECORDER_GROUP, task, steps, begun, now));
    }
}
