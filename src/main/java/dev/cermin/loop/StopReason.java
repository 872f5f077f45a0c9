package dev.cermin.loop;

/** Why a loop ended. */
public enum StopReason {
    /** The verifiers and critics that the policy asks for accept the draft. */
    ACCEPTED,
    /** The policy's number of corrections is made. */
    ROUNDS,
    /** A correction left the answer as it was, or none of the last ones made it better. */
    NO_PROGRESS,
    /** A correction came back to an earlier answer. */
    OSCILLATION,
    /** One more call would exceed the budget. */
    BUDGET,
    /** The task's deadline or the policy's timeout is past. */
    DEADLINE,
    /** Somebody cancelled the task. */
    CANCELLED,
    /** A person rejected the draft. */
    REJECTED,
    /** A step failed for good. */
    FAILED,
    /** The model asks for tools that are the caller's to call; there is no draft. */
    HANDED_BACK
}
