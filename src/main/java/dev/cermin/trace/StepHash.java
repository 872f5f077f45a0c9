package dev.cermin.trace;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The hashes of steps and their texts, SHA-256 in hex. Not thread-safe. */
final class StepHash {
    private final CanonicalStep canonical = new CanonicalStep();
    private final MessageDigest sha256;

    StepHash() {
        try {
            sha256 = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }

    /** @throws RuntimeException where a value has no form in JSON */
    String of(TraceStep step) {
        sha256.update(HexFormat.of().parseHex(step.previous()));
        return HexFormat.of().formatHex(sha256.digest(canonical.bytes(step)));
    }

    Map<String, String> texts(Texts texts) {
        Map<String, String> hashes = new TreeMap<>();
        texts.byName().forEach((name, text) -> hashes.put(name, of(text)));
        return hashes;
    }

    /** The first text that isn't what was recorded; null where all are. */
    @Nullable
    String changed(Texts texts, Map<String, String> hashes) {
        return differs(texts.findings(), hashes.get("findings"))
                ? "findings"
                : differs(texts.output(), hashes.get("output"))
                        ? "output"
                        : differs(texts.prompt(), hashes.get("prompt"))
                                ? "prompt"
                                : differs(texts.response(), hashes.get("response"))
                                        ? "response"
                                        : differs(texts.thinking(), hashes.get("thinking")) ? "thinking" : null;
    }

    private boolean differs(@Nullable String text, @Nullable String hash) {
        return text != null && !of(text).equals(hash);
    }

    private String of(String text) {
        return HexFormat.of().formatHex(sha256.digest(text.getBytes(StandardCharsets.UTF_8)));
    }
}
