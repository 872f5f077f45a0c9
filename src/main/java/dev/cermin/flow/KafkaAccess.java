package dev.cermin.flow;

import dev.cermin.config.CerminConfig;
import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;

/** Whether Kafka can be reached, and has what the services need. For one thread, which may block. */
@ApplicationScoped
public class KafkaAccess {
    private static final int PATIENCE_MS = 3_000;

    private final Map<String, Object> settings;
    private final Set<String> topics;
    private @Nullable Admin admin;

    KafkaAccess(@Identifier("default-kafka-broker") Map<String, Object> kafka, CerminConfig config) {
        this.settings = new HashMap<>(kafka);
        this.topics = Lanes.of(config).topics().keySet();
        settings.put("request.timeout.ms", PATIENCE_MS);
        settings.put("default.api.timeout.ms", PATIENCE_MS);
    }

    /** What is amiss, in words; empty where nothing is. */
    public Optional<String> problem() throws InterruptedException {
        try {
            if (admin == null) {
                admin = Admin.create(settings);
            }
            Set<String> missing = new TreeSet<>(topics);
            missing.removeAll(admin.listTopics().names().get());
            return missing.isEmpty() ? Optional.empty() : Optional.of("Kafka has no topics " + missing);
        } catch (ExecutionException e) {
            return Optional.of("Kafka can't be reached: " + e.getCause().getMessage());
        } catch (KafkaException e) {
            return Optional.of("Kafka can't be reached: " + e.getMessage());
        }
    }

    public void close() {
        if (admin != null) {
            admin.close(Duration.ZERO);
        }
    }
}
