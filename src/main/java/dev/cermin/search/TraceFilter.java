package dev.cermin.search;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which traces are meant; what is null asks for nothing. Immutable.
 *
 * @param agent its name
 * @param version the agent's
 * @param model the name of a model that was called
 * @param stopReason lower case, as {@code no_progress}
 * @param accepted the verdict at the end
 * @param minScore the critics' last score at least, in [0, 1]
 * @param maxScore at most
 * @param minRounds corrections at least
 * @param maxRounds at most
 * @param minCost at least, in the currency of the models' prices
 * @param maxCost at most
 * @param from created then or later
 * @param to created before
 * @param tenant whose task it is
 * @param label a reviewer's last one, as {@code wrong}
 * @param text words in drafts and critiques, as in search engines: all of them, {@code "a phrase"}, {@code or},
 *     {@code -without}
 * @param unfinished only those that have not ended
 */
public record TraceFilter(
        @Nullable String agent,
        @Nullable String version,
        @Nullable String model,
        @Nullable String stopReason,
        @Nullable Boolean accepted,
        @Nullable Double minScore,
        @Nullable Double maxScore,
        @Nullable Integer minRounds,
        @Nullable Integer maxRounds,
        @Nullable BigDecimal minCost,
        @Nullable BigDecimal maxCost,
        @Nullable Instant from,
        @Nullable Instant to,
        @Nullable String tenant,
        @Nullable String label,
        @Nullable String text,
        boolean unfinished) {
    /** All traces. */
    public static final TraceFilter ANY = new TraceFilter(
            null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, false);

    /**
     * Of parameters as in a URL, which have the names of the fields: {@code agent=equations&minScore=0.5}. Blank ones ask
     * for nothing.
     *
     * @throws FilterException where there is no such parameter, or its value can't be read
     */
    public static TraceFilter of(Map<String, String> parameters) {
        return new FilterReader(parameters).read();
    }

    /** What {@link #of} makes it of. */
    public Map<String, String> parameters() {
        Map<String, String> all = new LinkedHashMap<>();
        put(all, "agent", agent);
        put(all, "version", version);
        put(all, "model", model);
        put(all, "stopReason", stopReason);
        put(all, "accepted", accepted);
        put(all, "minScore", minScore);
        put(all, "maxScore", maxScore);
        put(all, "minRounds", minRounds);
        put(all, "maxRounds", maxRounds);
        put(all, "minCost", minCost == null ? null : minCost.toPlainString());
        put(all, "maxCost", maxCost == null ? null : maxCost.toPlainString());
        put(all, "from", from);
        put(all, "to", to);
        put(all, "tenant", tenant);
        put(all, "label", label);
        put(all, "text", text);
        put(all, "unfinished", unfinished ? Boolean.TRUE : null);
        return all;
    }

    /** The same of one tenant's tasks alone. */
    public TraceFilter ofTenant(String only) {
        Map<String, String> all = new LinkedHashMap<>(parameters());
        all.put("tenant", only);
        return of(all);
    }

    private static void put(Map<String, String> all, String name, @Nullable Object value) {
        if (value != null) {
            all.put(name, value.toString());
        }
    }
}
