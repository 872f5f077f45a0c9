package dev.cermin.trace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cermin.Agent;
import dev.cermin.json.Json;
import dev.cermin.lesson.Lessons;
import dev.cermin.loop.Outcome;
import dev.cermin.loop.Task;
import dev.cermin.redact.Kind;
import dev.cermin.redact.Marks;
import dev.cermin.redact.Redaction;
import dev.cermin.testing.ScriptedChatModel;
import dev.cermin.verify.Check;
import dev.cermin.verify.Verifier;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class RedactedTraceTest {
    private static final String CARD = "4111 1111 1111 1111";
    private static final String OTHER = "5555 5555 5555 4444";

    private final ScriptedChatModel model = ScriptedChatModel.saying(
            "The number is " + CARD, "The number is " + OTHER, "The number is " + OTHER + " indeed");

    private Agent agent(Lessons lessons) {
        Verifier verifier = Verifier.of(
                "indeed",
                answer -> answer.output().endsWith("indeed")
                        ? Check.pass("indeed", "It says so")
                        : Check.fail("indeed", "'" + answer.output() + "' doesn't say so"));
        return Agent.builder("cards")
                .model(model)
                .verifier(verifier)
                .lessons(lessons)
                .redaction(Redaction.of(Kind.CARD, Kind.EMAIL))
                .build();
    }

    private static Task task() {
        return new Task(
                UUID.randomUUID(),
                "cards",
                "What is the number? Mine is " + CARD,
                Map.of("mail", "ann@example.com"),
                Task.DEFAULT_TENANT,
                0,
                Instant.parse("2030-01-01T12:00:00Z"),
                null);
    }

    @Test
    void nothingOfItIsInTheTraceAndTheModelAndTheCallerHaveItAsItIs() {
        try (Lessons lessons = Lessons.inMemory()) {
            var run = agent(lessons).start(task());
            Outcome outcome = run.outcome();

            assertThat(outcome.answer()).contains("The number is " + OTHER + " indeed");
            assertThat(model.prompts().getFirst()).contains(CARD);
            assertThat(Json.text(run.trace()))
                    .doesNotContain(CARD)
                    .doesNotContain(OTHER)
                    .doesNotContain("ann@example.com")
                    .contains("[redacted:card]", "[redacted:email]");
            assertThat(lessons.all("cards", Task.DEFAULT_TENANT).toString())
                    .contains("[redacted:card]")
                    .doesNotContain(CARD)
                    .doesNotContain(OTHER);
        }
    }

    @Test
    void theChainHoldsAndLeadsToTheSameOutcomeThoughDraftsReadAlikeNow() {
        try (Lessons lessons = Lessons.inMemory()) {
            var run = agent(lessons).start(task());
            Outcome outcome = run.outcome();
            List<TraceStep> trace = run.trace();

            assertThat(Chain.verify(trace).complete()).isTrue();
            Outcome replayed = Replay.state(trace).outcome();
            assertThat(replayed.stop().reason()).isEqualTo(outcome.stop().reason());
            assertThat(replayed.attempts()).hasSameSizeAs(outcome.attempts());
            assertThat(replayed.answer()).contains("The number is [redacted:card] indeed");
            assertThat(Marks.in(replayed.answer().orElseThrow())).isTrue();
        }
    }
}
