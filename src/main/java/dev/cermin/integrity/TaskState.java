package dev.cermin.integrity;

import dev.cermin.json.CanonicalText;
import dev.cermin.store.TaskSummary;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
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
        all.put("created_at", text(task.createdAt()));
        all.put("deadline", text(task.deadline()));
        all.put("steps", task.steps());
        all.put("rounds", task.rounds());
        all.put("calls", task.calls());
        all.put("tokens_in", String.valueOf(task.tokensIn()));
        all.put("tokens_out", String.valueOf(task.tokensOut()));
        all.put("cost", cost(task));
        all.put("stop_reason", task.stopReason());
        all.put("accepted", task.accepted());
        all.put("finished_at", text(task.finishedAt()));
        all.put("head", task.head());
        return all;
    }

    /** SHA-256 of it as canonical JSON, hex. */
    static String hash(TaskSummary task) {
        return sha256(canonical(task));
    }

    /** Byte for byte what {@link dev.cermin.json.CanonicalJson} writes of it: each trace that is verified is asked for it. */
    static byte[] canonical(TaskSummary task) {
        CanonicalText out = new CanonicalText(512);
        out.raw("{\"accepted\":").bool(task.accepted());
        out.raw(",\"agent\":").quoted(task.agent());
        out.raw(",\"agent_hash\":").quoted(task.agentHash());
        out.raw(",\"agent_version\":").quoted(task.agentVersion());
        out.raw(",\"calls\":").whole(task.calls());
        out.raw(",\"cost\":").quoted(cost(task));
        out.raw(",\"created_at\":").quoted(text(task.createdAt()));
        out.raw(",\"deadline\":").quoted(text(task.deadline()));
        out.raw(",\"finished_at\":").quoted(text(task.finishedAt()));
        out.raw(",\"head\":").quoted(task.head());
        out.raw(",\"rounds\":").whole(task.rounds());
        out.raw(",\"steps\":").whole(task.steps());
        out.raw(",\"stop_reason\":").quoted(task.stopReason());
        out.raw(",\"tenant\":").quoted(task.tenant());
        out.raw(",\"tokens_in\":").quoted(String.valueOf(task.tokensIn()));
        out.raw(",\"tokens_out\":").quoted(String.valueOf(task.tokensOut()));
        return out.raw("}").bytes();
    }

    private static String cost(TaskSummary task) {
        return task.cost().signum() == 0
                ? "0"
                : task.cost().stripTrailingZeros().toString();
    }

    private static @Nullable String text(@Nullable Instant time) {
        return time == null ? null : time.toString();
    }

    static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }
}
