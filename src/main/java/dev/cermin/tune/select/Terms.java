package dev.cermin.tune.select;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What makes a selection another one, and when it began.
 *
 * @param samples the hash of all of them
 * @param teacher which model
 * @param agents the hashes of both agents' resolved content
 * @param student which model, and how it is asked
 * @param carriage of the teacher's tasks
 */
record Terms(String samples, String teacher, String agents, String student, String carriage, Instant started) {
    /** In words; null where it is the same, begun at another time. */
    @Nullable
    String difference(Terms before) {
        if (!samples.equals(before.samples)) {
            return "of other samples";
        }
        if (!teacher.equals(before.teacher)) {
            return "by teacher %s, not %s".formatted(before.teacher, teacher);
        }
        if (!agents.equals(before.agents)) {
            return "by the teacher's agents as they were then, and they have changed";
        }
        if (!student.equals(before.student)) {
            return "for student %s, not %s".formatted(before.student, student);
        }
        return carriage.equals(before.carriage) ? null : "carried %s, not %s".formatted(before.carriage, carriage);
    }

    /** For ids of tasks, which no other run may have. */
    String run() {
        return "%s %s %s %s".formatted(started, samples, agents, student);
    }
}
