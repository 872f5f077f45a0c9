package dev.cermin.gateway;

import dev.cermin.json.Json;
import dev.cermin.loop.Task;
import dev.cermin.redact.Marks;
import dev.cermin.store.TraceStore;
import dev.cermin.trace.Replay;
import dev.cermin.trace.TraceStep;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.PersistenceException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The request header {@code Idempotency-Key} (draft-ietf-httpapi-idempotency-key-header): the same key of a tenant is the
 * same task, at whichever gateway. The key gives the task's id, so what is sent twice is begun once
 * ({@code cermin.admission.deduplication}), and what is stored is known for as long as it is. That another task came with
 * the key is told where this gateway took the first one lately, or where that one is stored. Thread-safe.
 */
@ApplicationScoped
public class Idempotency {
    private static final Logger LOG = Logger.getLogger(Idempotency.class);
    private static final int REMEMBERED = 100_000;
    private static final int MAX_KEY = 255;
    private static final int FINGERPRINT = 16;

    private final TraceStore store;
    private final Set<UUID> pending = ConcurrentHashMap.newKeySet();
    private final Map<UUID, byte[]> taken = Collections.synchronizedMap(new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<UUID, byte[]> eldest) {
            return size() > REMEMBERED;
        }
    });

    Idempotency(TraceStore store) {
        this.store = store;
    }

    /** What is known of a key's task. */
    public enum Known {
        /** Nothing: it is to be submitted. */
        NEW,
        /** It was accepted before. */
        SAME,
        /** Another one was. */
        OTHER,
        /** It is being submitted by another request. */
        PENDING
    }

    /**
     * The key of a header's value, which may be quoted, as the draft has it, or not, as most send it.
     *
     * @throws IllegalArgumentException where it is none
     */
    public static Optional<String> key(@Nullable String header) {
        if (header == null) {
            return Optional.empty();
        }
        String given = header.strip();
        boolean quoted = given.length() > 1 && given.startsWith("\"") && given.endsWith("\"");
        String key = quoted ? given.substring(1, given.length() - 1) : given;
        if (key.isBlank() || key.length() > MAX_KEY || !key.chars().allMatch(c -> c >= ' ' && c < 0x7f)) {
            throw new IllegalArgumentException(
                    "1 to %d characters of printable ASCII are expected, such as a UUID".formatted(MAX_KEY));
        }
        return Optional.of(key);
    }

    /** The id of a key's task: a UUID of version 8 (RFC 9562), from a SHA-256. */
    public static UUID id(String tenant, String key) {
        ByteBuffer hash = ByteBuffer.wrap(sha256(Json.bytes(List.of("cermin", tenant, key))));
        long high = (hash.getLong() & 0xffff_ffff_ffff_0fffL) | 0x8000L;
        long low = (hash.getLong() & 0x3fff_ffff_ffff_ffffL) | 0x8000_0000_0000_0000L;
        return new UUID(high, low);
    }

    /**
     * Whether a task with an id of {@link #id} was accepted before; a new one is pending till its {@link #end}. Blocks: what
     * this gateway didn't take is asked of the store; while that is away, the task is taken for new.
     *
     * @param beside what is sent along with the task, if anything
     */
    public Known begin(Task task, @Nullable String beside) {
        if (!pending.add(task.id())) {
            return Known.PENDING;
        }
        Known known = null;
        try {
            known = known(task, beside);
        } finally {
            if (known != Known.NEW) {
                pending.remove(task.id());
            }
        }
        return known;
    }

    private Known known(Task task, @Nullable String beside) {
        byte[] before = taken.get(task.id());
        if (before != null) {
            return Arrays.equals(before, fingerprint(task, beside)) ? Known.SAME : Known.OTHER;
        }
        try {
            List<TraceStep> steps = store.steps(task.id(), 0);
            return steps.isEmpty() ? Known.NEW : stored(steps.getFirst(), task);
        } catch (PersistenceException e) {
            LOG.warnf("Whether task %s was stored before can't be read: %s", task.id(), e.getMessage());
            return Known.NEW;
        }
    }

    private static Known stored(TraceStep submitted, Task task) {
        try {
            Task before = Replay.state(List.of(submitted)).task();
            boolean redacted = Marks.in(before.input())
                    || before.metadata().values().stream().anyMatch(Marks::in)
                    || before.metadata().keySet().stream().anyMatch(Marks::in);
            // what was redacted can't be compared, as what was erased can't
            return redacted || Arrays.equals(fingerprint(before, null), fingerprint(task, null))
                    ? Known.SAME
                    : Known.OTHER;
        } catch (IllegalArgumentException e) {
            LOG.debugf("What task %s was can't be read any more: %s", task.id(), e.getMessage());
            return Known.SAME;
        }
    }

    /** A new one was accepted, or it was not. */
    public void end(Task task, @Nullable String beside, boolean accepted) {
        if (accepted) {
            taken.put(task.id(), fingerprint(task, beside));
        }
        pending.remove(task.id());
    }

    /** Of what a client says, which is not when it says it. */
    private static byte[] fingerprint(Task task, @Nullable String beside) {
        Map<String, Object> said = new LinkedHashMap<>();
        said.put("agent", task.agent());
        said.put("input", task.input());
        said.put("metadata", task.metadata());
        said.put("priority", task.priority());
        said.put("deadline", String.valueOf(task.deadline()));
        said.put("startAt", String.valueOf(task.startAt()));
        said.put(
                "beside",
                beside == null ? "" : HexFormat.of().formatHex(sha256(beside.getBytes(StandardCharsets.UTF_8))));
        return Arrays.copyOf(sha256(Json.bytes(said)), FINGERPRINT);
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }
}
