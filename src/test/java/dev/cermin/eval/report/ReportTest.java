package dev.cermin.eval.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.cermin.eval.Answered;
import dev.cermin.eval.ItemResult;
import dev.cermin.eval.Mark;
import dev.cermin.eval.Method;
import dev.cermin.eval.Results;
import dev.cermin.eval.Score;
import dev.cermin.json.JsonException;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class ReportTest {
    @Test
    void countsEachRoundAndLeavesItemsThatEndedWhereTheyEnded() {
        Report report = Report.of(Made.of(
                Made.item("a", true),
                Made.item("b", false, true),
                Made.item("c", false, false, true),
                Made.item("d", true, false, false)));

        assertThat(report.rows())
                .extracting(Row::answers)
                .containsExactly("single shot", "reflection, round 1", "reflection");
        assertThat(report.rows()).extracting(row -> row.decisive().right()).containsExactly(2, 2, 3);
        assertThat(report.rows()).extracting(Row::round).containsExactly(0, 1, 2);
        assertThat(report.accuracy()).isEqualTo(75);
    }

    @Test
    void tellsAccuracyWithItsInterval() {
        Accuracy accuracy = Report.of(Made.flips(4, 4, 0, 2)).last().decisive();

        assertThat(accuracy.right()).isEqualTo(8);
        assertThat(accuracy.of()).isEqualTo(10);
        assertThat(accuracy.share()).isEqualTo(0.8);
        assertThat(accuracy.interval().low()).isCloseTo(0.4902, within(1e-4));
        assertThat(accuracy.interval().high()).isCloseTo(0.9433, within(1e-4));
    }

    @Test
    void namesBothFlipsAndTestsThem() {
        Paired pair = Report.of(Made.flips(3, 10, 2, 5)).pairs().getFirst();

        assertThat(pair.gained()).hasSize(10).contains("i3", "i12");
        assertThat(pair.lost()).containsExactly("i13", "i14");
        assertThat(pair.difference()).isEqualTo(0.4);
        assertThat(pair.p()).isCloseTo(0.0386, within(1e-4));
        assertThat(pair.says()).isEqualTo("reflection is better by 40.0 points (p = 0.0386)");
    }

    @Test
    void saysWhichIsBetterAlsoWhereReflectionIsWorse() {
        assertThat(Report.of(Made.flips(3, 2, 10, 5)).pairs().getFirst().says())
                .isEqualTo("single shot is better by 40.0 points (p = 0.0386)");
    }

    @Test
    void saysThatThereIsNoSignificantDifference() {
        assertThat(Report.of(Made.flips(50, 7, 3, 40)).pairs().getFirst().says())
                .isEqualTo("no significant difference (p = 0.344)");
        assertThat(Report.of(Made.flips(5, 0, 0, 5)).pairs().getFirst().says())
                .isEqualTo("no significant difference (p = 1; fewer than 6 flips can't show one)");
    }

    @Test
    void comparesWithEachBaseline() {
        Results results = new Results(
                Made.info(2, Made.ALL),
                List.of(
                        Made.item(
                                "a",
                                "sums",
                                Map.of(
                                        Method.REFLECTION, Made.answered("a", false, true),
                                        Method.BEST_OF_N, Made.answered("a2", true),
                                        Method.SELF_CONSISTENCY, Made.answered("a3", false))),
                        Made.item(
                                "b",
                                "sums",
                                Map.of(
                                        Method.REFLECTION, Made.answered("b", false, false),
                                        Method.BEST_OF_N, Made.answered("b2", true),
                                        Method.SELF_CONSISTENCY, Made.answered("b3", false)))));
        Report report = Report.of(results);

        assertThat(report.rows())
                .extracting(Row::answers)
                .containsExactly("single shot", "best of n", "self-consistency", "reflection");
        assertThat(report.pairs())
                .extracting(Paired::before)
                .containsExactly("single shot", "best of n", "self-consistency");
        assertThat(report.pairs()).extracting(pair -> pair.lost().size()).containsExactly(0, 1, 0);
        assertThat(report.pairs()).extracting(pair -> pair.gained().size()).containsExactly(1, 0, 1);
    }

    @Test
    void countsFailedItemsAsWrongAndTellsWhy() {
        ItemResult failed = Made.item("b", "sums", Map.of(Method.REFLECTION, Made.failed("b", "503 from the server")));
        ItemResult missing = Made.item("c", "sums", Map.of());
        Report report = Report.of(Made.of(Made.item("a", true), failed, missing));

        assertThat(report.last().decisive().right()).isOne();
        assertThat(report.last().decisive().of()).isEqualTo(3);
        assertThat(report.failures())
                .containsExactly(
                        new Failure("b", Method.REFLECTION, "503 from the server"),
                        new Failure("c", Method.REFLECTION, "There is no record of it"));
        assertThat(report.last().spent().items()).isOne();
        assertThat(report.stops()).containsExactly(new Stopped("failed", 0, 2), new Stopped("accepted", 1, 0));
    }

    @Test
    void tellsPointsBesideWholeItems() {
        Score some = new Score("", List.of(new Mark("strict", 1, 3), new Mark("loose", 3, 3)), "2 of 3 fail");
        Score all = new Score("", List.of(new Mark("strict", 1, 1), new Mark("loose", 1, 1)), "all hold");
        Report report = Report.of(Made.of(
                Made.item("a", "c", Map.of(Method.REFLECTION, scored(some))),
                Made.item("b", "c", Map.of(Method.REFLECTION, scored(all)))));

        assertThat(report.last().accuracy()).extracting(Accuracy::right).containsExactly(1, 2);
        assertThat(report.last().accuracy())
                .extracting(Accuracy::points)
                .containsExactly(Accuracy.Points.of(2, 4), Accuracy.Points.of(4, 4));
    }

    @Test
    void aFailedItemLosesThePointsThatItsOtherAnswersHave() {
        Score some = new Score("", List.of(new Mark("strict", 2, 3)), "1 of 3 fails");
        Map<Method, Answered> by = Map.of(Method.REFLECTION, Made.failed("a", "503"), Method.BEST_OF_N, scored(some));
        Report report = Report.of(new Results(
                Made.info(1, List.of(Method.REFLECTION, Method.BEST_OF_N)), List.of(Made.item("a", "c", by))));

        assertThat(report.last().decisive().points()).isEqualTo(Accuracy.Points.of(0, 3));
    }

    @Test
    void tellsWhatWasSpent() {
        // rounds take 120 tokens, 2 calls, 0.001 and 500 ms each
        Report report = Report.of(
                Made.of(Made.item("a", true), Made.item("b", false, true), Made.item("c", false, false, false, false)));
        Spent spent = report.last().spent();

        assertThat(spent.calls()).isEqualTo(14);
        assertThat(spent.tokensIn()).isEqualTo(700);
        assertThat(spent.tokensOut()).isEqualTo(140);
        assertThat(spent.cost()).isEqualByComparingTo("0.007");
        assertThat(spent.medianMillis()).isEqualTo(1000);
        assertThat(spent.slowMillis()).isEqualTo(2000);
        assertThat(spent.mean().tokens()).isEqualTo(280);
        assertThat(spent.mean().cost()).isCloseTo(new BigDecimal("0.00233"), within(new BigDecimal("0.00001")));
        // 840 tokens for 2 right answers; the single shot's are 360 for 1
        assertThat(report.last().tokensPerGain()).isEqualTo(480);
        assertThat(report.single().tokensPerGain()).isNull();
    }

    @Test
    void tellsHowWellAcceptanceKnowsRightFromWrong() {
        Answered wronglyAccepted = new Answered(
                UUID.randomUUID(),
                "accepted",
                "41",
                Made.after(0, Made.score(false)),
                List.of(Made.after(0, Made.score(false))),
                null);
        Answered rightLeftOpen = new Answered(
                UUID.randomUUID(),
                "rounds",
                "42",
                Made.after(0, Made.score(true)),
                List.of(Made.after(0, Made.score(true))),
                null);
        Report report = Report.of(Made.of(
                Made.item("a", true),
                Made.item("b", "sums", Map.of(Method.REFLECTION, wronglyAccepted)),
                Made.item("c", "sums", Map.of(Method.REFLECTION, rightLeftOpen)),
                Made.item("d", "sums", Map.of(Method.REFLECTION, Made.failed("d", "503"))),
                Made.item("e", false)));

        assertThat(report.acceptance()).isEqualTo(new Acceptance(1, 1, 1, 2));
    }

    @Test
    void tellsTheSameOfEachCategory() {
        Report report = Report.of(Made.of(
                Made.item("a", "rates", Map.of(Method.REFLECTION, Made.answered("a", false, true))),
                Made.item("b", "money", Map.of(Method.REFLECTION, Made.answered("b", false, false, false))),
                Made.item("c", "rates", Map.of(Method.REFLECTION, Made.answered("c", true)))));

        assertThat(report.categories()).extracting(Category::name).containsExactly("rates", "money");
        Category rates = report.categories().getFirst();
        assertThat(rates.items()).isEqualTo(2);
        assertThat(rates.rows())
                .extracting(Row::answers)
                .containsExactlyElementsOf(
                        report.rows().stream().map(Row::answers).toList());
        assertThat(rates.rows()).extracting(row -> row.decisive().right()).containsExactly(1, 2, 2);
    }

    @Test
    void itsJsonIsReadBackAsItWas() {
        for (Report report : List.of(Report.of(Made.likely(30, 5)), Report.of(Made.of()))) {
            Report read = Report.read(report.json());

            assertThat(read).isEqualTo(report);
            assertThat(Report.of(read.results())).isEqualTo(report);
        }
    }

    @Test
    void refusesJsonThatIsNoReport() {
        String other = Report.of(Made.of()).json().replace("\"schema\":1", "\"schema\":2");

        assertThatThrownBy(() -> Report.read("{}"))
                .isInstanceOf(JsonException.class)
                .hasMessageContaining("schema");
        assertThatThrownBy(() -> Report.read(other))
                .isInstanceOf(JsonException.class)
                .hasMessageContaining("no evaluation report of schema 1, but of 2");
        assertThatThrownBy(() -> Report.read("{\"schema\":1,\"done\":0}"))
                .isInstanceOf(JsonException.class)
                .hasMessageContaining("info");
    }

    @Test
    void refusesScoresOfOtherConventionsAndResultsWithoutReflection() {
        Score loose = new Score("", List.of(Mark.of("loose", true)), "");
        Results mixed = Made.of(Made.item("a", true), Made.item("b", "sums", Map.of(Method.REFLECTION, scored(loose))));
        Results baseline = new Results(Made.info(1, List.of(Method.BEST_OF_N)), List.of());

        assertThatThrownBy(() -> Report.of(mixed))
                .hasMessageContaining("'b'")
                .hasMessageContaining("[loose]")
                .hasMessageContaining("[strict, flexible]");
        assertThatThrownBy(() -> Report.of(baseline)).hasMessageContaining("REFLECTION");
    }

    @Test
    void isOfNoItemsToo() {
        Report report = Report.of(Made.of());

        assertThat(report.accuracy()).isZero();
        assertThat(report.last().decisive().interval()).isEqualTo(new Interval(0, 1));
        assertThat(report.pairs().getFirst().p()).isOne();
    }

    @Property(tries = 100)
    void flipsAndStaysAreAllItems(
            @ForAll @IntRange(max = 30) int bothRight,
            @ForAll @IntRange(max = 30) int gained,
            @ForAll @IntRange(max = 30) int lost,
            @ForAll @IntRange(max = 30) int bothWrong) {
        Report report = Report.of(Made.flips(bothRight, gained, lost, bothWrong));
        Paired pair = report.pairs().getFirst();

        assertThat(pair.items()).isEqualTo(report.done());
        assertThat(pair.bothRight() + pair.gained().size())
                .isEqualTo(report.last().decisive().right())
                .isEqualTo(bothRight + gained);
        assertThat(pair.bothRight() + pair.lost().size())
                .isEqualTo(report.single().decisive().right())
                .isEqualTo(bothRight + lost);
        assertThat(pair.significant()).isEqualTo(!pair.says().startsWith("no significant difference"));
    }

    @Test
    void accuracyIsThePercentageThatItSays() {
        assertThat(Report.of(Made.flips(57, 0, 0, 43)).accuracy()).isEqualTo(57);
        assertThat(Report.of(Made.flips(29, 0, 0, 71)).accuracy()).isEqualTo(29);
    }

    private static Answered scored(Score score) {
        return new Answered(UUID.randomUUID(), "rounds", "", Made.after(0, score), List.of(Made.after(0, score)), null);
    }
}
