package dev.cermin.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cermin.agent.AgentDefinition;
import dev.cermin.fixture.Samples;
import dev.cermin.json.Json;
import dev.cermin.loop.LoopState;
import dev.cermin.loop.StopReason;
import dev.cermin.loop.Task;
import dev.cermin.model.Model;
import dev.cermin.model.Price;
import dev.cermin.observe.Metrics;
import dev.cermin.policy.Policy;
import dev.cermin.redact.Redaction;
import dev.cermin.run.StepRunner;
import dev.cermin.testing.ScriptedChatModel;
import dev.cermin.trace.Chain;
import dev.cermin.trace.Replay;
import dev.cermin.trace.TraceStep;
import dev.cermin.trace.Tracer;
import dev.cermin.verify.Verifiers;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How far one message carries its loop. */
@Timeout(60)
class CarryOnTest {
    private static final Duration LONG = Duration.ofMinutes(1);

    private final AgentDefinition agent = Samples.agent(List.of(), List.of("judge"), Policy.DEFAULT);
    private final AtomicBoolean cancelled = new AtomicBoolean();
    private boolean cancelAtCorrection;

    @Test
    void aLoopWhoseStepsAreQuickIsCarriedToItsEndByOneMessage() throws Exception {
        Places places = served(LONG, 4);
        List<ProducerRecord<String, byte[]>> out = begin(places);
        assertThat(topics(out)).containsOnly(Topics.TRACES, Topics.RESULTS);
        List<TraceStep> trace = trace(out);
        assertThat(trace).hasSize(6);
        assertThat(Chain.verify(trace).complete()).isTrue();
        assertThat(Replay.state(trace).outcome().stop().reason()).isEqualTo(StopReason.ACCEPTED);
        assertAllFree(places, 4);
    }

    @Test
    void withoutCarryingOnEachStepIsAMessage() throws Exception {
        Places places = served(Duration.ZERO, 4);
        List<ProducerRecord<String, byte[]>> all = new ArrayList<>(begin(places));
        List<String> lanes = new ArrayList<>();
        ProducerRecord<String, byte[]> last = all.getLast();
        while (!last.topic().equals(Topics.RESULTS)) {
            lanes.add(last.topic());
            List<ProducerRecord<String, byte[]>> out = resume(places, last);
            all.addAll(out);
            last = out.getLast();
        }
        assertThat(lanes)
                .containsExactly(
                        Topics.ofLane("generate"),
                        Topics.ofLane("reflect"),
                        Topics.ofLane("correct"),
                        Topics.ofLane("reflect"));
        assertThat(Chain.verify(trace(all)).complete()).isTrue();
        assertAllFree(places, 4);
    }

    @Test
    void aLaneThatIsNotServedHereFullOrUnknownToBeQuickIsReachedOverKafka() throws Exception {
        Places elsewhere = new Places(LONG);
        open(elsewhere, Lanes.INTAKE, 4);
        open(elsewhere, "generate", 4);
        assertThat(begin(elsewhere).getLast().topic()).isEqualTo(Topics.ofLane("reflect"));

        Places full = served(LONG, 1);
        try (Place taken = full.enter("correct")) {
            assertThat(taken).isNotNull();
            assertThat(begin(full).getLast().topic()).isEqualTo(Topics.ofLane("correct"));
        }

        Places unknown = new Places(LONG);
        open(unknown, Lanes.INTAKE, 4);
        unknown.open("generate", 4);
        assertThat(begin(unknown).getLast().topic()).isEqualTo(Topics.ofLane("generate"));

        Places slow = new Places(Duration.ofMillis(50));
        open(slow, Lanes.INTAKE, 4);
        open(slow, "generate", 4);
        slow.open("reflect", 4);
        try (Place taken = slow.enter("reflect")) {
            assertThat(taken).isNotNull();
            Thread.sleep(150);
        }
        assertThat(begin(slow).getLast().topic()).isEqualTo(Topics.ofLane("reflect"));
    }

