package dev.cermin.lesson;

import dev.cermin.fixture.Samples;
import dev.cermin.loop.Draft;
import dev.cermin.loop.LoopState;
import dev.cermin.loop.Outcome;
import dev.cermin.loop.Plan;
import dev.cermin.loop.Role;
import dev.cermin.loop.Spend;
import dev.cermin.loop.StepResult.Cancelled;
import dev.cermin.loop.StepResult.Corrected;
import dev.cermin.loop.StepResult.Generated;
import dev.cermin.loop.StepResult.Verified;
import dev.cermin.loop.Task;
import dev.cermin.loop.Usage;
import dev.cermin.policy.NoProgress;
import dev.cermin.policy.Policy;
import dev.cermin.policy.Rounds;
import dev.cermin.verify.Check;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Tasks, and loops that came to an end: each finding is one against a draft, then the answer holds. */
final class LessonSamples {
    private LessonSamples() {}

    static Task task(String input) {
        return task("ann", "acme", input);
    }

    static Task task(String agent, String tenant, String input) {
        return new Task(UUID.randomUUID(), agent, input, Map.of(), tenant, 0, Samples.NOON, null);
    }

    static Outcome corrected(Task task, String finding, String held) {
        return ended(task, List.of(finding), held).outcome();
    }

    static Outcome corrected(Task task, List<String> findings, String held) {
        return ended(task, findings, held).outcome();
    }

    static Outcome acceptedAtOnce(Task task, String held) {
        return ended(task, List.of(), held).outcome();
    }

    static Outcome cancelled(Task task, String finding) {
        return failed(task, List.of(finding)).apply(new Cancelled("ann")).outcome();
    }

    private static LoopState ended(Task task, List<String> findings, String held) {
        LoopState state = failed(task, findings);
        Draft draft = new Draft("", held, "maker");
        LoopState drafted = state.apply(findings.isEmpty() ? generated(draft) : corrected(draft));
        return drafted.apply(new Verified(List.of(Check.pass("v", "it holds"))));
    }

    private static LoopState failed(Task task, List<String> findings) {
        Policy policy = Policy.of(Rounds.of(9), NoProgress.after(9));
        LoopState state = LoopState.start(task, new Plan(task.agent(), "1", "pin", true, List.of(), policy));
        for (String finding : findings) {
            Draft draft = new Draft("", "draft " + state.attempts().size(), "maker");
            state = state.apply(state.attempts().isEmpty() ? generated(draft) : corrected(draft))
                    .apply(new Verified(List.of(Check.fail("v", finding))));
        }
        return state;
    }

    private static Generated generated(Draft draft) {
        return new Generated(draft, new Spend(Role.GENERATE, "maker", Usage.NONE));
    }

    private static Corrected corrected(Draft draft) {
        return new Corrected(draft, new Spend(Role.CORRECT, "maker", Usage.NONE));
    }
}
