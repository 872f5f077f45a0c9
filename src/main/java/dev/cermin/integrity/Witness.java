package dev.cermin.integrity;

import dev.cermin.audit.SignedNote;

/** Somebody who keeps checkpoints where the log's own database can't reach them. */
public interface Witness {
    /**
     * A new one. What can't be told is told with the next: each covers all before it.
     *
     * @throws RuntimeException where it can't be told
     */
    void tell(SignedNote checkpoint);
}
