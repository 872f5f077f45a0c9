package dev.cermin.replay;

import dev.cermin.agent.AgentDefinition;
import dev.cermin.loop.Action;
import dev.cermin.loop.LoopState;
import dev.cermin.loop.StepResult;
import dev.cermin.loop.StepResult.Failed;
import dev.cermin.loop.StepResult.Verified;
import dev.cermin.model.Models;
import dev.cermin.run.StepRunner;
import dev.cermin.verify.Verifiers;
import java.time.Clock;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Who looks at a stored draft: those who did then, or others. Thread-safe. */
public final class Judges {
    /** Those who did then. */
    public static final Judges OF_THEN = new Judges(null, null, Set.of());

    private final @Nullable AgentDefinition agent;
    private final @Nullable StepRunner runner;
    private final Set<String> others;

    private Judges(@Nullable AgentDefinition agent, @Nullable StepRunner runner, Set<String> others) {
        this.agent = agent;
        this.runner = runner;
        this.others = Set.copyOf(others);
    }

    /**
     * Those of another agent. Its verifiers are run; they need no model.
     *
     * @param others its critics that are not those of then, though they may have their names: nobody knows what they would
     *     say
     */
    public static Judges of(AgentDefinition agent, Verifiers verifiers, Set<String> others) {
        return new Judges(agent, new StepRunner(Models.of(Map.of()), verifiers, Clock.systemUTC()), others);
    }

    /** Those of then, but for these critics, whom nobody has heard. */
    public static Judges ofThenBut(Set<String> others) {
        return new Judges(null, null, others);
    }

    /** Whether what was found then counts. */
    boolean verifiedThen() {
        return agent == null;
    }

    boolean heardThen(String critic) {
        return !others.contains(critic);
    }

    /** What the verifiers say now; null where nobody can tell. */
    @Nullable
    Verified verify(LoopState state) {
        if (runner == null || agent == null) {
            return null;
        }
        StepResult result = runner.run(agent, state, new Action.Verify()).result();
        return switch (result) {
            case Verified verified -> verified;
            case Failed failed -> throw new IllegalArgumentException(failed.error());
            default -> null;
        };
    }
}
