package dev.cermin.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cermin.Agent;
import dev.cermin.agent.AgentDefinition;
import dev.cermin.eval.Carriage;
import dev.cermin.eval.InProcess;
import dev.cermin.loop.StopReason;
import dev.cermin.loop.Task;
import dev.cermin.testing.ScriptedChatModel;
import dev.cermin.trace.Replay;
import dev.cermin.trace.TraceStep;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KafkaCarriageTest {
    private static final UUID ID = new UUID(1, 2);

    @TempDir
    Path folder;

    /** Tasks that are done as they are submitted, and whose traces outlive a run. */
    private static final class Kept implements KafkaCarriage.Tasks {
        final Map<UUID, List<TraceStep>> traces = new LinkedHashMap<>();
        private final Agent agent;

        Kept(ScriptedChatModel model) {
            agent = Agent.builder("worker").instructions("Answer.").model(model).build();
        }

        @Override
        public boolean has(UUID task) {
            return traces.containsKey(task);
        }

        @Override
        public List<TraceStep> followed(UUID task) {
            return Objects.requireNonNull(traces.get(task));
        }

        @Override
        public void submit(Task task, AgentDefinition definition) {
            try {
                traces.put(task.id(), new InProcess(agent).carry(definition, task));
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private List<TraceStep> carried(Kept tasks, Instant deadline) throws InterruptedException {
        Task task = new Task(ID, "worker", "2+2?", Map.of(), Task.DEFAULT_TENANT, 0, Instant.now(), deadline);
        return new KafkaCarriage(folder.resolve("submitted.txt"), tasks).carry(tasks.agent.definition(), task);
    }

    @Test
    void aTaskThatEndedWithoutADraftIsAskedAnewByTheNextRun() throws Exception {
        Kept tasks = new Kept(ScriptedChatModel.saying("4"));

        List<TraceStep> late = carried(tasks, Instant.now().minusSeconds(1));
        assertThat(Replay.state(late).outcome().stop().reason()).isEqualTo(StopReason.DEADLINE);
        assertThat(Carriage.failed(Replay.state(late).outcome())).isTrue();
        List<TraceStep> again = carried(tasks, Instant.now().plusSeconds(60));

        assertThat(Replay.state(again).outcome().answer()).contains("4");
        assertThat(new ArrayList<>(tasks.traces.keySet())).hasSize(2).first().isEqualTo(ID);
    }

    @Test
    void oneThatWasAnsweredIsNotAskedAgain() throws Exception {
        Kept tasks = new Kept(ScriptedChatModel.saying("4"));

        List<TraceStep> first = carried(tasks, Instant.now().plusSeconds(60));

        assertThat(carried(tasks, Instant.now().plusSeconds(60))).isEqualTo(first);
        assertThat(tasks.traces).hasSize(1);
    }
}
