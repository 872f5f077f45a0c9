package dev.cermin.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cermin.faults.Evidence.Letter;
import dev.cermin.faults.Evidence.Result;
import dev.cermin.faults.Evidence.Row;
import dev.cermin.faults.Evidence.Stored;
import dev.cermin.loop.Stop;
import dev.cermin.loop.StopReason;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Each way to lose, double or spoil a task is found, and told with the task's id. */
class ChecksTest {
    private static final Instant NOW = Instant.parse("2030-01-01T00:00:00Z");
    private static final Result RIGHT = new Result(new Stop(StopReason.ACCEPTED, "it holds"), "x=7", NOW);

    private final Evidence found = Evidence.none();
    private final UUID task = UUID.randomUUID();

    @BeforeEach
    void twoTasksAsTheyShouldBe() {
        for (UUID each : List.of(task, UUID.randomUUID())) {
            found.acknowledged().add(each);
            found.results().put(each, List.of(RIGHT));
            Map<Integer, Map<String, Integer>> steps = new HashMap<>();
            steps.put(0, Map.of("aa", 1));
            // a record that was sent again changes nothing
            steps.put(1, Map.of("bb", 2));
            found.published().put(each, steps);
            found.stored().put(each, new Stored(2, "bb", "", null));
            found.rows().put(each, new Row("accepted", ""));
        }
    }

    private List<String> violations() {
        return Checks.of(found).stream()
                .flatMap(check -> check.violations().stream())
                .toList();
    }

    private void findsOnly(String fault) {
        assertThat(violations()).containsExactly(task + ": " + fault);
    }

    @Test
    void nothingIsFoundWhereAllIsWell() {
        assertThat(violations()).isEmpty();
        assertThat(Checks.of(found)).extracting(Check::checked).contains(2).doesNotContain(-1);
    }

    @Test
    void aTaskThatIsLost() {
        found.results().remove(task);
        found.published().remove(task);
        found.stored().remove(task);
        found.rows().remove(task);

        assertThat(violations())
                .containsExactly(task + ": it has no result", task + ": it has no trace", task + ": it has no row");
    }

    @Test
    void aTaskThatEndsTwice() {
        found.results().put(task, List.of(RIGHT, RIGHT));
        findsOnly("it has 2 results");
    }

    @Test
    void aTaskThatEndsTwiceThoughNobodyWasToldOfIt() {
        found.acknowledged().remove(task);
        found.results().put(task, List.of(RIGHT, RIGHT));
        findsOnly("it has 2 results");
    }

    @Test
    void aTaskThatFailsOrIsCancelledUnasked() {
        found.results().put(task, List.of(new Result(new Stop(StopReason.CANCELLED, "by x"), null, NOW)));
        found.rows().put(task, new Row("cancelled", ""));
        findsOnly("it ended as CANCELLED (by x) with the answer null");

        found.cancelled().add(task);
        assertThat(violations()).isEmpty();
    }

    @Test
    void aTaskThatEndsByADeadlineThatIsNotPast() {
        found.results().put(task, List.of(new Result(new Stop(StopReason.DEADLINE, "10m"), null, NOW)));
        found.rows().put(task, new Row("deadline", ""));
        found.stored().put(task, new Stored(2, "bb", "", NOW.plusMillis(1)));
        findsOnly("it ended as DEADLINE (10m) with the answer null");

        found.stored().put(task, new Stored(2, "bb", "", NOW));
        assertThat(violations()).isEmpty();
    }

    @Test
    void aStepThatIsDoneTwice() {
        found.published().get(task).put(1, Map.of("bb", 1, "cc", 1));
        findsOnly("step 1 was done 2 times");
    }

    @Test
    void aTraceThatIsBrokenOrNotWhole() {
        found.stored().put(task, new Stored(1, "aa", "", null));
        findsOnly("1 steps are stored, 2 were published");

        found.stored().put(task, new Stored(1, "aa", "step 1: it does not follow from the step before it", null));
        findsOnly("step 1: it does not follow from the step before it");
    }

    @Test
    void aRowThatSaysOtherwise() {
        found.rows().put(task, new Row(null, ""));
        findsOnly("it is open");

        found.rows().put(task, new Row("rounds", ""));
        findsOnly("its row says rounds, its result 'accepted'");

        found.rows().put(task, new Row("accepted", "its row has 3 steps, its steps have 2"));
        findsOnly("its row has 3 steps, its steps have 2");
    }

    @Test
    void messagesThatNobodyReads() {
        found.unread().add("group x has 3 messages of y-0 unread");
        assertThat(violations()).containsExactly("group x has 3 messages of y-0 unread");
    }

    @Test
    void aDeadLetterThatHoldsATaskOrDoesNotSayWhy() {
        found.letters().add(new Letter("0-7", task.toString(), "no agent", "cermin.tasks", "1", "5"));
        findsOnly("dead letter 0-7 holds it: no agent");

        found.letters().clear();
        found.letters().add(new Letter("0-8", null, "", "cermin.tasks", "1", "5"));
        assertThat(violations()).singleElement().asString().startsWith("dead letter 0-8 doesn't say why");
    }
}
