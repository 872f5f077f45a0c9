package dev.cermin.loop;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cermin.policy.Policy;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class TaskTest {
    @Test
    void anotherAgentsTaskIsRefused() {
        Task task = new Task(UUID.randomUUID(), "a", "x", Instant.EPOCH);
        Plan plan = new Plan("b", "1", "", false, List.of(), Policy.DEFAULT);
        assertThatThrownBy(() -> LoopState.start(task, plan)).hasMessage("The task is for agent 'a', not for 'b'");
    }
}
