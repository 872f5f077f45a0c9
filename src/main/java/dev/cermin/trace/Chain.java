package dev.cermin.trace;

import dev.cermin.json.CanonicalJson;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The hash chain of a trace: {@code hash[n] = SHA-256(hash[n-1] ‖ canonical JSON of step n)}, canonical by RFC 8785.
 * Thread-safe.
 */
public final class Chain {
    private Chain() {}

    /**
     * The step with its text hashes, linked to the one before.
     *
     * @param previous the hash of the one before, hex; empty for the first step
     */
    public static TraceStep link(TraceStep step, String previous) {
        Map<String, String> hashes = textHashes(step);
        TraceStep unhashed = step.chained(hashes, previous, "");
        return step.chained(hashes, previous, hash(unhashed));
    }

    /** Checks a whole trace, in the order of its numbers. */
    public static Verification verify(List<TraceStep> steps) {
        if (steps.isEmpty()) {
            return Verification.broken(0, 0, "", "the trace has no steps");
        }
        String previous = "";
        int erased = 0;
        for (int i = 0; i < steps.size(); i++) {
            TraceStep step = steps.get(i);
            if (step.number() != i) {
                return Verification.broken(
                        i, erased, previous, "it is missing; step %d stands there".formatted(step.number()));
            }
            if (!step.taskId().equals(steps.getFirst().taskId())) {
                return Verification.broken(i, erased, previous, "it belongs to another task");
            }
            if (i > 0 && steps.get(i - 1).kind() == StepKind.FINISH) {
                return Verification.broken(i, erased, previous, "it stands behind the end of the trace");
            }
            if (!step.previous().equals(previous)) {
                return Verification.broken(i, erased, previous, "it does not follow from the step before it");
            }
            for (Map.Entry<String, String> text : textHashes(step).entrySet()) {
                if (!text.getValue().equals(step.textHashes().get(text.getKey()))) {
                    return Verification.broken(
                            i, erased, previous, "its %s is not what was recorded".formatted(text.getKey()));
                }
            }
            if (!hash(step).equals(step.hash())) {
                return Verification.broken(i, erased, previous, "its fields are not what was recorded");
            }
            if ((i == 0) != (step.kind() == StepKind.SUBMIT)) {
                return Verification.broken(i, erased, previous, "a trace begins with a submit step, and has one only");
            }
            erased += step.textHashes().size() - step.texts().byName().size();
            previous = step.hash();
        }
        boolean complete = steps.getLast().kind() == StepKind.FINISH;
        return new Verification(true, complete, steps.size(), erased, previous, "");
    }

    private static Map<String, String> textHashes(TraceStep step) {
        Map<String, String> hashes = new TreeMap<>();
        step.texts().byName().forEach((name, text) -> hashes.put(name, sha256(text.getBytes(StandardCharsets.UTF_8))));
        return hashes;
    }

    private static String hash(TraceStep step) {
        TraceStep header = new TraceStep(
                step.taskId(),
                step.number(),
                step.kind(),
                step.round(),
                step.model(),
                step.provider(),
                step.parameters(),
                step.promptId(),
                step.tokensIn(),
                step.tokensOut(),
                step.cost(),
                step.accepted(),
                step.score(),
                step.startedAt(),
                step.durationMillis(),
                step.attempt(),
                step.worker(),
                new Texts(null, null, null, null, null),
                step.textHashes(),
                "",
                "");
        byte[] canonical = CanonicalJson.bytes(header);
        byte[] before = HexFormat.of().parseHex(step.previous());
        MessageDigest digest = sha256();
        digest.update(before);
        return HexFormat.of().formatHex(digest.digest(canonical));
    }

    private static String sha256(byte[] bytes) {
        return HexFormat.of().formatHex(sha256().digest(bytes));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }
}
