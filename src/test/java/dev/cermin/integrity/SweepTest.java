package dev.cermin.integrity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cermin.fixture.Services;
import dev.cermin.fixture.StoresResource;
import dev.cermin.store.TraceStore;
import dev.cermin.trace.TraceStep;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongConsumer;
import org.junit.jupiter.api.Test;

/** Many traces at once, each test's of a day of its own. */
@QuarkusTest
@QuarkusTestResource(StoresResource.class)
class SweepTest {
    @Inject
    TraceStore store;

    @Inject
    Checkpointer checkpointer;

    @Inject
    LogVerifier verifier;

    @Test
    void whatHasNoStepsIsMissingWhereverItLies() throws Exception {
        Instant day = Instant.parse("2021-05-01T00:00:00Z");
        List<List<TraceStep>> all = stored(day, 500);
        checkpointer.run();
        assertThat(sweep(day, done -> {}).holds()).isTrue();
        all.sort(Comparator.comparing(trace -> trace.getFirst().taskId().toString()));
        List<List<TraceStep>> taken = List.of(all.getFirst(), all.get(1), all.get(250), all.getLast());
        for (List<TraceStep> trace : taken) {
            execute("delete from step where task_id = '%s'".formatted(id(trace)));
        }
        // of this one only the log knows
        execute("delete from task where id = '%s'".formatted(id(taken.get(1))));

        SweepReport report = sweep(day, done -> {});

        assertThat(report.missing())
                .containsExactlyInAnyOrderElementsOf(
                        taken.stream().map(SweepTest::id).toList());
        assertThat(report.traces()).isEqualTo(496);
        assertThat(report.brokenCount()).isZero();
        taken.forEach(trace -> store.append(trace, List.of()));
        assertThat(sweep(day, done -> {}).holds()).isTrue();
    }

    @Test
    void aLoopThatMovesOnMeanwhileIsNotTakenForBroken() throws Exception {
        Instant day = Instant.parse("2021-06-01T00:00:00Z");
        stored(day, 700);
        List<List<TraceStep>> running = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            List<TraceStep> trace = Traces.made("running " + i, day.plusSeconds(i));
            store.append(trace.subList(0, 3), List.of());
            running.add(trace);
        }
        AtomicBoolean first = new AtomicBoolean(true);
        SweepReport report = sweep(day, done -> {
            if (first.getAndSet(false)) {
                running.forEach(trace -> store.append(trace, List.of()));
                // one that wasn't there when the sweep began
                store.append(Traces.made("new", day.plusSeconds(1)), List.of());
            }
        });
        assertThat(report.broken()).isEmpty();
        assertThat(report.missing()).isEmpty();
    }

    private SweepReport sweep(Instant day, LongConsumer done) throws SQLException, InterruptedException {
        return verifier.traces(day, day.plusSeconds(86_400), List.of(), List.of(), done);
    }

    private List<List<TraceStep>> stored(Instant day, int traces) {
        List<List<TraceStep>> all = new ArrayList<>();
        List<TraceStep> batch = new ArrayList<>();
        for (int i = 0; i < traces; i++) {
            List<TraceStep> trace = Traces.made("sweep " + i, day.plusSeconds(i));
            all.add(trace);
            batch.addAll(trace);
        }
        store.append(batch, List.of());
        return all;
    }

    private static UUID id(List<TraceStep> trace) {
        return trace.getFirst().taskId();
    }

    private static void execute(String sql) throws SQLException {
        try (Connection owner = Services.postgres();
                Statement statement = owner.createStatement()) {
            statement.execute(sql);
        }
    }
}
