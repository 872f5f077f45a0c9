package dev.cermin.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cermin.agent.AgentDefinition;
import dev.cermin.fixture.ManualClock;
import dev.cermin.fixture.Samples;
import dev.cermin.json.Json;
import dev.cermin.policy.Policy;
import dev.cermin.testing.ScriptedChatModel;
import dev.cermin.verify.Verifiers;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ChainTest {
    private static final List<TraceStep> TRACE = trace();
    private static final ObjectMapper MAPPER = new ObjectMapper();

    /** One step of every kind: submit, generate, verify, reflect, correct, verify, finish. */
    private static List<TraceStep> trace() {
        AgentDefinition agent = Samples.agent(List.of("arithmetic"), List.of("critic"), Policy.DEFAULT);
        var model = ScriptedChatModel.saying("5", "<reflection>no</reflection><output>revise 0.5</output>", "4");
        return Recording.of(
                        agent,
                        Samples.task("2+2"),
                        model,
                        Verifiers.standard(),
                        new ManualClock(Samples.NOON),
                        number -> null)
                .steps();
    }

    @Test
    void anUntouchedTraceIsIntactAndComplete() {
        assertThat(TRACE)
                .extracting(TraceStep::kind)
                .containsExactly(
                        StepKind.SUBMIT,
                        StepKind.GENERATE,
                        StepKind.VERIFY,
                        StepKind.REFLECT,
                        StepKind.CORRECT,
                        StepKind.VERIFY,
                        StepKind.FINISH);
        assertThat(Chain.verify(TRACE))
                .isEqualTo(new Verification(true, true, 7, 0, TRACE.getLast().hash(), ""));
    }

    @Test
    void anyFieldOfAnyStepThatIsChangedIsSeen() {
        int changes = 0;
        for (int n = 0; n < TRACE.size(); n++) {
            ObjectNode step = (ObjectNode) tree(TRACE.get(n));
            for (Map.Entry<String, JsonNode> field : List.copyOf(step.properties())) {
                List<JsonNode> others = new ArrayList<>(others(field.getKey(), field.getValue()));
                for (JsonNode other : others) {
                    ObjectNode forged = step.deepCopy();
                    forged.set(field.getKey(), other);
                    Verification found = Chain.verify(with(n, Json.read(forged.toString(), TraceStep.class)));
                    assertBroken(found, n, field.getKey() + " = " + other);
                    changes++;
                }
            }
            for (String absent : absent(step)) {
                ObjectNode forged = step.deepCopy();
                forged.set(absent, MAPPER.valueToTree(value(absent)));
                assertBroken(
                        Chain.verify(with(n, Json.read(forged.toString(), TraceStep.class))), n, absent + " added");
                changes++;
            }
        }
        assertThat(changes).as("fields tried").isGreaterThan(150);
    }

    @Test
    void anErasedTextLeavesTheChainIntactAndIsCounted() {
        List<TraceStep> steps = new ArrayList<>(TRACE);
        Texts texts = TRACE.get(1).texts();
        Texts without = new Texts(null, null, texts.thinking(), texts.output(), texts.findings());
        steps.set(1, withTexts(TRACE.get(1), without));
        steps.set(3, withTexts(TRACE.get(3), new Texts(null, null, null, null, null)));

        assertThat(Chain.verify(steps))
                .isEqualTo(new Verification(true, true, 7, 5, TRACE.getLast().hash(), ""));
        assertThatThrownBy(() -> Replay.state(steps))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Step 3 can't be replayed: its text 'findings' was erased");
    }

    @Test
    void aBrokenTraceTellsWhatOfItHolds() {
        List<TraceStep> steps = new ArrayList<>(TRACE);
        steps.set(1, withTexts(TRACE.get(1), new Texts(null, null, null, null, null)));
        steps.remove(4);

        assertThat(Chain.verify(steps))
                .isEqualTo(new Verification(
                        false, false, 4, 3, TRACE.get(3).hash(), "step 4: it is missing; step 5 stands there"));
    }

    @Test
    void aTextThatWasNeverThereCanNotBeAdded() {
        Texts texts = TRACE.get(2).texts();
        Texts more = new Texts("a prompt", texts.response(), texts.thinking(), texts.output(), texts.findings());

        assertBroken(Chain.verify(with(2, withTexts(TRACE.get(2), more))), 2, "a text added");
    }

    @Test
    void aDroppedStepIsSeenWhereItStood() {
        for (int n = 0; n < TRACE.size() - 1; n++) {
            List<TraceStep> steps = new ArrayList<>(TRACE);
            steps.remove(n);
            assertBroken(Chain.verify(steps), n, "dropped");
        }
        assertThat(Chain.verify(TRACE.subList(0, 0)).problem()).isEqualTo("step 0: the trace has no steps");
    }

    @Test
    void aTraceThatWasCutOffIsNotComplete() {
        assertThat(Chain.verify(TRACE.subList(0, 6)))
                .isEqualTo(new Verification(true, false, 6, 0, TRACE.get(5).hash(), ""));
    }

    @Test
    void swappedStepsAreSeenAtTheFirst() {
        for (int n = 0; n < TRACE.size() - 1; n++) {
            List<TraceStep> steps = new ArrayList<>(TRACE);
            Collections.swap(steps, n, n + 1);
            assertBroken(Chain.verify(steps), n, "swapped");
        }
    }

    @Test
    void aStepOfAnotherTraceIsSeen() {
        TraceStep first = TRACE.getFirst();
        TraceStep other = Chain.link(copy(TRACE.get(1), 1, "another"), "");

        assertBroken(Chain.verify(with(1, other)), 1, "not linked");
        // rightly linked itself, but what follows it is not
        assertBroken(Chain.verify(with(1, Chain.link(copy(TRACE.get(1), 1, "another"), first.hash()))), 2, "relinked");
    }

    @Test
    void aForgedStepAtTheEndIsSeen() {
        TraceStep last = TRACE.getLast();
        List<TraceStep> unlinked = new ArrayList<>(TRACE);
        unlinked.add(Chain.link(copy(last, 7, "forger"), TRACE.get(5).hash()));
        assertBroken(Chain.verify(unlinked), 7, "appended, linked to an earlier step");

        List<TraceStep> misnumbered = new ArrayList<>(TRACE);
        misnumbered.add(Chain.link(copy(last, 9, "forger"), last.hash()));
        assertBroken(Chain.verify(misnumbered), 7, "appended, out of number");

        List<TraceStep> afterTheEnd = new ArrayList<>(TRACE);
        afterTheEnd.add(Chain.link(copy(last, 7, "forger"), last.hash()));
        assertBroken(Chain.verify(afterTheEnd), 7, "appended behind the end, rightly linked");
    }

    @Test
    void whatPeopleDoStandsBehindTheEndChained() {
        List<TraceStep> reviewed = reviewed();

        assertThat(Chain.verify(reviewed))
                .isEqualTo(new Verification(true, true, 9, 0, reviewed.getLast().hash(), ""));
        assertThat(Replay.state(reviewed)).isEqualTo(Replay.state(TRACE));
        assertThat(Replay.loop(reviewed)).isEqualTo(TRACE);
        assertThat(Review.lastLabel(reviewed, 1, true).orElseThrow().accepted()).isFalse();
        assertThat(Review.lastLabel(reviewed, 0, false)).isEmpty();
    }

    @Test
    void aReviewThatIsChangedOrDroppedIsSeen() {
        List<TraceStep> relabelled = new ArrayList<>(reviewed());
        relabelled.set(7, Json.read(Json.text(relabelled.get(7)).replace("RIGHT", "WRONG"), TraceStep.class));
        List<TraceStep> dropped = new ArrayList<>(reviewed());
        dropped.remove(7);
        List<TraceStep> erased = new ArrayList<>(reviewed());
        Texts texts = erased.get(8).texts();
        erased.set(8, withTexts(erased.get(8), new Texts(null, null, null, null, texts.findings())));

        assertBroken(Chain.verify(relabelled), 7, "a label changed");
        assertBroken(Chain.verify(dropped), 7, "a review dropped");
        assertThat(Chain.verify(erased))
                .as("a comment erased")
                .isEqualTo(new Verification(true, true, 9, 1, erased.getLast().hash(), ""));
    }

    /** A label, and another one with a comment. */
    private static List<TraceStep> reviewed() {
        List<TraceStep> steps = new ArrayList<>(TRACE);
        Tracer tracer = new Tracer("gateway");
        Review first = Review.label(Review.Label.RIGHT, "ann", "1");
        Review second = Review.label(Review.Label.WRONG, "bob", "2");
        steps.add(tracer.reviewed(Samples.ID, TraceHead.after(steps.getLast()), first, 1, null, Samples.NOON));
        steps.add(tracer.reviewed(
                Samples.ID, TraceHead.after(steps.getLast()), second, 1, "2+2 is 4, but why?", Samples.NOON));
        return steps;
    }

    @Test
    void aStepOfAnotherTaskIsSeenEvenWhereItIsRightlyLinked() {
        List<TraceStep> steps = new ArrayList<>(TRACE.subList(0, 6));
        TraceStep last = TRACE.getLast();
        TraceStep other = of(UUID.randomUUID(), 6, StepKind.FINISH, last.texts());
        steps.add(Chain.link(other, TRACE.get(5).hash()));

        assertBroken(Chain.verify(steps), 6, "another task's");
    }

    @Test
    void theFormatDoesNotDrift() {
        TraceStep submit = Chain.link(of(Samples.ID, 0, StepKind.SUBMIT, new Texts(null, null, null, "2+2", "{}")), "");
        TraceStep full = Chain.link(
                new TraceStep(
                        Samples.ID,
                        1,
                        StepKind.GENERATE,
                        0,
                        "small",
                        "openai",
                        Map.of("temperature", "0.7", "max-tokens", "100"),
                        "tagged/generate@1",
                        123L,
                        45L,
                        new BigDecimal("0.00012"),
                        true,
                        0.95,
                        Instant.parse("2030-01-01T12:00:00.123Z"),
                        1500,
                        2,
                        "worker-\u00e9",
                        new Texts("prompt \u20ac", "response \"quoted\"", "thinking\n", "4", "{}"),
                        Map.of(),
                        "",
                        ""),
                submit.hash());

        assertThat(submit.textHashes().get("output"))
                .as("sha256sum of 2+2")
                .isEqualTo("1acf86226c68c1485ca3939884c43ed99abeea344e806548af7ee813c1c0cff3");
        assertThat(submit.hash()).isEqualTo("e6e0d0932ea71f2b56315eaeff07b728bcf9ceff3a7d141b569f077519515734");
        assertThat(full.hash()).isEqualTo("a89f3e4e06c529c6ba91bfc6589da4b6ea44e39f2bb76de653d967a59f6cccf1");
    }

    @Test
    void aCostIsANumberHoweverItIsWritten() {
        TraceStep written = Chain.link(cost("0.50"), "");
        TraceStep stored = cost("0.500000").chained(written.textHashes(), "", written.hash());

        assertThat(Chain.verify(List.of(stored)).intact()).isTrue();
        assertThat(Chain.verify(List.of(cost("0.51").chained(written.textHashes(), "", written.hash())))
                        .intact())
                .isFalse();
    }

    private static TraceStep cost(String cost) {
        TraceStep step = of(Samples.ID, 0, StepKind.SUBMIT, new Texts(null, null, null, null, null));
        ObjectNode tree = (ObjectNode) tree(step);
        tree.put("cost", new BigDecimal(cost));
        return Json.read(tree.toString(), TraceStep.class);
    }

    private static void assertBroken(Verification found, int number, String as) {
        assertThat(found.intact()).as(as).isFalse();
        assertThat(found.complete()).as(as).isFalse();
        assertThat(found.problem()).as(as).startsWith("step " + number + ": ");
        assertThat(found.steps()).as(as).isEqualTo(number);
    }

    private static List<TraceStep> with(int n, TraceStep step) {
        List<TraceStep> steps = new ArrayList<>(TRACE);
        steps.set(n, step);
        return steps;
    }

    private static JsonNode tree(TraceStep step) {
        return Json.read(Json.text(step), JsonNode.class);
    }

    /** Other values of the same type, for every way in which this one could be changed. */
    private static List<JsonNode> others(String name, JsonNode value) {
        return switch (name) {
            case "taskId" -> trees("00000000-0000-7000-8000-000000000002");
            case "kind" -> {
                List<JsonNode> kinds = new ArrayList<>();
                for (StepKind kind : StepKind.values()) {
                    kinds.add(MAPPER.valueToTree(kind));
                }
                kinds.remove(value);
                yield kinds;
            }
            case "startedAt" -> trees("2030-01-01T12:00:00.001Z");
            case "texts", "textHashes", "parameters" -> {
                List<JsonNode> all = new ArrayList<>();
                for (Map.Entry<String, JsonNode> entry : value.properties()) {
                    ObjectNode changed = value.deepCopy();
                    changed.put(entry.getKey(), entry.getValue().asText() + " ");
                    all.add(changed);
                }
                ObjectNode added = value.deepCopy();
                added.put(name.equals("texts") ? "thinking" : "another", "more");
                all.add(added);
                yield all;
            }
            default -> {
                if (value.isTextual()) {
                    String text = value.asText();
                    yield trees(text + "0", text.isEmpty() ? "00" : text.substring(1), text.isEmpty() ? "0" : "");
                }
                if (value.isBoolean()) {
                    yield trees(!value.asBoolean());
                }
                yield value.isIntegralNumber()
                        ? trees(value.asLong() + 1, value.asLong() - 1)
                        : trees(value.asDouble() / 2);
            }
        };
    }

    private static List<JsonNode> trees(Object... values) {
        List<JsonNode> trees = new ArrayList<>();
        for (Object value : values) {
            trees.add(MAPPER.valueToTree(value));
        }
        return trees;
    }

    private static List<String> absent(ObjectNode step) {
        return List.of(
                        "model",
                        "provider",
                        "parameters",
                        "promptId",
                        "tokensIn",
                        "tokensOut",
                        "cost",
                        "accepted",
                        "score")
                .stream()
                .filter(name -> !step.has(name))
                .toList();
    }

    private static Object value(String name) {
        return switch (name) {
            case "parameters" -> Map.of();
            case "tokensIn", "tokensOut", "cost" -> 0;
            case "accepted" -> false;
            case "score" -> 0.0;
            default -> "";
        };
    }

    private static TraceStep of(UUID task, int number, StepKind kind, Texts texts) {
        return new TraceStep(
                task,
                number,
                kind,
                0,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                Samples.NOON,
                0,
                1,
                "worker-1",
                texts,
                Map.of(),
                "",
                "");
    }

    private static TraceStep copy(TraceStep step, int number, String worker) {
        return new TraceStep(
                step.taskId(),
                number,
                step.kind(),
                step.round(),
                step.model(),
                step.provider(),
                step.parameters(),
                step.promptId(),
                step.tokensIn(),
                step.tokensOut(),
                step.cost(),
                step.accepted(),
                step.score(),
                step.startedAt(),
                step.durationMillis(),
                step.attempt(),
                worker,
                step.texts(),
                Map.of(),
                "",
                "");
    }

    private static TraceStep withTexts(TraceStep step, Texts texts) {
        return new TraceStep(
                step.taskId(),
                step.number(),
                step.kind(),
                step.round(),
                step.model(),
                step.provider(),
                step.parameters(),
                step.promptId(),
                step.tokensIn(),
                step.tokensOut(),
                step.cost(),
                step.accepted(),
                step.score(),
                step.startedAt(),
                step.durationMillis(),
                step.attempt(),
                step.worker(),
                texts,
                step.textHashes(),
                step.previous(),
                step.hash());
    }
}
