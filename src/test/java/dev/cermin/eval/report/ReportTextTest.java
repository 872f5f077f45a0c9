package dev.cermin.eval.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cermin.eval.After;
import dev.cermin.eval.Answered;
import dev.cermin.eval.ItemResult;
import dev.cermin.eval.Method;
import dev.cermin.eval.Results;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ReportTextTest {
    @Test
    void saysTheResultFirst() {
        assertThat(Report.of(Made.flips(3, 10, 2, 5)).text()).startsWith("""
                        gsm8k, solver@3

                        Reflection has 13 of 20 items right: 65.0 % (43.3 to 81.9). \
                        The single shot has 5 right: 25.0 % (11.2 to 46.9). \
                        Reflection is better by 40.0 points (p = 0.0386).

                        agent            solver@3
                        model, generate  openai/small
                        model, reflect   openai/large
                        items            20 of 20 done
                        """);
    }

    @Test
    void showsAccuracyUnderEveryConvention() {
        assertThat(Report.of(Made.flips(3, 10, 2, 5)).text()).contains("""
                        Accuracy
                        +-------------+----------+-----------------------+-----------------------+
                        | answers     | right    | strict                | flexible              |
                        +-------------+----------+-----------------------+-----------------------+
                        | single shot |  5 of 20 | 25.0 % (11.2 to 46.9) | 25.0 % (11.2 to 46.9) |
                        | reflection  | 13 of 20 | 65.0 % (43.3 to 81.9) | 65.0 % (43.3 to 81.9) |
                        +-------------+----------+-----------------------+-----------------------+
                        """);
    }

    @Test
    void saysNoSignificantDifferenceWhereThatIsSo() {
        assertThat(Report.of(Made.flips(50, 7, 3, 40)).text())
                .contains("Reflection against single shot: no significant difference (p = 0.344).")
                .doesNotContain("is better");
    }

    @Test
    void saysAtTheTopThatItIsPartial() {
        Results some = new Results(
                Made.info(100, List.of(Method.REFLECTION)),
                Made.flips(1, 1, 0, 0).items());

        assertThat(Report.of(some).text().lines().skip(2).findFirst())
                .hasValue("PARTIAL: 2 of 100 items are done. The figures are of those alone.");
        assertThat(Report.of(Made.flips(1, 1, 0, 0)).text()).doesNotContain("PARTIAL");
    }

    @Test
    void saysThatNothingIsDone() {
        Results none = new Results(Made.info(100, Made.ALL), List.of());

        assertThat(Report.of(none).text())
                .contains("PARTIAL: 0 of 100 items are done.")
                .contains("No item is done yet.")
                .doesNotContain("NaN")
                .doesNotContain("Accuracy");
    }

    @Test
    void listsFailuresWithTheirFaults() {
        ItemResult failed = Made.item(
                "b", "sums", Map.of(Method.REFLECTION, Made.failed("b", "The server\nanswered \u001b[31m503")));

        assertThat(Report.of(Made.of(Made.item("a", true), failed)).text())
                .contains("Failed, which counts as wrong: 1 item by reflection.")
                .contains("Reflection has 1 of 2 items right")
                .contains("| b    | reflection | The server answered [31m503 |")
                .doesNotContain("\u001b");
    }

    @Test
    void namesFlippedItemsWithTheirTraces() {
        Report report = Report.of(Made.flips(0, 12, 1, 0));
        UUID task = report.items().getFirst().by().get(Method.REFLECTION).task();

        assertThat(report.text())
                .contains("Wrong to right\n  i0  trace " + task)
                .contains("  and 2 more, which the page and the JSON name")
                .contains("Right to wrong\n  i12  trace ");
        assertThat(report.text("http://localhost:8080/traces/{id}"))
                .contains("  i0  http://localhost:8080/traces/" + task);
    }

    @Test
    void tracesMayLieBesideIt() {
        Report report = Report.of(Made.flips(0, 1, 0, 0));

        assertThat(report.html("traces/{id}.jsonl")).containsPattern("href=\"traces/[0-9a-f-]{36}\\.jsonl\"");
    }

    @Test
    void refusesAnAddressOfTracesThatIsNone() {
        Report report = Report.of(Made.of());

        assertThatThrownBy(() -> report.text("http://localhost:8080"))
                .hasMessageContaining("'http://localhost:8080'")
                .hasMessageContaining("http://localhost:8080/traces/{id}");
        assertThatThrownBy(() -> report.html("javascript:alert('{id}')")).hasMessageContaining("give an http address");
    }

    @Test
    void storedTracesHaveNoBaselinesAndItSaysSo() {
        Results stored = new Results(
                Made.info(2, List.of(Method.REFLECTION), "stored traces"),
                Made.flips(1, 1, 0, 0).items());

        assertThat(Report.of(stored).text())
                .contains("there are no baselines, since nothing was asked twice")
                .contains("right is what a verifier or a reviewer decided")
                .doesNotContain("Baselines had")
                .doesNotContain("best of n");
        assertThat(Report.of(Made.flips(1, 1, 0, 0)).text())
                .contains("No baselines were asked for")
                .doesNotContain("stored traces");
    }

    @Test
    void saysWhereABaselineTookMoreTokens() {
        After large = new After(0, Made.score(true), 9, 900, 100, BigDecimal.ONE, 5);
        Answered best = new Answered(UUID.randomUUID(), "best", "42", large, List.of(large), null);
        ItemResult item =
                Made.item("a", "sums", Map.of(Method.REFLECTION, Made.answered("a", true), Method.BEST_OF_N, best));
        Results results = new Results(Made.info(1, List.of(Method.REFLECTION, Method.BEST_OF_N)), List.of(item));

        assertThat(Report.of(results).text())
                .contains("Not at equal tokens: best of n took 1,000, reflection 120 for the same items.");
    }

    @Test
    void saysHowWellTheLoopJudges() {
        assertThat(Report.of(Made.likely(200, 1)).text())
                .contains(
                        "Of 181 items accepted 166 are right (91.7 %); of 167 items right 166 are accepted (99.4 %).");
    }
}
