package dev.cermin.trace;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One step as it is stored. The hash covers every field but the texts themselves, which enter by their own hashes: a
 * text can be erased and the chain still holds.
 *
 * @param taskId the task
 * @param number from 0, without gaps
 * @param kind what was done
 * @param round 0 for the first draft, then the number of the correction
 * @param model the model's name; null where none was called, as for the next five
 * @param provider who answered
 * @param parameters sampling parameters that were set
 * @param promptId the prompt and its version
 * @param tokensIn tokens read
 * @param tokensOut tokens written
 * @param cost by the model's price
 * @param accepted the verdict of a verification or a critique; of the finish step, of the loop; of a review step, of a
 *     person
 * @param score a critique's, in [0, 1]
 * @param startedAt when it began, to the millisecond
 * @param durationMillis how long it took
 * @param attempt how often it was begun, from 1; a repeat after a crash is not counted yet
 * @param worker who did it; of a review step, the person
 * @param texts what was read and written; see {@link Texts}
 * @param textHashes SHA-256 of each text, hex, by its name; stays where a text is erased
 * @param previous the hash of the step before, hex; empty for the first
 * @param hash of this step, hex
 */
public record TraceStep(
        UUID taskId,
        int number,
        StepKind kind,
        int round,
        @Nullable String model,
        @Nullable String provider,
        @Nullable Map<String, String> parameters,
        @Nullable String promptId,
        @Nullable Long tokensIn,
        @Nullable Long tokensOut,
        @Nullable BigDecimal cost,
        @Nullable Boolean accepted,
        @Nullable Double score,
        Instant startedAt,
        long durationMillis,
        int attempt,
        String worker,
        Texts texts,
        Map<String, String> textHashes,
        String previous,
        String hash) {

    /** The same with other texts. */
    public TraceStep with(Texts others) {
        return new TraceStep(
                taskId,
                number,
                kind,
                round,
                model,
                provider,
                parameters,
                promptId,
                tokensIn,
                tokensOut,
                cost,
                accepted,
                score,
                startedAt,
                durationMillis,
                attempt,
                worker,
                others,
                textHashes,
                previous,
                hash);
    }

    TraceStep chained(Map<String, String> hashes, String before, String own) {
        return new TraceStep(
                taskId,
                number,
                kind,
                round,
                model,
                provider,
                parameters,
                promptId,
                tokensIn,
                tokensOut,
                cost,
                accepted,
                score,
                startedAt,
                durationMillis,
                attempt,
                worker,
                texts,
                hashes,
                before,
                own);
    }
}
