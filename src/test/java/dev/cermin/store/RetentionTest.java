package dev.cermin.store;

import static dev.cermin.fixture.Services.rows;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cermin.config.TracesConfig.Span;
import dev.cermin.fixture.Services;
import dev.cermin.fixture.StoresResource;
import dev.cermin.store.Retention.Dropped;
import dev.cermin.trace.TraceStep;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Where steps lie, and when they go. The tenant {@code brief} has a retention of its own, 30 days; no other has one. */
@QuarkusTest
@QuarkusTestResource(StoresResource.class)
class RetentionTest {
    @Inject
    TraceStore store;

    @Inject
    Retention retention;

    @Test
    void aTenantsTracesGoByAgeAndNoOneElsesAndNoneThatIsUnfinished() throws Exception {
        Instant now = Instant.now();
        List<TraceStep> finished = stored("brief", now, 2);
        List<TraceStep> unfinished = stored("brief", now, 1);
        List<TraceStep> others = stored("patient", now, 2);
        List<TraceStep> ancient = stored("brief", now.minus(Duration.ofDays(400)), 2);
        assertThat(part(finished)).containsExactly("brief", "brief");

        List<Dropped> gone = new ArrayList<>();
        assertThat(retention.run(now, gone::add)).isEqualTo(1);
        assertThat(gone).singleElement().satisfies(dropped -> {
            assertThat(dropped.tenant()).isEqualTo("brief");
            assertThat(dropped.steps()).isEqualTo(2);
        });
        assertThat(store.steps(id(ancient), 0)).isEmpty();
        assertThat(store.task(id(ancient))).isEmpty();
        assertThat(store.steps(id(finished), 0)).isEqualTo(finished);

        Instant later = now.plus(Duration.ofDays(70));
        assertThat(retention.due(later))
                .anySatisfy(due -> assertThat(due.steps()).isEqualTo(2));
        assertThat(store.steps(id(finished), 0)).isEqualTo(finished);
        gone.clear();
        retention.run(later, gone::add);
        assertThat(gone.stream().mapToLong(Dropped::steps).sum()).isEqualTo(2);
        assertThat(store.steps(id(finished), 0)).isEmpty();
        assertThat(store.task(id(finished))).isEmpty();
        assertThat(store.steps(id(unfinished), 0)).isEqualTo(unfinished);
        assertThat(store.task(id(unfinished))).isPresent();
        assertThat(store.steps(id(others), 0)).isEqualTo(others);
        assertThat(rows("select distinct tenant, sum(steps) from retention_log group by tenant"))
                .containsExactly("brief | 4");

        // what goes on after that is stored, comes again, and goes once it is finished
        List<TraceStep> whole = List.of(unfinished.getFirst(), lasts.get(id(unfinished)));
        store.append(whole, List.of());
        store.append(whole, List.of());
        assertThat(store.steps(id(unfinished), 0)).isEqualTo(whole);
        assertThat(retention.run(later, gone::add)).isEqualTo(1);
        assertThat(store.steps(id(unfinished), 0)).isEmpty();
        assertThat(retention.run(later, dropped -> assertThat(dropped).isNull()))
                .isZero();
    }

    @Test
    void whatIsStoredOfATenantMovesToPartitionsOfItsOwn() throws Exception {
        Instant now = Instant.now();
        String tenant = "it's \\ late";
        List<TraceStep> early = stored(tenant, now.minus(Duration.ofDays(500)), 2);
        List<TraceStep> today = stored(tenant, now, 2);
        List<TraceStep> future = stored(tenant, now.plus(Duration.ofDays(40)), 1);
        try (Connection owner = Services.postgres()) {
            owner.setAutoCommit(false);
            Partitions partitions = new Partitions(owner);
            partitions.complete(Span.MONTH, Set.of(tenant), now);
            partitions.complete(Span.MONTH, Set.of(tenant), now);
            // what came in the meantime of a time that had no partition has one now
            partitions.complete(Span.WEEK, Set.of(tenant), now.plus(Duration.ofDays(90)));
            owner.commit();
            assertThat(partitions.branches())
                    .anySatisfy(branch -> assertThat(branch.tenant()).isEqualTo(tenant));
            assertThat(partitions.branches())
                    .allSatisfy(branch ->
                            assertThat(branch.parts()).isSortedAccordingTo((a, b) -> a.to().compareTo(b.from())));
        }
        for (List<TraceStep> trace : List.of(early, today, future)) {
            assertThat(store.steps(id(trace), 0)).isEqualTo(trace);
            assertThat(part(trace)).containsOnly(tenant);
        }
        store.append(today, List.of());
        assertThat(store.steps(id(today), 0)).isEqualTo(today);
        assertThat(rows("select count(*) from step_others where tenant like 'it''s%'"))
                .containsExactly("0");
    }

    private final java.util.Map<UUID, TraceStep> lasts = new java.util.HashMap<>();

    private List<TraceStep> stored(String tenant, Instant createdAt, int steps) {
        List<TraceStep> trace = StoredLoops.of(tenant, createdAt);
        store.append(trace.subList(0, steps), List.of());
        lasts.put(id(trace), trace.getLast());
        return trace.subList(0, steps);
    }

    private static UUID id(List<TraceStep> trace) {
        return trace.getFirst().taskId();
    }

    /** Whose partitions its steps lie in. */
    private static List<String> part(List<TraceStep> trace) throws Exception {
        return rows(("select obj_description(i.inhparent, 'pg_class') from step s join pg_inherits i on i.inhrelid ="
                        + " s.tableoid where task_id = '%s'")
                .formatted(id(trace)));
    }
}
