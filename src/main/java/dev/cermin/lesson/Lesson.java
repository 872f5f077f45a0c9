package dev.cermin.lesson;

import dev.cermin.json.Json;
import dev.cermin.loop.Task;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

/**
 * What a corrected failure taught. Its texts stem from tasks and models, so they are data and never instructions: both
 * are made one line without invisible characters, and cut to their length, wherever they come from. That keeps them
 * small, not true: a prompt must hand them over as a variable's value, which {@code Prompt} does not expand and in which
 * it disarms reasoning tags.
 *
 * @param id follows from agent, tenant, situation and advice: the same lesson has the same id
 * @param agent the agent's name; no other agent is given it
 * @param tenant whose it is; no other tenant is given it
 * @param situation the task's input, cut to {@value #SITUATION_LENGTH} characters
 * @param advice what went wrong and what held, cut to {@value #ADVICE_LENGTH} characters
 * @param taskId the task that it was first drawn from
 * @param learnedAt when it was first drawn
 * @param expiresAt from this instant on it is not recalled; drawn again, it gets a later one
 */
public record Lesson(
        String id,
        String agent,
        String tenant,
        String situation,
        String advice,
        UUID taskId,
        Instant learnedAt,
        Instant expiresAt) {
    public static final int SITUATION_LENGTH = 1000;
    public static final int ADVICE_LENGTH = 500;

    public Lesson {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(agent, "agent");
        Objects.requireNonNull(tenant, "tenant");
        Objects.requireNonNull(taskId, "taskId");
        Objects.requireNonNull(learnedAt, "learnedAt");
        Objects.requireNonNull(expiresAt, "expiresAt");
        situation = PlainText.line(situation, SITUATION_LENGTH);
        advice = PlainText.line(advice, ADVICE_LENGTH);
    }

    static Lesson of(Task task, String advice, Instant now, Duration timeToLive) {
        String situation = situation(task);
        String plain = PlainText.line(advice, ADVICE_LENGTH);
        return new Lesson(
                id(task.agent(), task.tenant(), situation, plain),
                task.agent(),
                task.tenant(),
                situation,
                plain,
                task.id(),
                now,
                now.plus(timeToLive));
    }

    /** What a lesson of this task would have as its situation. */
    static String situation(Task task) {
        return PlainText.line(task.input(), SITUATION_LENGTH);
    }

    public boolean expired(Instant now) {
        return !now.isBefore(expiresAt);
    }

    Lesson renewed(Instant until) {
        return until.isAfter(expiresAt)
                ? new Lesson(id, agent, tenant, situation, advice, taskId, learnedAt, until)
                : this;
    }

    private static String id(String... parts) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(Json.bytes(List.of(parts)));
            return HexFormat.of().formatHex(hash, 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }
}
