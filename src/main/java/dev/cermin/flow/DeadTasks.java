package dev.cermin.flow;

import dev.cermin.config.CerminConfig;
import dev.cermin.config.CerminConfig.ServiceRole;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** The tasks that were set aside lately: whoever waits for their end waits in vain. Thread-safe. */
@ApplicationScoped
public class DeadTasks {
    private static final Set<String> NEEDLESS = Set.of(Topics.TRACES, Topics.CONTROL, Topics.WEBHOOKS);
    private static final int REMEMBERED = 10_000;
    /** So long ago a task may have been set aside to be known at a start. */
    private static final Duration LATELY = Duration.ofHours(24);

    private final CerminConfig config;
    private final Follower follower;
    private final Map<String, Dead> tasks = Collections.synchronizedMap(new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Dead> eldest) {
            return size() > REMEMBERED;
        }
    });

    /** @param letter its id */
    private record Dead(String letter, String reason) {}

    DeadTasks(CerminConfig config, LaneClients clients) {
        this.config = config;
        this.follower = new Follower(Topics.DEAD_LETTERS, LATELY, clients, this::on);
    }

    void start(@Observes StartupEvent event) {
        if (config.plays(ServiceRole.GATEWAY)) {
            Thread.ofPlatform().name("cermin-dead-tasks").daemon().start(follower);
        }
    }

    void stop(@Observes ShutdownEvent event) {
        follower.stop();
    }

    /** What isn't the task itself or a step of it ends no task: a trace, a cancellation, a webhook. */
    private void on(ConsumerRecord<String, byte[]> letter) {
        DeadLetters.replayed(letter)
                .ifPresent(
                        again -> tasks.values().removeIf(dead -> dead.letter().equals(again)));
        String from = DeadLetters.header(letter, DeadLetters.TOPIC);
        boolean needed = !from.isEmpty() && !NEEDLESS.contains(from);
        if (letter.key() != null && needed) {
            tasks.put(letter.key(), new Dead(DeadLetters.id(letter), DeadLetters.header(letter, DeadLetters.REASON)));
        }
    }

    /** Why a task was set aside; empty where it wasn't, or was long ago, or where its letter was sent again since. */
    public Optional<String> reason(UUID task) {
        return Optional.ofNullable(tasks.get(task.toString())).map(Dead::reason);
    }
}
