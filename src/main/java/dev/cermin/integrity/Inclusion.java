package dev.cermin.integrity;

import java.time.Instant;
import java.util.List;

/**
 * That a checkpoint covers an entry of the log (RFC 9162, section 2.1.3), for whoever wants to check it alone.
 *
 * @param entry the leaf, as text
 * @param index its place in the log, from 0
 * @param path the hashes from the leaf up to the root, hex
 * @param size of the log at the checkpoint
 * @param root of its tree then, hex
 * @param at when the checkpoint was signed
 * @param checkpoint the signed note
 */
public record Inclusion(
        String entry, long index, List<String> path, long size, String root, Instant at, String checkpoint) {
    public Inclusion {
        path = List.copyOf(path);
    }
}
