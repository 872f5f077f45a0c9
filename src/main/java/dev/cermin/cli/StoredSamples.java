package dev.cermin.cli;

import dev.cermin.store.TaskSummary;
import dev.cermin.store.TraceStore;
import dev.cermin.trace.Chain;
import dev.cermin.trace.TraceStep;
import dev.cermin.trace.Verification;
import dev.cermin.tune.source.Candidate;
import dev.cermin.tune.source.Reject;
import dev.cermin.tune.source.Reviews;
import dev.cermin.tune.source.SampleSource;
import dev.cermin.tune.source.Traced;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Samples from tasks that the services ran, the latest of each agent first.
 *
 * @param last of each agent at most
 */
record StoredSamples(List<String> agents, int last, Reviews reviews) implements SampleSource {
    @Override
    public String name() {
        return Traced.TRACES;
    }

    @Override
    public void read(Predicate<Candidate> samples, Consumer<Reject> rejects) {
        TraceStore store = Services.get(TraceStore.class);
        for (String agent : agents) {
            for (TaskSummary task : store.finished(agent, last)) {
                try {
                    Traced traced = Traced.of(intact(store.steps(task.id(), 0)), reviews);
                    if (!samples.test(new Candidate(traced.sample(), traced))) {
                        return;
                    }
                } catch (IllegalArgumentException | IllegalStateException e) {
                    rejects.accept(new Reject("task " + task.id(), 0, String.valueOf(e.getMessage()), ""));
                }
            }
        }
    }

    private static List<TraceStep> intact(List<TraceStep> steps) {
        Verification chain = Chain.verify(steps);
        if (!chain.intact()) {
            throw new IllegalArgumentException("the trace is not as it was recorded: " + chain.problem());
        }
        return steps;
    }
}
