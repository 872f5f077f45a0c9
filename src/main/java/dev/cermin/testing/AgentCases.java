package dev.cermin.testing;

import dev.cermin.Agent;
import dev.cermin.NoDraftException;
import dev.cermin.eval.Item;
import dev.cermin.eval.Score;
import dev.cermin.eval.Suite;
import dev.cermin.eval.suite.Cases;
import dev.cermin.loop.Outcome;
import dev.cermin.loop.Task;
import java.nio.file.Path;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/**
 * Own cases as JUnit tests: a test for each case, or one for all where an agent may miss some. Needs
 * {@code org.junit.jupiter:junit-jupiter-api}; files of cases are as {@link Cases} has them.
 *
 * <pre>{@code
 * class ShopTest {
 *     private final AgentCases cases = AgentCases.of(Path.of("src/test/cases/shop.yaml"), agent);
 *
 *     @TestFactory
 *     Stream<DynamicTest> everyCase() {
 *         return cases.tests();
 *     }
 *
 *     @Test
 *     void mostCases() throws InterruptedException {
 *         cases.assertRight(80);
 *     }
 * }
 * }</pre>
 *
 * <p>Each asks the agent anew: a test class has one or the other. A failure says what was expected, why the answer is
 * wrong, and shows the whole loop. Immutable, and thread-safe where the agent is.
 */
public final class AgentCases {
    private static final int SHOWN = 160;

    private final List<Item> items;
    private final Agent agent;

    private AgentCases(List<Item> items, Agent agent) {
        this.items = items;
        this.agent = agent;
    }

    /**
     * The cases of a file.
     *
     * @throws dev.cermin.agent.AgentFileException with every fault of the file
     */
    public static AgentCases of(Path file, Agent agent) {
        return of(Cases.read(file), agent);
    }

    /** The items of a suite. */
    public static AgentCases of(Suite suite, Agent agent) {
        return new AgentCases(suite.items(), agent);
    }

    /** A test for each case, named by its id; for a method with {@code @TestFactory}. */
    public Stream<DynamicTest> tests() {
        return items.stream()
                .map(item -> DynamicTest.dynamicTest(item.id(), () -> {
                    Optional<String> wrong = wrong(item);
                    if (wrong.isPresent()) {
                        throw new AssertionError(wrong.get());
                    }
                }));
    }

    /**
     * Asks every case, one after another.
     *
     * @param percent so many at the least must be right, above 0, up to 100
     * @throws AssertionError where fewer are; the message has each that is wrong
     * @throws InterruptedException where a verifier was interrupted
     */
    public void assertRight(double percent) throws InterruptedException {
        if (!(percent > 0 && percent <= 100)) {
            throw new IllegalArgumentException("A percentage above 0, up to 100, is expected, not " + percent);
        }
        List<String> wrong = new ArrayList<>();
        for (Item item : items) {
            wrong(item).ifPresent(wrong::add);
        }
        int right = items.size() - wrong.size();
        if (100.0 * right < percent * items.size()) {
            throw new AssertionError("%d of %s right, which is less than %s %%:%n%s"
                    .formatted(
                            right,
                            Brief.count(items.size(), "case is", "cases are"),
                            percent == Math.rint(percent) ? String.valueOf((int) percent) : String.valueOf(percent),
                            String.join(System.lineSeparator(), wrong)));
        }
    }

    /** What is wrong with the answer; empty where it is right. */
    private Optional<String> wrong(Item item) throws InterruptedException {
        Outcome outcome;
        try {
            outcome = agent.run(task(item));
        } catch (NoDraftException e) {
            return Optional.of(told(item, "there is no answer: " + e.getMessage(), e.outcome()));
        }
        Score score = item.scorer().score(outcome.answer().orElse(""));
        return score.right() ? Optional.empty() : Optional.of(told(item, score.reason(), outcome));
    }

    private static String told(Item item, String reason, Outcome outcome) {
        return "%s is wrong: %s%n  asked:    %s%n  expected: %s%n%s"
                .formatted(
                        item.id(),
                        Brief.line(reason, 10 * SHOWN),
                        Brief.line(item.input(), SHOWN),
                        item.gold().isBlank() ? "(the case does not say)" : Brief.line(item.gold(), SHOWN),
                        LoopText.brief(outcome).indent(2).stripTrailing());
    }

    private Task task(Item item) {
        return new Task(
                UUID.randomUUID(),
                agent.definition().name(),
                item.input(),
                item.metadata(),
                Task.DEFAULT_TENANT,
                0,
                Clock.systemUTC().instant().truncatedTo(ChronoUnit.MILLIS),
                null);
    }
}
