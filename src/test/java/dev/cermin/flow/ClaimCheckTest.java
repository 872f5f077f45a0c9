package dev.cermin.flow;

import static dev.cermin.fixture.Services.finished;
import static dev.cermin.fixture.Services.outcome;
import static dev.cermin.fixture.Services.rows;
import static dev.cermin.fixture.Services.submit;
import static dev.cermin.fixture.Services.trace;
import static dev.cermin.fixture.Services.within;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cermin.fixture.KafkaProbe;
import dev.cermin.fixture.ScriptedModels;
import dev.cermin.fixture.Services;
import dev.cermin.fixture.StoresResource;
import dev.cermin.store.ClaimStore;
import dev.cermin.trace.Chain;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Loops whose state no message holds. */
@QuarkusTest
@QuarkusTestResource(StoresResource.class)
class ClaimCheckTest {
    private static final int DRAFT = 1_200_000;

    @Inject
    ScriptedModels models;

    @Inject
    ClaimStore store;

    private final AtomicInteger drafts = new AtomicInteger();
    private KafkaProbe kafka;

    @BeforeEach
    void open() {
        models.reset();
        models.script("scripted-generate", prompt -> draft());
        models.script("scripted-correct", prompt -> draft());
        models.script("scripted-reflect", prompt -> "<reflection>longer</reflection><output>revise</output>");
        kafka = Services.kafka();
    }

    @AfterEach
    void close() {
        kafka.close();
    }

    private String draft() {
        return String.valueOf((char) ('a' + drafts.getAndIncrement())).repeat(DRAFT);
    }

    @Test
    void aStateOfSixMegabytesGoesThroughAndLeavesNothingBehind() throws Exception {
        UUID id = submit("scripted-rounds", "long drafts");
        assertThat(finished(id).getString("summary.stopReason")).isEqualTo("rounds");
        assertThat(outcome(id).getList("attempts")).hasSize(5);
        assertThat(Chain.verify(trace(id)).complete()).isTrue();
        assertThat(kafka.read(Topics.RESULTS, id.toString())).hasSize(1);

        List<ConsumerRecord<String, byte[]>> claimed = steps(id).stream()
                .filter(step -> KafkaProbe.header(step, Messages.CLAIM_HEADER) != null)
                .toList();
        assertThat(claimed).isNotEmpty().allMatch(step -> step.value() == null);
        assertThat(Long.parseLong(rows("select max(length(bytes)) from claim where task_id = '%s'".formatted(id))
                        .getFirst()))
                .isGreaterThan(5L * DRAFT);
        UUID open = UUID.randomUUID();
        store.put(UUID.randomUUID(), open, new byte[] {1});
        assertThat(store.sweep(Instant.now().minusSeconds(3600))).isPositive();
        assertThat(rows("select task_id from claim where task_id in ('%s', '%s')".formatted(id, open)))
                .containsExactly(open.toString());
        assertThat(store.sweep(Instant.now().plusSeconds(60))).isPositive();
        assertThat(rows("select task_id from claim where task_id = '%s'".formatted(open)))
                .isEmpty();
    }

    @Test
    void whilePostgresIsAwayALargeStateWaitsAndNoCallIsMadeTwice() throws Exception {
        UUID id;
        execute("alter table claim rename to claim_elsewhere");
        try {
            id = submit("scripted-rounds", "long drafts without a table");
            // states that fit go whole; the first that doesn't waits
            within().until(() -> drafts.get() >= 4);
            UUID small = submit("scripted-once", "meanwhile");
            finished(small);
            assertThat(Services.status(id).getString("status")).isEqualTo("running");
        } finally {
            execute("alter table claim_elsewhere rename to claim");
        }
        assertThat(finished(id).getString("summary.stopReason")).isEqualTo("rounds");
        assertThat(drafts).hasValue(5);
        assertThat(Chain.verify(trace(id)).complete()).isTrue();
    }

    @Test
    void aStepWhoseStateIsGoneIsSetAsideAndSaysSo() throws Exception {
        UUID id = UUID.randomUUID();
        UUID gone = UUID.randomUUID();
        var step = new ProducerRecord<String, byte[]>(Topics.ofLane("correct"), id.toString(), null);
        step.headers().add(Messages.CLAIM_HEADER, gone.toString().getBytes(StandardCharsets.UTF_8));
        kafka.send(step);
        within().untilAsserted(() -> assertThat(kafka.read(Topics.DEAD_LETTERS, id.toString()))
                .singleElement()
                .satisfies(letter -> assertThat(KafkaProbe.header(letter, DeadLetters.REASON))
                        .contains(gone.toString())
                        .contains("cermin.claim-check.keep")));
    }

    private List<ConsumerRecord<String, byte[]>> steps(UUID id) {
        return Stream.of("reflect", "correct")
                .flatMap(lane -> kafka.read(Topics.ofLane(lane), id.toString()).stream())
                .toList();
    }

    private static void execute(String sql) throws SQLException {
        try (Connection connection = Services.postgres();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
