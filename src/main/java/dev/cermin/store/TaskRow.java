package dev.cermin.store;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.UUID;
import org.hibernate.annotations.Immutable;
import org.jspecify.annotations.Nullable;

/** A task as a row: what lists and searches need. The recorder writes it; all of it follows from the steps. */
@Entity
@Immutable
@Table(name = "task")
public class TaskRow extends PanacheEntityBase {
    @Id
    UUID id;

    String tenant;
    String agent;

    @Column(name = "agent_version")
    String agentVersion;

    @Column(name = "agent_hash")
    String agentHash;

    @Column(name = "created_at")
    Instant createdAt;

    @Nullable
    Instant deadline;

    int steps;
    int rounds;
    int calls;

    @Column(name = "tokens_in")
    long tokensIn;

    @Column(name = "tokens_out")
    long tokensOut;

    BigDecimal cost;

    @Column(name = "stop_reason")
    @Nullable
    String stopReason;

    @Nullable
    Boolean accepted;

    @Column(name = "finished_at")
    @Nullable
    Instant finishedAt;

    String head;

    TaskSummary toSummary() {
        return new TaskSummary(
                id,
                tenant,
                agent,
                agentVersion,
                agentHash,
                createdAt,
                deadline,
                steps,
                rounds,
                calls,
                tokensIn,
                tokensOut,
                cost,
                stopReason,
                accepted,
                finishedAt,
                head);
    }
}
