package dev.cermin.flow.claim;

import java.util.Optional;
import java.util.UUID;

/** Keeps states that are too large for messages, and has them again. Thread-safe. */
public interface Claims {
    /** Of a state, in bytes: many of them are in memory at once. */
    int MAX_BYTES = 16 << 20;

    /** Whether a state of so many bytes is to be kept here: it is large, not too large, and there is a place for it. */
    boolean take(int bytes);

    /** Keeps a state under the id that is returned; empty where Postgres is away. */
    Optional<UUID> tryKeep(UUID task, byte[] state);

    /** The same, however long it takes: what led to the state would else be done again. */
    UUID keep(UUID task, byte[] state) throws InterruptedException;

    /**
     * A state that was kept; empty where it isn't any more.
     *
     * @throws ClaimAwayException where it may be had later, or by another worker
     */
    Optional<byte[]> find(UUID id) throws ClaimAwayException;
}
