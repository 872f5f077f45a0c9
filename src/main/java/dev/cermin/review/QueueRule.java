package dev.cermin.review;

import dev.cermin.config.TracesConfig;
import dev.cermin.loop.StopReason;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;

/** Which tasks belong into a queue. Immutable. */
final class QueueRule {
    private final String name;
    private final TracesConfig.Queue settings;

    /** @throws IllegalArgumentException for settings that can't be meant; names them */
    QueueRule(String name, TracesConfig.Queue settings) {
        this.name = name;
        this.settings = settings;
        if (name.equals(Queues.DECISIONS)) {
            throw wrong("", "is the queue of loops that wait for a person; another name is expected");
        }
        if (!(settings.sample() > 0 && settings.sample() <= 1)) {
            throw wrong(".sample", "is " + settings.sample() + "; a share above 0 up to 1 is expected");
        }
        settings.maxScore().ifPresent(most -> {
            if (!(most >= 0 && most <= 1)) {
                throw wrong(".max-score", "is " + most + "; a score from 0 to 1 is expected");
            }
        });
        settings.stopReason().ifPresent(this::requireReasons);
    }

    private void requireReasons(Set<String> reasons) {
        List<String> known =
                Arrays.stream(StopReason.values()).map(QueueRule::key).toList();
        for (String reason : reasons) {
            if (!known.contains(normal(reason))) {
                throw wrong(".stop-reason", "is '" + reason + "'; one of " + known + " is expected");
            }
        }
    }

    private IllegalArgumentException wrong(String key, String what) {
        return new IllegalArgumentException("cermin.review.queues.%s%s %s".formatted(name, key, what));
    }

    String name() {
        return name;
    }

    /** Whether it asks for scores, which take a look at the steps. */
    boolean needsScore() {
        return settings.maxScore().isPresent();
    }

    boolean matches(Ended task) {
        return settings.agent().map(agents -> agents.contains(task.agent())).orElse(true)
                && settings.tenant().map(all -> all.contains(task.tenant())).orElse(true)
                && settings.accepted().map(wanted -> wanted == task.accepted()).orElse(true)
                && settings.stopReason()
                        .map(reasons -> reasons.stream().map(QueueRule::normal).anyMatch(task.stopReason()::equals))
                        .orElse(true)
                && (settings.maxScore().isEmpty()
                        || (task.score() != null
                                && task.score() <= settings.maxScore().getAsDouble()))
                && settings.minCost()
                        .map(least -> task.cost().compareTo(least) >= 0)
                        .orElse(true)
                && (settings.minRounds().isEmpty()
                        || task.rounds() >= settings.minRounds().getAsInt())
                && (settings.sample() == 1 || share(name, task.id()) < settings.sample());
    }

    /** From 0 to below 1, as good as random and always the same: of SHA-256 of {@code NAME/ID} the first 53 bits. */
    static double share(String queue, UUID task) {
        try {
            byte[] hash =
                    MessageDigest.getInstance("SHA-256").digest((queue + "/" + task).getBytes(StandardCharsets.UTF_8));
            long bits = 0;
            for (int i = 0; i < Long.BYTES; i++) {
                bits = (bits << Byte.SIZE) | (hash[i] & 0xff);
            }
            return (bits >>> 11) * 0x1.0p-53;
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }

    private static String key(StopReason reason) {
        return reason.name().toLowerCase(Locale.ROOT);
    }

    private static String normal(String reason) {
        return reason.strip().toLowerCase(Locale.ROOT).replace('-', '_').replace(' ', '_');
    }
}
