package dev.cermin.usecase;

import static dev.cermin.testing.CerminAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cermin.Agent;
import dev.cermin.eval.Item;
import dev.cermin.loop.Outcome;
import dev.cermin.loop.Task;
import dev.cermin.testing.AgentCases;
import dev.cermin.testing.ScriptedChatModel;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each agent through a whole loop: a wrong draft, a verdict that says why, the right answer. */
class UseCaseLoopsTest {
    private static final String REVISE = "{\"issues\": [\"%s\"], \"score\": 0.2, \"verdict\": \"revise\"}";
    private static final String ACCEPT = "{\"issues\": [], \"score\": 1.0, \"verdict\": \"accept\"}";

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            java-debugging    | binary-search-ends   | java-tests   | the index of 3 in [2, 3, 5, 7, 11] ==> expected: <1> but was: <-1>
            java-debugging    | mean-overflow        | java-compiles | line 7: incompatible types: possible lossy conversion from long to int
            python-debugging  | removed-while-walking | python-tests | tests, line 4: assert given == ["", "", ""]: AssertionError, and the left side is []
            python-optimising | ranks                | python-speed | ; 10 times as fast is expected
            """)
    void aProgramIsCorrectedByTheMessageOfWhatRefusedIt(String agent, String id, String verifier, String message) {
        Item item = UseCases.item(agent, id);
        Map<String, String> sample = UseCases.samples(agent).get(id);
        ScriptedChatModel model = ScriptedChatModel.saying(sample.get("wrong"), sample.get("right"));

        Outcome outcome = Agent.named(agent, model).run(task(agent, item));

        assertThat(outcome).isAccepted().failsFirst(verifier).hasRounds(1).improvedOnFirstDraft();
        assertThat(outcome).hasVerdictReason(0, message);
        assertThat(model.prompts().get(0)).contains("```").doesNotContain(message);
        assertThat(model.prompts().get(1)).contains(message, "BEGIN MESSAGES").doesNotContain("@Test", "def workload");
        model.assertExhausted();
    }

    @Test
    void aCalculationThatDoesNotHoldIsCorrected() {
        Item item = UseCases.item("word-problems", "rain-barrel");
        String right = UseCases.samples("word-problems").get("rain-barrel").get("right");
        ScriptedChatModel model = ScriptedChatModel.saying(
                right.replace("120/5 = 24", "120/5 = 25").replace("Answer: 24", "Answer: 25"),
                REVISE.formatted("120/5 is 24"),
                right,
                ACCEPT);

        Outcome outcome = Agent.named("word-problems", model).run(task("word-problems", item));

        assertThat(outcome).isAccepted().failsFirst("calculations").hasRounds(1);
        assertThat(outcome).hasVerdictReason(0, "120/5 = 25 is wrong: 120/5 is 24");
        assertThat(model.prompts().get(2)).contains("120/5 = 25 is wrong: 120/5 is 24");
        model.assertExhausted();
    }

    @Test
    void aCalculationThatHoldsAndAnswersAnotherQuestionIsTheCriticsToFind() throws InterruptedException {
        Item item = UseCases.item("word-problems", "bus-tickets");
        Map<String, String> sample = UseCases.samples("word-problems").get("bus-tickets");
        String issue = "Facts: the two teachers are left out";
        ScriptedChatModel model =
                ScriptedChatModel.saying(sample.get("wrong"), REVISE.formatted(issue), sample.get("right"), ACCEPT);

        Outcome outcome = Agent.named("word-problems", model).run(task("word-problems", item));

        assertThat(outcome).isAccepted().hasRounds(1).hasVerdictReason(0, issue);
        assertThat(model.prompts().get(2)).contains(issue);
        assertThat(item.scorer().score(outcome.answer().orElseThrow()).right()).isTrue();
    }

    @Test
    void anIdiomThatWasTranslatedWordByWordIsCorrected() throws InterruptedException {
        Item item = UseCases.item("translation", "french-lapin");
        Map<String, String> sample = UseCases.samples("translation").get("french-lapin");
        String issue = "Idiom: 'poser un lapin' is rendered word by word; it means to stand somebody up";
        ScriptedChatModel model =
                ScriptedChatModel.saying(sample.get("wrong"), REVISE.formatted(issue), sample.get("right"), ACCEPT);

        Outcome outcome = Agent.named("translation", model).run(task("translation", item));

        assertThat(outcome).isAccepted().hasRounds(1).hasVerdictReason(0, issue);
        assertThat(model.prompts().get(1)).contains("Meaning: ", "Idiom: ", "Register: ", "Nothing added: ");
        assertThat(model.prompts().get(2)).contains(issue);
        assertThat(outcome)
                .answer()
                .contains("Original (French): Je l'ai attendu", "\nTranslation (English): I waited");
        assertThat(item.scorer().score(outcome.answer().orElseThrow()).right()).isTrue();
    }

    @Test
    void aTranslationAloneIsSentBackForTheOriginal() {
        Item item = UseCases.item("translation", "french-lapin");
        ScriptedChatModel model = ScriptedChatModel.saying(
                "He stood me up again.",
                ACCEPT,
                UseCases.samples("translation").get("french-lapin").get("right"),
                ACCEPT);

        Outcome outcome = Agent.named("translation", model).run(task("translation", item));

        assertThat(outcome).isAccepted().failsFirst("regex").hasRounds(1);
        assertThat(model.prompts().get(2)).contains("Two lines are expected, and nothing else: Original (LANGUAGE)");
    }

    @Test
    void theirCasesAreAJUnitTest() throws InterruptedException {
        Map<String, Map<String, String>> samples = UseCases.samples("python-debugging");
        List<Item> items = UseCases.suite("python-debugging").items();
        ScriptedChatModel model = new ScriptedChatModel(prompt -> {
            Item asked = items.stream()
                    .filter(item ->
                            prompt.contains(item.input().lines().findFirst().orElseThrow()))
                    .findFirst()
                    .orElseThrow();
            return samples.get(asked.id()).get(prompt.contains("BEGIN MESSAGES") ? "right" : "wrong");
        });

        // the visible tests of one case accept its wrong answer, and those that decide don't
        AgentCases cases = AgentCases.of(UseCases.suite("python-debugging"), Agent.named("python-debugging", model));
        cases.assertRight(66);
        org.assertj.core.api.Assertions.assertThatThrownBy(() -> cases.assertRight(67))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("leap-years is wrong: python-tests: A test fails");
    }

    private static Task task(String agent, Item item) {
        return new Task(
                UUID.randomUUID(), agent, item.input(), item.metadata(), Task.DEFAULT_TENANT, 0, Instant.now(), null);
    }
}
