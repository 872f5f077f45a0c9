package dev.cermin.store;

import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import java.io.Serializable;
import java.util.UUID;

/** A step's key: its task and its number. */
@Embeddable
public record StepId(
        @Column(name = "task_id") UUID taskId,
        @Column(name = "number") int number) implements Serializable {}
