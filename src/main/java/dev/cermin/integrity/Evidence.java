package dev.cermin.integrity;

import dev.cermin.audit.Entry;
import dev.cermin.store.TaskSummary;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * All that is stored of a task and bears on its trace.
 *
 * @param steps in the order of their numbers
 * @param row null where there is none
 * @param leaves of the log, in their order
 */
record Evidence(
        UUID task, List<StoredStep> steps, @Nullable TaskSummary row, List<ErasureRecord> erasures, List<Leaf> leaves) {

    /** An entry of the log, at its place. */
    record Leaf(long index, Entry entry) {}
}
