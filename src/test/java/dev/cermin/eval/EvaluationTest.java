package dev.cermin.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cermin.Agent;
import dev.cermin.policy.Rounds;
import dev.cermin.testing.ScriptedChatModel;
import dev.cermin.verify.Verifier;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvaluationTest {
    @TempDir
    Path folder;

    /** Items that are right with their number; the agent's own verifier wants an even one. */
    private static Suite suite(int items) {
        List<Item> all = new ArrayList<>();
        for (int i = 0; i < items; i++) {
            String gold = String.valueOf(2 * i);
            all.add(new Item("item-" + i, i % 2 == 0 ? "even" : "odd", "double " + i, gold, answer -> {
                boolean right = answer.equals(gold);
                return new Score(answer, List.of(Mark.of("exact", right)), right ? "equal" : "expected " + gold);
            }));
        }
        return new Suite("doubles", "a test", "plainly", all);
    }

    private static Agent doubling(ScriptedChatModel model) {
        return Agent.builder("doubling")
                .instructions("Double the number.")
                .model(model)
                .verifier(Verifier.of(
                        "even",
                        output -> !output.isEmpty() && Character.digit(output.charAt(output.length() - 1), 10) % 2 == 0,
                        "An even number is expected"))
                .policy(Rounds.of(2))
                .build();
    }

    /** First drafts are off by one, corrections right. */
    private static String reply(String prompt) {
        int number = Integer.parseInt(prompt.replaceAll("(?s).*double (\\d+).*", "$1"));
        boolean corrects = prompt.contains("An even number");
        return String.valueOf(2 * number + (corrects || number == 3 ? 0 : 1));
    }

    @Test
    void itSaysWhatAnAnswerWasWorthAfterEachRound() throws InterruptedException {
        Results results = Evaluation.of(suite(4), doubling(new ScriptedChatModel(EvaluationTest::reply)))
                .run();

        assertThat(results.items()).hasSize(4);
        Answered corrected = results.items().getFirst().by().get(Method.REFLECTION);
        assertThat(corrected.answer()).isEqualTo("0");
        assertThat(corrected.stop()).isEqualTo("accepted");
        assertThat(corrected.rounds()).extracting(After::round).containsExactly(0, 1);
        assertThat(corrected.rounds())
                .extracting(after -> after.score().right())
                .containsExactly(false, true);
        assertThat(corrected.rounds()).extracting(After::calls).containsExactly(1, 2);
        assertThat(corrected.rounds().getLast().tokens())
                .isGreaterThan(corrected.rounds().getFirst().tokens());
        Answered atOnce = results.items().get(3).by().get(Method.REFLECTION);
        assertThat(atOnce.rounds()).hasSize(1);
        assertThat(atOnce.right()).isTrue();
        assertThat(atOnce.shot().score().right()).isTrue();
    }

    @Test
    void aRunGoesOnWhereItWasKilledAndAsksNothingTwice() throws Exception {
        Path file = folder.resolve("runs/run.jsonl");
        var asked = new ScriptedChatModel(EvaluationTest::reply);
        Results whole = Evaluation.of(suite(6), doubling(asked)).in(file).run();
        List<String> lines = Files.readAllLines(file);
        // killed while the fourth item's line was written
        Files.writeString(
                file,
                String.join("\n", lines.subList(0, 4)) + "\n" + lines.get(4).substring(0, 20));

        var again = new ScriptedChatModel(EvaluationTest::reply);
        List<Integer> before = new ArrayList<>();
        Results resumed = Evaluation.of(suite(6), doubling(again))
                .in(file)
                .listener(new EvaluationListener() {
                    @Override
                    public void begun(int all, int done) {
                        before.add(done);
                    }
                })
                .run();

        assertThat(before).containsExactly(3);
        assertThat(again.prompts()).noneMatch(prompt -> prompt.contains("double 0") || prompt.contains("double 2"));
        assertThat(resumed.items())
                .extracting(item -> item.by().get(Method.REFLECTION).answer())
                .isEqualTo(whole.items().stream()
                        .map(item -> item.by().get(Method.REFLECTION).answer())
                        .toList());
        assertThat(resumed.info()).isEqualTo(whole.info());
        assertThat(Files.readAllLines(file)).hasSize(7);

        var none = new ScriptedChatModel(EvaluationTest::reply);
        Evaluation.of(suite(6), doubling(none)).in(file).run();
        assertThat(none.prompts()).isEmpty();
    }

    @Test
    void anotherRunsFileIsRefusedAndLeftAlone() throws Exception {
        Path file = folder.resolve("run.jsonl");
        Evaluation.of(suite(2), doubling(new ScriptedChatModel(EvaluationTest::reply)))
                .in(file)
                .run();
        String before = Files.readString(file);

        assertThatThrownBy(() -> Evaluation.of(suite(3), doubling(new ScriptedChatModel(EvaluationTest::reply)))
                        .in(file)
                        .run())
                .isInstanceOf(JournalException.class)
                .hasMessage(file + " is another run's: of other items of doubles (2, now 3)."
                        + " Give another folder, or remove this one");
        assertThat(Files.readString(file)).isEqualTo(before);

        Files.writeString(folder.resolve("letter.txt"), "Dear Sir\n");
        assertThatThrownBy(() -> Evaluation.of(suite(3), doubling(new ScriptedChatModel(EvaluationTest::reply)))
                        .in(folder.resolve("letter.txt"))
                        .run())
                .isInstanceOf(JournalException.class)
                .hasMessageContaining("letter.txt:1 is no line of a run");
    }

    @Test
    void anItemThatFailsCountsAsWrongAndSaysWhy() throws InterruptedException {
        var model = new ScriptedChatModel(prompt -> {
            if (prompt.contains("double 2")) {
                throw new IllegalStateException("no such number");
            }
            return reply(prompt);
        });

        Results results = Evaluation.of(suite(5), doubling(model)).run();

        assertThat(results.items()).hasSize(5);
        Answered failed = results.items().get(2).by().get(Method.REFLECTION);
        assertThat(failed.right()).isFalse();
        assertThat(failed.fault()).contains("no such number");
    }

    @Test
    void anOutageEndsTheRunWhichThenGoesOn() throws Exception {
        Path file = folder.resolve("run.jsonl");
        AtomicInteger up = new AtomicInteger(4);
        var model = new ScriptedChatModel(prompt -> {
            if (up.getAndDecrement() <= 0) {
                throw new IllegalStateException("connection refused");
            }
            return reply(prompt);
        });

        assertThatThrownBy(() -> Evaluation.of(suite(9), doubling(model))
                        .in(file)
                        .outageAfter(3)
                        .run())
                .isInstanceOf(OutageException.class)
                .hasMessageContaining("3 items in a row failed")
                .hasMessageContaining("connection refused");
        assertThat(Files.readAllLines(file)).hasSize(3);

        up.set(1000);
        Results results = Evaluation.of(suite(9), doubling(model)).in(file).run();
        assertThat(results.items())
                .allSatisfy(item ->
                        assertThat(item.by().get(Method.REFLECTION).fault()).isNull());
    }

    /** As when a rate limit is hit while one call is still under way. */
    @Test
    void anAnswerThatComesAfterAnOutageCountsAndTheFailuresAreStillAskedAgain() throws Exception {
        Path file = folder.resolve("run.jsonl");
        CountDownLatch failures = new CountDownLatch(3);
        var model = new ScriptedChatModel(prompt -> {
            if (prompt.contains("double 3")) {
                await(failures);
                return reply(prompt);
            }
            failures.countDown();
            throw new IllegalStateException("too many requests");
        });

        assertThatThrownBy(() -> Evaluation.of(suite(4), doubling(model))
                        .in(file)
                        .parallel(4)
                        .outageAfter(3)
                        .run())
                .isInstanceOf(OutageException.class);
        assertThat(Files.readAllLines(file)).hasSize(2).last().asString().contains("item-3");

        Results results = Evaluation.of(suite(4), doubling(new ScriptedChatModel(EvaluationTest::reply)))
                .in(file)
                .run();
        assertThat(results.items())
                .allSatisfy(item ->
                        assertThat(item.by().get(Method.REFLECTION).fault()).isNull());
    }

    private static void await(CountDownLatch failures) {
        try {
            failures.await();
            // what failed has to get to the books before this
            Thread.sleep(300);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void anOutageBetweenADraftAndItsCorrectionIsOneToo() throws Exception {
        Path file = folder.resolve("run.jsonl");
        AtomicInteger up = new AtomicInteger(3);
        var model = new ScriptedChatModel(prompt -> {
            boolean corrects = prompt.contains("An even number");
            if (corrects && up.getAndDecrement() <= 0) {
                throw new IllegalStateException("connection refused");
            }
            return reply(prompt);
        });

        assertThatThrownBy(
                        () -> Evaluation.of(suite(12), doubling(model)).in(file).run())
                .isInstanceOf(OutageException.class)
                .hasMessageContaining("5 items in a row failed");
        up.set(1000);

        Results results = Evaluation.of(suite(12), doubling(model)).in(file).run();
        assertThat(results.items())
                .allSatisfy(item ->
                        assertThat(item.by().get(Method.REFLECTION).right()).isTrue());
    }

    @Test
    void itemsThatCanNeverBeAnsweredCountAsWrongWhereThatIsAskedFor() throws Exception {
        Path file = folder.resolve("run.jsonl");
        var model = new ScriptedChatModel(prompt -> {
            if (Integer.parseInt(prompt.replaceAll("(?s).*double (\\d+).*", "$1")) >= 4) {
                throw new IllegalStateException("too long");
            }
            return reply(prompt);
        });

        assertThatThrownBy(
                        () -> Evaluation.of(suite(9), doubling(model)).in(file).run())
                .isInstanceOf(OutageException.class);
        Results results = Evaluation.of(suite(9), doubling(model))
                .in(file)
                .outageAfter(100)
                .run();

        assertThat(results.items()).hasSize(9);
        assertThat(results.items().stream()
                        .filter(item -> item.by().get(Method.REFLECTION).right()))
                .hasSize(4);
    }

    @Test
    void anAnswerThatCanNotBeScoredIsAFailureOfItsItemAlone() throws InterruptedException {
        Suite suite = suite(4);
        List<Item> items = new ArrayList<>(suite.items());
        items.set(1, new Item("broken", "odd", "double 1", "2", answer -> {
            throw new StackOverflowError();
        }));

        Results results = Evaluation.of(
                        new Suite("doubles", "a test", "plainly", items),
                        doubling(new ScriptedChatModel(EvaluationTest::reply)))
                .run();

        assertThat(results.items()).hasSize(4);
        assertThat(results.items().get(1).by().get(Method.REFLECTION).fault())
                .contains("can't be scored")
                .contains("StackOverflowError");
        assertThat(results.items().get(2).by().get(Method.REFLECTION).right()).isTrue();
    }

    @Test
    void aChangedGoldIsAnotherRun() throws InterruptedException {
        Path file = folder.resolve("run.jsonl");
        Suite suite = suite(2);
        Evaluation.of(suite, doubling(new ScriptedChatModel(EvaluationTest::reply)))
                .in(file)
                .run();
        Item first = suite.items().getFirst();
        Suite corrected = new Suite(
                suite.name(),
                suite.source(),
                suite.prompting(),
                List.of(
                        new Item(first.id(), first.category(), first.input(), "zero", first.scorer()),
                        suite.items().get(1)));

        assertThatThrownBy(() -> Evaluation.of(corrected, doubling(new ScriptedChatModel(EvaluationTest::reply)))
                        .in(file)
                        .run())
                .isInstanceOf(JournalException.class)
                .hasMessageContaining("of other items of doubles");
    }

    @Test
    void aTemperatureIsLookedAtBeforeAnythingIsAsked() {
        Evaluation evaluation = Evaluation.of(suite(1), doubling(new ScriptedChatModel(EvaluationTest::reply)));

        assertThatThrownBy(() -> evaluation.temperature(2.1)).hasMessage("A temperature is from 0 to 2, not 2.1");
    }

    @Test
    void aShortRunWithoutAnyAnswerIsAnOutageToo() {
        var model = new ScriptedChatModel(prompt -> {
            throw new IllegalStateException("connection refused");
        });

        assertThatThrownBy(() -> Evaluation.of(suite(2), doubling(model)).run())
                .isInstanceOf(OutageException.class)
                .hasMessageContaining("2 items in a row failed");
    }

    @Test
    void baselinesSpendWhatReflectionSpent() throws InterruptedException {
        Results results = Evaluation.of(suite(20), doubling(new ScriptedChatModel(EvaluationTest::reply)))
                .against(Method.BEST_OF_N, Method.SELF_CONSISTENCY)
                .parallel(4)
                .run();

        assertThat(results.info().methods())
                .containsExactly(Method.REFLECTION, Method.BEST_OF_N, Method.SELF_CONSISTENCY);
        long reflection = tokens(results, Method.REFLECTION);
        assertThat(tokens(results, Method.SELF_CONSISTENCY)).isBetween(reflection / 2, reflection * 11 / 10);
        assertThat(tokens(results, Method.BEST_OF_N)).isBetween(reflection / 2, reflection * 11 / 10);
        assertThat(results.items()).extracting(ItemResult::id).startsWith("item-0", "item-1", "item-2");
    }

    private static long tokens(Results results, Method method) {
        return results.items().stream()
                .mapToLong(item -> item.by().get(method).last().orElseThrow().tokens())
                .sum();
    }

    @Test
    void mostReadingsWinNotMostTexts() throws InterruptedException {
        AtomicInteger calls = new AtomicInteger();
        String[] drafts = {"the answer is 7", "so 4", "4, that is", "I say 4"};
        var model = new ScriptedChatModel(
                prompt -> prompt.contains("Even") ? "?" : drafts[Math.floorMod(calls.getAndIncrement(), 4)]);
        Item item = new Item("one", "", "2+2", "4", answer -> {
            String read = answer.replaceAll("\\D", "");
            return new Score(read, List.of(Mark.of("number", read.equals("4"))), "");
        });
        Agent agent = Agent.builder("voting").model(model).policy(Rounds.of(0)).build();
        Baselines baselines = new Baselines(agent.definition(), 0.7);

        Answered answered = TraceReading.majority(
                new InProcess(agent)
                        .carry(
                                baselines.of(Method.SELF_CONSISTENCY, 4, 0, 0),
                                new dev.cermin.loop.Task(
                                        java.util.UUID.randomUUID(), "voting", "2+2", java.time.Instant.now())),
                item.scorer());

        assertThat(answered.right()).isTrue();
        assertThat(answered.answer()).isEqualTo("so 4");
        assertThat(answered.shot().score().right()).isFalse();
        assertThat(answered.rounds().getLast().calls()).isEqualTo(4);
    }

    @Test
    void aPartIsChosenBySeedAndKeepsItsOrder() {
        Suite whole = suite(50);

        assertThat(whole.limited(3, null).items()).extracting(Item::id).containsExactly("item-0", "item-1", "item-2");
        Suite part = whole.limited(10, 7L);
        assertThat(part.items())
                .hasSize(10)
                .isEqualTo(whole.limited(10, 7L).items())
                .isNotEqualTo(whole.limited(10, 8L).items());
        assertThat(part.items())
                .isSortedAccordingTo((a, b) ->
                        Integer.compare(Integer.parseInt(a.id().substring(5)), Integer.parseInt(b.id().substring(5))));
        assertThat(part.source()).isEqualTo("a test; 10 of 50 by seed 7");
        assertThat(whole.limited(50, 7L)).isSameAs(whole);
    }

    @Test
    void whatIsFinishedIsReadBackFromItsFile() throws IOException, InterruptedException {
        Path file = folder.resolve("run.jsonl");
        Results results = Evaluation.of(suite(3), doubling(new ScriptedChatModel(EvaluationTest::reply)))
                .in(file)
                .seed(5L)
                .run();

        assertThat(Evaluation.of(suite(3), doubling(new ScriptedChatModel(EvaluationTest::reply)))
                        .in(file)
                        .seed(5L)
                        .run())
                .isEqualTo(results);
        assertThat(Files.readString(file)).doesNotContain("null");
    }
}
