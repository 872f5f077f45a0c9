package dev.cermin.integrity;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is to be said of the log.
 *
 * @param size how many entries it has
 * @param covered how many of them the newest checkpoint covers
 * @param signedAt when that was signed; null where none was
 * @param checkpoints that were compared, of the log's own
 * @param copied that were compared, of a copy kept elsewhere
 * @param signatures that hold; 0 without a public key
 * @param problems what is wrong; empty where all agrees
 */
public record LogReport(
        long size,
        long covered,
        @Nullable Instant signedAt,
        int checkpoints,
        int copied,
        int signatures,
        List<String> problems) {
    public LogReport {
        problems = List.copyOf(problems);
    }
}
