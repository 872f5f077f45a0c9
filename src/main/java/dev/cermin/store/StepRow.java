package dev.cermin.store;

import dev.cermin.trace.StepKind;
import dev.cermin.trace.Texts;
import dev.cermin.trace.TraceStep;
import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.hibernate.annotations.Immutable;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.Nullable;

/** A step as a row. Never updated through here. */
@Entity
@Immutable
@Table(name = "step")
public class StepRow extends PanacheEntityBase {
    @EmbeddedId
    StepId id;

    String tenant;

    @Column(name = "created_at")
    Instant createdAt;

    String kind;
    int round;

    @Nullable
    String model;

    @Nullable
    String provider;

    @JdbcTypeCode(SqlTypes.JSON)
    @Nullable
    Map<String, String> parameters;

    @Column(name = "prompt_id")
    @Nullable
    String promptId;

    @Column(name = "tokens_in")
    @Nullable
    Long tokensIn;

    @Column(name = "tokens_out")
    @Nullable
    Long tokensOut;

    @Nullable
    BigDecimal cost;

    @Nullable
    Boolean accepted;

    @Nullable
    Double score;

    @Column(name = "started_at")
    Instant startedAt;

    @Column(name = "duration_ms")
    long durationMillis;

    int attempt;
    String worker;

    @Column(columnDefinition = "text")
    @Nullable
    String prompt;

    @Column(columnDefinition = "text")
    @Nullable
    String response;

    @Column(columnDefinition = "text")
    @Nullable
    String thinking;

    @Column(columnDefinition = "text")
    @Nullable
    String output;

    @Column(columnDefinition = "text")
    @Nullable
    String findings;

    @Column(name = "text_hashes")
    @JdbcTypeCode(SqlTypes.JSON)
    Map<String, String> textHashes;

    String previous;
    String hash;

    TraceStep toStep() {
        return new TraceStep(
                id.taskId(),
                id.number(),
                StepKind.valueOf(kind.toUpperCase(Locale.ROOT)),
                round,
                model,
                provider,
                parameters == null ? null : new TreeMap<>(parameters),
                promptId,
                tokensIn,
                tokensOut,
                cost == null ? null : cost.stripTrailingZeros(),
                accepted,
                score,
                startedAt,
                durationMillis,
                attempt,
                worker,
                new Texts(prompt, response, thinking, output, findings),
                new TreeMap<>(textHashes),
                previous,
                hash);
    }
}
