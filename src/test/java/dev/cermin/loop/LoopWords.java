package dev.cermin.loop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cermin.critique.Critique;
import dev.cermin.critique.Critique.Opinion;
import dev.cermin.fixture.Samples;
import dev.cermin.loop.StepResult.Corrected;
import dev.cermin.loop.StepResult.Generated;
import dev.cermin.loop.StepResult.Reflected;
import dev.cermin.loop.StepResult.Verified;
import dev.cermin.policy.Budget;
import dev.cermin.policy.NoProgress;
import dev.cermin.policy.Policy;
import dev.cermin.policy.Rounds;
import dev.cermin.verify.Check;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The words of the loop's tests: states, and what moves them on. */
final class LoopWords {
    private LoopWords() {}

    static LoopState verified(Policy policy, String... critics) {
        return LoopState.start(Samples.task("2+2"), new Plan("sample", "1", "00", true, List.of(critics), policy));
    }

    static LoopState unverified(Policy policy, String... critics) {
        return LoopState.start(Samples.task("a poem"), new Plan("sample", "1", "00", false, List.of(critics), policy));
    }

    static LoopState withDeadline(Instant deadline) {
        Task task = new Task(Samples.ID, "sample", "2+2", Map.of(), "default", 0, Samples.NOON, deadline);
        return LoopState.start(task, new Plan("sample", "1", "00", true, List.of(), Policy.DEFAULT));
    }

    static Policy rounds(int rounds) {
        return Policy.of(Rounds.of(rounds), NoProgress.after(9));
    }

    static Policy budget(Budget budget) {
        return Policy.of(Rounds.of(9), NoProgress.after(9), budget);
    }

    static LoopState corrections(LoopState start, int count) {
        LoopState state = verify(generate(start, "draft 0"), false);
        for (int i = 1; i <= count; i++) {
            state = verify(correct(state, "draft " + i), false);
        }
        return state;
    }

    static LoopState generate(LoopState state, String output) {
        return state.apply(new Generated(new Draft("", output, "maker"), spend(Role.GENERATE, "maker")));
    }

    static LoopState correct(LoopState state, String output) {
        return state.apply(new Corrected(new Draft("", output, "maker"), spend(Role.CORRECT, "maker")));
    }

    static LoopState verify(LoopState state, boolean... passes) {
        List<Check> checks = new ArrayList<>();
        for (boolean passed : passes) {
            checks.add(new Check("v" + checks.size(), passed, passed ? "holds" : "fails"));
        }
        return state.apply(new Verified(checks));
    }

    static LoopState reflect(LoopState state, Critique critique) {
        return state.apply(new Reflected(critique, spend(Role.REFLECT, "judge")));
    }

    static Critique accept(String critic, double score) {
        return new Critique(critic, Opinion.ACCEPT, score, List.of(), "good");
    }

    static Critique revise(String critic, double score, String... issues) {
        return new Critique(critic, Opinion.REVISE, score, List.of(issues), "not good");
    }

    static Critique unreadable(String critic) {
        return Critique.unreadable(critic, "no verdict in it", "hm");
    }

    static Spend spend(Role role, String model) {
        return new Spend(role, model, new Usage(1, 10, 5, new BigDecimal("0.02"), Duration.ofMillis(3)));
    }

    static void assertStopped(LoopState state, StopReason reason) {
        assertThat(state.finished()).isTrue();
        assertThat(state.outcome().stop().reason()).isEqualTo(reason);
        assertThat(state.outcome().accepted()).isEqualTo(reason == StopReason.ACCEPTED);
    }
}
