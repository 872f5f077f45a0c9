package dev.cermin.trace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cermin.agent.AgentDefinition;
import dev.cermin.fixture.ManualClock;
import dev.cermin.fixture.Samples;
import dev.cermin.json.Json;
import dev.cermin.loop.StepResult;
import dev.cermin.loop.StepResult.Cancelled;
import dev.cermin.loop.StepResult.CutShort;
import dev.cermin.loop.StepResult.Expired;
import dev.cermin.loop.StepResult.Failed;
import dev.cermin.loop.StopReason;
import dev.cermin.policy.ArbitraryPolicies;
import dev.cermin.testing.ScriptedChatModel;
import dev.cermin.verify.Check;
import dev.cermin.verify.Verifier;
import dev.cermin.verify.Verifiers;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.statistics.Statistics;

/** Whatever the model, the verifiers and the outside do: the trace holds, and leads back to every state. */
class ReplayPropertiesTest {
    private static final String THROWS = "throws";

    @Property(tries = 800)
    void theTraceHoldsAndLeadsBackToEveryState(@ForAll("recordings") Recording recording) {
        List<TraceStep> steps = recording.steps();
        Statistics.collect(recording.states().getLast().outcome().stop().reason());

        Verification verification = Chain.verify(steps);
        assertThat(verification)
                .isEqualTo(new Verification(
                        true, true, steps.size(), 0, steps.getLast().hash(), ""));

        for (int n = 1; n <= steps.size(); n++) {
            assertThat(Replay.state(steps.subList(0, n)))
                    .isEqualTo(recording.states().get(n - 1));
        }
        Statistics.coverage(reasons -> {
            for (StopReason reason : StopReason.values()) {
                // no policy here asks a person, who alone rejects: see ReviewTest
                reasons.check(reason).count(count -> count > 0 == (reason != StopReason.REJECTED));
            }
        });
    }

    @Property(tries = 200)
    void stepsSurviveTheWayThroughJson(@ForAll("recordings") Recording recording) {
        List<TraceStep> read = recording.steps().stream()
                .map(step -> Json.read(Json.bytes(step), TraceStep.class))
                .toList();

        assertThat(Chain.verify(read).intact()).isTrue();
        assertThat(read).isEqualTo(recording.steps());
    }

    @Provide
    Arbitrary<Recording> recordings() {
        Arbitrary<AgentDefinition> agents = Combinators.combine(
                        Arbitraries.integers().between(0, 3),
                        Arbitraries.integers().between(0, 2),
                        ArbitraryPolicies.all())
                .as((verifiers, critics, policy) ->
                        Samples.agent(names("v", verifiers), names("critic-", critics), policy));
        Arbitrary<String> replies = Arbitraries.frequencyOf(
                Tuple.of(8, Arbitraries.of("a", "b", "c", "d", " a ", "", "\u00e9\u2212\ud83d\ude00")),
                Tuple.of(3, Arbitraries.of("<reflection>- dull\n- long</reflection><output>revise 0.4</output>")),
                Tuple.of(3, Arbitraries.of("<output>accept 0.95</output>", "<output>accept 0.1</output>")),
                Tuple.of(1, Arbitraries.just(THROWS)));
        Arbitrary<StepResult> signals = Arbitraries.of(
                new Cancelled("Cancelled by ann"),
                new Expired(Samples.NOON),
                new Failed("given up"),
                new CutShort(StopReason.HANDED_BACK, "the client's tools", null));
        return Combinators.combine(
                        agents,
                        replies.list().ofMinSize(1).ofMaxSize(20),
                        Arbitraries.integers().between(0, 1000),
                        signals,
                        Arbitraries.integers().between(1, 40))
                .as((agent, said, salt, signal, at) -> Recording.of(
                        agent,
                        Samples.task("a task"),
                        model(said),
                        verifiers(salt),
                        new ManualClock(Samples.NOON.plusNanos(123_456_789)),
                        number -> number == at ? signal : null))
                .withoutEdgeCases();
    }

    private static ScriptedChatModel model(List<String> said) {
        Iterator<String> replies = Stream.iterate(0, i -> i + 1)
                .map(i -> said.get(i % said.size()))
                .iterator();
        return new ScriptedChatModel(prompt -> {
            String reply = replies.next();
            if (reply.equals(THROWS)) {
                throw new IllegalStateException("the model threw");
            }
            return reply;
        });
    }

    /** Deterministic, and as good as random. */
    private static Verifiers verifiers(int salt) {
        Verifiers verifiers = Verifiers.standard();
        for (String name : names("v", 3)) {
            verifiers = verifiers.with(Verifier.of(name, answer -> {
                int dice = (name + salt + answer.output()).hashCode();
                if (dice % 7 == 0) {
                    throw new IllegalStateException("the verifier threw");
                }
                return new Check(name, dice % 3 != 0, "found " + dice);
            }));
        }
        return verifiers;
    }

    private static List<String> names(String prefix, int count) {
        return IntStream.range(0, count).mapToObj(i -> prefix + i).toList();
    }
}
