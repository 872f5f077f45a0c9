package dev.cermin.run;

import dev.cermin.loop.Attempt;
import dev.cermin.loop.Decision;
import dev.cermin.loop.Stop;
import dev.cermin.loop.Task;
import java.time.Instant;

/** Asks a person, where an agent's policy has one decide. Called on a thread of its own, which may wait. */
@FunctionalInterface
public interface Reviewer {
    /**
     * Decides about a draft. Once the policy's wait is over it is interrupted, and the policy's default holds.
     *
     * @throws InterruptedException where nobody decides any more
     */
    Decision decide(Question question) throws InterruptedException;

    /**
     * What a person is asked.
     *
     * @param draft that would be the answer, with all that was found about it
     * @param end the loop's own end
     * @param until when the policy's default holds
     */
    record Question(Task task, Attempt draft, Stop end, Instant until) {}
}
