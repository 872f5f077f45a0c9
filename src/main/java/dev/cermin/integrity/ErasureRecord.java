package dev.cermin.integrity;

import dev.cermin.json.CanonicalJson;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * That texts of a task were erased.
 *
 * @param id of the record
 * @param at when
 * @param by who did it
 * @param reason as given
 * @param rule whether a setting's rule did it
 * @param texts what is gone
 */
public record ErasureRecord(UUID task, long id, Instant at, String by, String reason, boolean rule, List<Text> texts) {
    public ErasureRecord {
        texts = List.copyOf(texts);
    }

    /**
     * @param step its number
     * @param name of the text
     * @param sha256 of what it was, hex
     */
    public record Text(int step, String name, String sha256) {}

    /** What the log has of it: SHA-256 of its canonical JSON, hex. */
    String hash() {
        return TaskState.sha256(CanonicalJson.bytes(this));
    }
}
