package dev.cermin.flow;

import dev.cermin.config.CerminConfig;
import dev.cermin.config.FlowConfig;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.common.annotation.Identifier;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.jboss.logging.Logger;

/** Makes the topics that are missing, once Kafka can be reached; those that are there stay as they are. */
@ApplicationScoped
class TopicSetup {
    private static final Logger LOG = Logger.getLogger(TopicSetup.class);
    private static final int BEFORE_WORKERS = 100;

    private final Map<String, Object> kafka;
    private final FlowConfig.Topics settings;
    private final Duration remembered;
    private final Lanes lanes;
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final AtomicBoolean told = new AtomicBoolean();

    TopicSetup(@Identifier("default-kafka-broker") Map<String, Object> kafka, CerminConfig config) {
        this.kafka = new HashMap<>(kafka);
        this.settings = config.topics();
        this.remembered = config.admission().deduplication();
        this.lanes = Lanes.of(config);
    }

    void start(@Observes @Priority(BEFORE_WORKERS) StartupEvent event) {
        if (settings.create() && !attempt()) {
            Thread.ofVirtual().name("cermin-topics").start(this::persist);
        }
    }

    void stop(@Observes ShutdownEvent event) {
        stopping.countDown();
    }

    private void persist() {
        try {
            while (!stopping.await(5, TimeUnit.SECONDS) && !attempt()) {
                LOG.debug("The topics wait for Kafka");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean attempt() {
        Map<String, Object> client = new HashMap<>(kafka);
        client.put("request.timeout.ms", 3_000);
        client.put("default.api.timeout.ms", 5_000);
        try (Admin admin = Admin.create(client)) {
            Set<String> there = admin.listTopics().names().get();
            List<NewTopic> missing = lanes.topics().entrySet().stream()
                    .filter(topic -> !there.contains(topic.getKey()))
                    .map(topic -> new NewTopic(
                                    topic.getKey(),
                                    Optional.of(topic.getValue() == 1 ? 1 : settings.partitions()),
                                    Optional.<Short>empty())
                            .configs(Topics.settings(topic.getKey(), remembered)))
                    .toList();
            if (!missing.isEmpty()) {
                admin.createTopics(missing).all().get();
                LOG.infof(
                        "Made the topics %s",
                        missing.stream().map(NewTopic::name).toList());
            }
            return true;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof TopicExistsException) {
                return true; // another service was faster
            }
            tell(e.getCause());
            return false;
        } catch (KafkaException e) {
            tell(e);
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    private void tell(Throwable problem) {
        LOG.logf(
                told.getAndSet(true) ? Logger.Level.DEBUG : Logger.Level.WARN,
                "The topics are looked after once Kafka is there: %s",
                problem.getMessage());
    }
}
