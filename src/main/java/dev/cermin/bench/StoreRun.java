package dev.cermin.bench;

import dev.cermin.store.TraceStore;
import dev.cermin.trace.Origin;
import dev.cermin.trace.TraceStep;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** What the recorder's end can do by itself: the steps of a loop again and again, each time another task's. */
final class StoreRun {
    private static final int BATCH = 500;
    private final TraceStore store;

    StoreRun(TraceStore store) {
        this.store = store;
    }

    /**
     * Rows a second, each batch committed; they stay.
     *
     * @param loop all steps of one task
     */
    double rowsPerSecond(List<TraceStep> loop, int rows) {
        long begin = System.nanoTime();
        int written = 0;
        Origin origin = Origin.ofSubmit(loop.getFirst());
        List<TraceStep> batch = new ArrayList<>();
        Map<UUID, Origin> origins = new HashMap<>();
        while (written < rows) {
            UUID task = UUID.randomUUID();
            origins.put(task, origin);
            loop.forEach(step -> batch.add(of(task, step)));
            if (batch.size() >= BATCH) {
                store.append(batch, origins, List.of());
                written += batch.size();
                batch.clear();
                origins.clear();
            }
        }
        return written / ((System.nanoTime() - begin) / 1e9);
    }

    private static TraceStep of(UUID task, TraceStep step) {
        return new TraceStep(
                task,
                step.number(),
                step.kind(),
                step.round(),
                step.model(),
                step.provider(),
                step.parameters(),
                step.promptId(),
                step.tokensIn(),
                step.tokensOut(),
                step.cost(),
                step.accepted(),
                step.score(),
                step.startedAt(),
                step.durationMillis(),
                step.attempt(),
                step.worker(),
                step.texts(),
                step.textHashes(),
                step.previous(),
                step.hash());
    }
}