    @Test
    void aCancellationIsLookedAtBeforeEachStepOfTheWay() throws Exception {
        Places places = served(LONG, 4);
        cancelAtCorrection = true;
        List<ProducerRecord<String, byte[]>> out = begin(places);
        List<TraceStep> trace = trace(out);
        assertThat(trace)
                .extracting(step -> step.kind().key())
                .containsExactly("submit", "generate", "reflect", "correct", "finish");
        assertThat(trace.getLast().texts().findings()).contains("CANCELLED").contains("somebody");
        assertThat(out.getLast().topic()).isEqualTo(Topics.RESULTS);
        assertAllFree(places, 4);
    }

    /** Draft, critique, correction, critique that accepts. */
    private Loops loops() {
        UnaryOperator<String> replies = prompt -> {
            if (prompt.contains("REFLECT")) {
                return prompt.contains("second")
                        ? "<output>accept</output>"
                        : "<reflection>no</reflection><output>revise 0.5</output>";
            }
            if (prompt.contains("first")) {
                cancelled.set(cancelAtCorrection);
                return "second";
            }
            return "first";
        };
        ScriptedChatModel chat = new ScriptedChatModel(replies);
        Clock clock = Clock.systemUTC();
        StepRunner runner =
                new StepRunner(name -> new Model(name, "script", chat, Price.FREE), Verifiers.standard(), clock);
        return new Loops(
                runner,
                LanesTest.lanes(),
                new Tracer("test"),
                task -> Redaction.DEFAULT,
                clock,
                task -> cancelled.get() ? Optional.of("somebody") : Optional.empty(),
                StepListener.NONE,
                new Retries(Map.of(), clock, new Metrics(new SimpleMeterRegistry(), true, 9)),
                NoClaims.INSTANCE);
    }

    private List<ProducerRecord<String, byte[]>> begin(Places places) throws InterruptedException {
        Task task = new Task(UUID.randomUUID(), agent.name(), "carried", Instant.now());
        Turn turn = new Turn(loops(), LoopState.start(task, agent.plan()), Pinned.of(agent), Carried.NOTHING, null);
        try (Place place = places.enter(Lanes.INTAKE)) {
            return turn.begin(place);
        }
    }

    private List<ProducerRecord<String, byte[]>> resume(Places places, ProducerRecord<String, byte[]> message)
            throws InterruptedException {
        var record = new ConsumerRecord<>(message.topic(), 0, 0, message.key(), message.value());
        message.headers().forEach(record.headers()::add);
        try (Place place =
                places.enter(message.topic().substring(Topics.ofLane("").length()))) {
            return new Worker(loops()).handle(record, Attempts.FIRST, place);
        }
    }

    /** All lanes, with the name of being quick. */
    private static Places served(Duration carryOn, int concurrency) throws InterruptedException {
        Places places = new Places(carryOn);
        for (String lane : List.of(Lanes.INTAKE, "generate", "reflect", "correct")) {
            open(places, lane, concurrency);
        }
        return places;
    }

    private static void open(Places places, String lane, int concurrency) throws InterruptedException {
        places.open(lane, concurrency);
        try (Place place = places.enter(lane)) {
            assertThat(place).isNotNull();
        }
    }

    private static void assertAllFree(Places places, int concurrency) throws InterruptedException {
        List<Place> taken = new ArrayList<>();
        for (String lane : List.of(Lanes.INTAKE, "generate", "reflect", "correct")) {
            for (int i = 0; i < concurrency; i++) {
                // waits for ever where one is held by nobody
                taken.add(places.enter(lane));
            }
        }
        taken.forEach(Place::close);
    }

    private static List<String> topics(List<ProducerRecord<String, byte[]>> out) {
        return out.stream().map(ProducerRecord::topic).toList();
    }

    private static List<TraceStep> trace(List<ProducerRecord<String, byte[]>> out) {
        return out.stream()
                .filter(record -> record.topic().equals(Topics.TRACES))
                .map(record -> Json.read(record.value(), TraceStep.class))
                .toList();
    }
}
