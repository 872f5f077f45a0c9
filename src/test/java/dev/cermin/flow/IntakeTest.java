package dev.cermin.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cermin.agent.AgentDefinition;
import dev.cermin.agent.Agents;
import dev.cermin.agent.Source;
import dev.cermin.fixture.Samples;
import dev.cermin.json.Json;
import dev.cermin.loop.StopReason;
import dev.cermin.loop.Task;
import dev.cermin.model.Models;
import dev.cermin.observe.Metrics;
import dev.cermin.redact.Redaction;
import dev.cermin.run.StepRunner;
import dev.cermin.trace.Replay;
import dev.cermin.trace.TraceStep;
import dev.cermin.trace.Tracer;
import dev.cermin.verify.JsonSchemaVerifier;
import dev.cermin.verify.VerifierSpec;
import dev.cermin.verify.Verifiers;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

/** What a task begins with. */
class IntakeTest {
    private final Agents agents = Agents.of(Source.classPath(), Verifiers.standard());
    private final AgentDefinition agent = agents.named("equations");
    private final Task task =
            new Task(Samples.ID, agent.name(), "2x=4", Map.of(), Task.DEFAULT_TENANT, 0, Samples.NOON, null);
    private final Intake intake = new Intake(agents, loops());

    private static Loops loops() {
        StepRunner none = new StepRunner(Models.of(Map.of()), Verifiers.standard(), Clock.systemUTC());
        return new Loops(
                none,
                LanesTest.lanes(),
                new Tracer("test"),
                task -> Redaction.DEFAULT,
                Clock.systemUTC(),
                task -> Optional.empty(),
                StepListener.NONE,
                new Retries(Map.of(), Clock.systemUTC(), new Metrics(new SimpleMeterRegistry(), true, 9)),
                NoClaims.INSTANCE);
    }

    @Test
    void aTaskWhoseFirstStepNoMessageHoldsEndsAndSaysWhy() throws Exception {
        List<ProducerRecord<String, byte[]>> out = take(conversation("x".repeat(Envelope.MAX_BYTES - 1000)));
        assertThat(out).extracting(ProducerRecord::topic).containsExactly(Topics.TRACES, Topics.TRACES, Topics.RESULTS);
        assertThat(out).allMatch(Envelope::fits);
        var outcome = Replay.state(out.subList(0, 2).stream()
                        .map(record -> Json.read(record.value(), TraceStep.class))
                        .toList())
                .outcome();
        assertThat(outcome.stop().reason()).isEqualTo(StopReason.FAILED);
        assertThat(outcome.stop().detail()).contains("a message holds " + Envelope.MAX_BYTES);
    }

    @Test
    void aTaskIsTooLargeBeforeItIsSentWhereItWouldBeThen() throws Exception {
        assertThat(TaskRules.fault(task, agent, "x".repeat(1000))).isEmpty();
        assertThat(TaskRules.fault(task, agent, "\u00e9".repeat(600_000)))
                .as("bytes count, not characters")
                .hasValueSatisfying(fault -> {
                    assertThat(fault.size()).isTrue();
                    assertThat(fault.detail()).contains("1200000 bytes").contains("1048576");
                });
        String most = "x".repeat(1 << 20);
        assertThat(TaskRules.fault(task, agent, most)).isEmpty();
        assertThat(take(conversation(most))).extracting(ProducerRecord::topic).contains(Topics.ofLane("generate"));
        assertThat(TaskRules.fault(task, withSchemaOf(Envelope.MAX_BYTES - (1 << 20)), most))
                .as("each is small enough, and all together are not")
                .hasValueSatisfying(fault -> assertThat(fault.detail()).contains("together"));
    }

    private AgentDefinition withSchemaOf(int characters) {
        String schema = "{\"description\":\"%s\"}".formatted("x".repeat(characters));
        return new AgentDefinition(
                agent.name(),
                agent.version(),
                agent.description(),
                agent.answers(),
                agent.models(),
                agent.prompts(),
                agent.sampling(),
                List.of(new VerifierSpec(JsonSchemaVerifier.NAME, Map.of("schema", schema))),
                agent.critics(),
                agent.tools(),
                agent.policy());
    }

    private static byte[] conversation(String said) {
        Map<String, Object> message = Map.of("role", "user", "content", said);
        return Json.bytes(Map.of("messages", List.of(message)));
    }

    private List<ProducerRecord<String, byte[]>> take(byte[] conversation) throws InterruptedException {
        ProducerRecord<String, byte[]> sent =
                Messages.task(task, agent.content(), Carried.NOTHING.with(Messages.CONVERSATION_HEADER, conversation));
        var record = new ConsumerRecord<>(Topics.TASKS, 0, 0, sent.key(), sent.value());
        sent.headers().forEach(record.headers()::add);
        Places places = new Places(Duration.ZERO);
        places.open(Lanes.INTAKE, 1);
        try (Place place = places.enter(Lanes.INTAKE)) {
            return intake.handle(record, Attempts.FIRST, place);
        }
    }
}
