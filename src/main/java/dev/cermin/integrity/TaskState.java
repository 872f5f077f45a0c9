package dev.cermin.integrity;

import dev.cermin.json.CanonicalJson;
import dev.cermin.store.TaskSummary;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What the log says of a task's row, and what of it can be told from its steps: by the names of columns, as texts. */
final class TaskState {
    private TaskState() {}

    static Map<String, @Nullable Object> of(TaskSummary task) {
        Map<String, @Nullable Object> all = new LinkedHashMap<>();
        all.put("tenant", task.tenant());
        all.put("agent", task.agent());
        all.put("agent_version", task.agentVersion());
        all.put("agent_hash", task.agentHash());
        all.put("created_at", task.createdAt().toString());
        all.put("deadline", task.deadline() == null ? null : task.deadline().toString());
        all.put("steps", task.steps());
        all.put("rounds", task.rounds());
        all.put("calls", task.calls());
        all.put("tokens_in", String.valueOf(task.tokensIn()));
        all.put("tokens_out", String.valueOf(task.tokensOut()));
        all.put(
                "cost",
                task.cost().signum() == 0
                        ? "0"
                        : task.cost().stripTrailingZeros().toString());
        all.put("stop_reason", task.stopReason());
        all.put("accepted", task.accepted());
        all.put(
                "finished_at",
                task.finishedAt() == null ? null : task.finishedAt().toString());
        all.put("head", task.head());
        return all;
    }

    /** SHA-256 of it, hex. */
    static String hash(TaskSummary task) {
        return sha256(CanonicalJson.bytes(new TreeMap<>(of(task))));
    }

    static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }
}
