package dev.cermin.store;

import static dev.cermin.fixture.Services.rows;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cermin.agent.AgentDefinition;
import dev.cermin.fixture.Samples;
import dev.cermin.fixture.StoresResource;
import dev.cermin.loop.LoopState;
import dev.cermin.loop.Task;
import dev.cermin.model.Model;
import dev.cermin.model.Price;
import dev.cermin.policy.Policy;
import dev.cermin.run.StepRunner;
import dev.cermin.testing.ScriptedChatModel;
import dev.cermin.trace.Texts;
import dev.cermin.trace.TraceHead;
import dev.cermin.trace.TraceStep;
import dev.cermin.trace.Tracer;
import dev.cermin.verify.Verifiers;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Steps in Postgres: each once, however often and by however many they are written. */
@QuarkusTest
@QuarkusTestResource(StoresResource.class)
class TraceStoreTest {
    private static final Price PRICE = new Price(new BigDecimal("0.25"), new BigDecimal("1.5"));

    @Inject
    TraceStore store;

    private final AgentDefinition agent = Samples.agent(List.of(), List.of("judge"), Policy.DEFAULT);

    @Test
    void manyWritersOfTheSameStepsLeaveEachOnceWithTheRightFigures() throws Exception {
        List<List<TraceStep>> traces = List.of(trace(), trace(), trace());
        List<Callable<Void>> writers = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            Random random = new Random(i);
            writers.add(() -> {
                for (List<TraceStep> trace : shuffled(traces, random)) {
                    write(trace, random);
                }
                return null;
            });
        }
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            for (Future<Void> done : threads.invokeAll(writers)) {
                done.get();
            }
        }
        traces.forEach(this::assertStored);
    }

    @Test
    void stepsThatComeInSeparateBatchesAddUp() throws Exception {
        List<TraceStep> trace = trace();
        UUID id = trace.getFirst().taskId();
        for (int i = 0; i < trace.size(); i++) {
            store.append(trace.subList(Math.max(0, i - 2), i + 1), List.of(pinned()));
            TaskSummary task = store.task(id).orElseThrow();
            assertThat(task.steps()).isEqualTo(i + 1);
            assertThat(task.head()).isEqualTo(trace.get(i).hash());
            assertThat(task.running()).isEqualTo(i < trace.size() - 1);
            assertThat(store.unfinished(1000).stream()
                            .anyMatch(each -> each.id().equals(id)))
                    .isEqualTo(task.running());
        }
        assertStored(trace);
        assertThat(store.steps(id, 3)).isEqualTo(trace.subList(3, trace.size()));
        assertThat(store.agent(agent.hash())).contains(new String(agent.content(), StandardCharsets.UTF_8));
        assertThat(rows("select count(*) from agent where hash = '%s'".formatted(agent.hash())))
                .containsExactly("1");
    }

    @Test
    void batchesThatComeAgainInPartLeaveTheSameRowsHoweverTheyAreSplit() throws Exception {
        for (int seed = 0; seed < 12; seed++) {
            Random random = new Random(seed);
            List<List<TraceStep>> traces = List.of(trace(), trace(), trace(), trace(), trace(), trace());
            List<TraceStep> all = interleaved(traces, random);
            int from = 0;
            while (from < all.size()) {
                int to = Math.min(all.size(), from + 1 + random.nextInt(all.size()));
                int again = random.nextInt(3) == 0 ? random.nextInt(from + 1) : 0;
                store.append(all.subList(from - again, to), List.of(pinned()));
                from = random.nextInt(4) == 0 ? from : to;
            }
            traces.forEach(this::assertStored);
        }
    }

    @Test
    void whatMeansSomethingToPostgresIsStoredAsItIs() {
        String odd = "\\N\t\\.\n\\\r\n'\"\u00e9\ud83d\ude00{}\b\u001f";
        List<TraceStep> steps = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            steps.addAll(trace(odd.repeat(i + 1), Instant.parse("2030-01-01T00:00:00.123Z")));
        }
        store.append(steps, List.of());
        for (int i = 0; i < steps.size(); i += 6) {
            assertStored(steps.subList(i, i + 6));
        }
    }

    @Test
    void tasksOfAnyTimeAreStored() throws Exception {
        for (String time : List.of("-0043-03-15T12:00:00Z", "0001-01-01T00:00:00Z", "+12345-06-07T08:09:10.5Z")) {
            List<TraceStep> trace = trace("far", Instant.parse(time));
            store.append(trace, List.of());
            Instant created = Instant.parse(time);
            assertThat(rows("select floor(extract(epoch from created_at))::bigint from task where id = '%s'"
                            .formatted(trace.getFirst().taskId())))
                    .containsExactly(String.valueOf(created.getEpochSecond()));
        }
    }

    @Test
    void aBatchWithAStepThatCannotBeStoredIsNotStoredInPart() {
        List<TraceStep> trace = trace();
        TraceStep last = trace.getLast();
        TraceStep withoutFindings = new TraceStep(
                last.taskId(),
                last.number(),
                last.kind(),
                last.round(),
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                last.accepted(),
                null,
                last.startedAt(),
                last.durationMillis(),
                last.attempt(),
                last.worker(),
                new Texts(null, null, null, null, null),
                last.textHashes(),
                last.previous(),
                last.hash());
        List<TraceStep> batch = new ArrayList<>(trace.subList(0, trace.size() - 1));
        batch.add(withoutFindings);
        assertThatThrownBy(() -> store.append(batch, List.of()))
                .isInstanceOf(UnstorableException.class)
                .hasMessageContaining("findings");
        assertThat(store.task(last.taskId())).isEmpty();
        assertThat(store.steps(last.taskId(), 0)).isEmpty();
    }

    private void write(List<TraceStep> trace, Random random) {
        int from = 0;
        while (from < trace.size()) {
            int to = Math.min(trace.size(), from + 1 + random.nextInt(3));
            store.append(trace.subList(from, to), List.of(pinned()));
            // a batch may come again, as one whose acknowledgement was lost
            from = random.nextInt(4) == 0 ? from : to;
        }
    }

    private void assertStored(List<TraceStep> trace) {
        UUID id = trace.getFirst().taskId();
        assertThat(store.steps(id, 0)).isEqualTo(trace);
        TaskSummary task = store.task(id).orElseThrow();
        assertThat(task.steps()).isEqualTo(trace.size());
        assertThat(task.head()).isEqualTo(trace.getLast().hash());
        assertThat(task.rounds()).isEqualTo(1);
        assertThat(task.calls()).isEqualTo(4);
        long in = trace.stream()
                .filter(step -> step.tokensIn() != null)
                .mapToLong(TraceStep::tokensIn)
                .sum();
        long out = trace.stream()
                .filter(step -> step.tokensOut() != null)
                .mapToLong(TraceStep::tokensOut)
                .sum();
        assertThat(task.tokensIn()).isEqualTo(in);
        assertThat(task.tokensOut()).isEqualTo(out);
        assertThat(task.cost()).isEqualByComparingTo(PRICE.of(in, out));
        assertThat(task.stopReason()).isEqualTo("accepted");
        assertThat(task.accepted()).isTrue();
    }

    private PinnedAgent pinned() {
        String content = new String(agent.content(), StandardCharsets.UTF_8);
        return new PinnedAgent(agent.hash(), agent.name(), agent.version(), content);
    }

    /** Draft, critique, correction, critique that accepts. */
    private List<TraceStep> trace() {
        return trace("stored", Instant.parse("2030-01-01T00:00:00.123Z"));
    }

    private List<TraceStep> trace(String input, Instant createdAt) {
        ScriptedChatModel chat = ScriptedChatModel.saying(
                "first", "<reflection>no</reflection><output>revise 0.5</output>", "second", "<output>accept</output>");
        StepRunner runner =
                new StepRunner(name -> new Model(name, "script", chat, PRICE), Verifiers.standard(), Clock.systemUTC());
        Tracer tracer = new Tracer("test");
        Task task = new Task(UUID.randomUUID(), agent.name(), input, createdAt);
        LoopState state = LoopState.start(task, agent.plan());
        List<TraceStep> trace = new ArrayList<>();
        trace.add(tracer.submitted(state, Instant.now()));
        while (!state.finished()) {
            var execution = runner.run(agent, state, state.next());
            trace.add(tracer.executed(task.id(), TraceHead.after(trace.getLast()), execution, 1));
            state = state.apply(execution.result());
        }
        trace.add(tracer.finished(state, TraceHead.after(trace.getLast()), Instant.now()));
        return trace;
    }

    /** Each trace in its own order. */
    private static List<TraceStep> interleaved(List<List<TraceStep>> traces, Random random) {
        List<List<TraceStep>> left = new ArrayList<>(traces);
        List<TraceStep> all = new ArrayList<>();
        while (!left.isEmpty()) {
            int one = random.nextInt(left.size());
            all.add(left.get(one).getFirst());
            List<TraceStep> rest = left.get(one).subList(1, left.get(one).size());
            if (rest.isEmpty()) {
                left.remove(one);
            } else {
                left.set(one, rest);
            }
        }
        return all;
    }

    private static <T> List<T> shuffled(List<T> all, Random random) {
        List<T> shuffled = new ArrayList<>(all);
        Collections.shuffle(shuffled, random);
        return shuffled;
    }
}
