package dev.cermin.tune.select;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cermin.agent.AgentDefinition;
import dev.cermin.agent.Agents;
import dev.cermin.eval.Carriage;
import dev.cermin.loop.Task;
import dev.cermin.testing.ScriptedChatModel;
import dev.cermin.trace.Replay;
import dev.cermin.trace.TraceStep;
import dev.cermin.tune.select.Teacher.Answer;
import dev.cermin.tune.select.Teacher.How;
import dev.cermin.tune.source.TraceFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class AskingTest {
    @TempDir
    Path folder;

    private final List<Asked> written = Collections.synchronizedList(new ArrayList<>());

    private Asking asking(int parallel) {
        return new Asking(parallel, new HeldBack<>(null, false, written::add));
    }

    private static Answer answer(String id, How how) {
        return new Answer(Asked.failed(id, null, "fault of " + id), how);
    }

    @Test
    @Timeout(20)
    void behindAnOutageASuccessSettlesNothingAndNobodyWaitsForIt() throws Exception {
        CountDownLatch over = new CountDownLatch(1);
        CountDownLatch last = new CountDownLatch(1);
        try (Asking asking = asking(6)) {
            asking.submit(() -> {
                over.await();
                last.countDown();
                return answer("slow", How.ANSWERED);
            });
            for (int i = 0; i < 5; i++) {
                Answer failed = answer("s" + i, How.FAILED);
                asking.submit(() -> failed);
            }
            assertThatThrownBy(asking::finish)
                    .isInstanceOf(OutageException.class)
                    .hasMessageContaining("5 samples in a row failed, the last with: fault of s");
            over.countDown();
            assertThat(last.await(10, TimeUnit.SECONDS)).isTrue();
        }

        assertThat(written).isEmpty();
    }

    @Test
    void oneThatCannotBeAskedSaysNothingOfThoseThatFailed() throws Exception {
        try (Asking asking = asking(1)) {
            asking.submit(() -> answer("failed", How.FAILED));
            asking.submit(() -> answer("large", How.NOT_ASKED));
            assertThatThrownBy(asking::finish)
                    .isInstanceOf(OutageException.class)
                    .hasMessageContaining("fault of failed");
        }

        assertThat(written).extracting(Asked::id).containsExactly("large");
    }

    private Selection selection(Carriage carriage) {
        Teacher teacher = Teacher.of(Agents.ofClassPath(), "teacher", agent -> carriage, "a scripted one");
        return Selection.of(List.of(Scripted.sample("a", 0.5, 0.7)), teacher, new Scripted().scoring(), "scripted")
                .in(folder);
    }

    private record Refusing(@Nullable String why) implements Carriage {
        @Override
        public String name() {
            return "refusing";
        }

        @Override
        public @Nullable String fault(AgentDefinition agent, Task task) {
            return why;
        }

        @Override
        public List<TraceStep> carry(AgentDefinition agent, Task task) {
            throw new IllegalArgumentException("no such model");
        }
    }

    @Test
    void whatTheCarriageCannotTakeKeepsTheOriginal() throws Exception {
        Tally tally = selection(new Refusing("input: it is too large")).run();

        assertThat(tally.instructions().usable()).isZero();
        assertThat(Files.readString(folder.resolve("dropped.jsonl")))
                .contains("it can't be asked: input: it is too large");
    }

    @Test
    void aFaultOfTheRunIsNoneOfTheSample() throws Exception {
        assertThatThrownBy(() -> selection(new Refusing(null)).run())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("no such model");
        assertThat(Files.readAllLines(folder.resolve("2-instructions-asked.jsonl")))
                .hasSize(1);
    }

    @Test
    void aTasksTimeBeginsWhenItsTurnComes() throws Exception {
        Duration call = Duration.ofMillis(300);
        ScriptedChatModel slow = new ScriptedChatModel(prompt -> {
            try {
                Thread.sleep(call);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return prompt.contains("[New Instruction]") ? Scripted.pair("s", 0.4, 0.5) : Scripted.answer("s", 0.4);
        });
        Selection.of(
                        List.of(Scripted.sample("a", 0.5, 0.7), Scripted.sample("b", 0.5, 0.7)),
                        Scripted.teacher(slow),
                        new Scripted().scoring(),
                        "scripted")
                .in(folder)
                .run();

        List<Instant> begun = new ArrayList<>();
        try (Stream<Path> traces = Files.list(folder.resolve("traces"))) {
            for (Path trace : traces.toList()) {
                begun.add(Replay.state(TraceFile.read(trace)).task().createdAt());
            }
        }
        Collections.sort(begun);
        assertThat(begun).hasSize(4);
        for (int i = 1; i < 4; i++) {
            assertThat(Duration.between(begun.get(i - 1), begun.get(i))).isGreaterThanOrEqualTo(call.minusMillis(10));
        }
    }
}
