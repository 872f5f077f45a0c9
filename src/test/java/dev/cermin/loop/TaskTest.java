package dev.cermin.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cermin.policy.Policy;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class TaskTest {
    private static Task task(String agent, String input, String tenant) {
        return new Task(UUID.randomUUID(), agent, input, Map.of(), tenant, 0, Instant.EPOCH, null);
    }

    @Test
    void aNulThatNoStoreHoldsIsReplaced() {
        assertThat(task("a", "x\0y", "t").input()).isEqualTo("x\uFFFDy");
    }

    @Test
    void aTenantOfControlCharactersOrWithoutEndIsRefused() {
        assertThatThrownBy(() -> task("a", "x", "t\0")).hasMessageContaining("printable");
        assertThatThrownBy(() -> task("a", "x", "t".repeat(101))).hasMessageContaining("1 to 100");
        assertThat(task("a", "x", "Équipe 7").tenant()).isEqualTo("Équipe 7");
    }

    @Test
    void anotherAgentsTaskIsRefused() {
        Plan plan = new Plan("b", "1", "", false, List.of(), Policy.DEFAULT);
        assertThatThrownBy(() -> LoopState.start(task("a", "x", "t"), plan))
                .hasMessage("The task is for agent 'a', not for 'b'");
    }
}
