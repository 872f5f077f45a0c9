package dev.cermin.eval.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.cermin.eval.Method;
import dev.cermin.eval.Results;
import dev.cermin.eval.RunInfo;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class ComparisonTest {
    private static final Report BEFORE = Report.of(
            Made.of(Made.item("a", false), Made.item("b", true), Made.item("c", true), Made.item("d", false)));

    @Test
    void pairsItemsByTheirIds() {
        Report after = Report.of(Made.of(
                Made.item("d", false, true), Made.item("c", true), Made.item("b", false), Made.item("a", true)));
        Paired pair = Comparison.of(BEFORE, after).pairs().getFirst().pair();

        assertThat(pair.gained()).containsExactly("d", "a");
        assertThat(pair.lost()).containsExactly("b");
        assertThat(pair.bothRight()).isOne();
        assertThat(pair.difference()).isEqualTo(0.25);
    }

    @Test
    void comparesReportsAsRead() {
        Report after = Report.of(Made.of(Made.item("a", true)));

        assertThat(Comparison.of(Report.read(BEFORE.json()), Report.read(after.json())))
                .isEqualTo(Comparison.of(BEFORE, after));
    }

    @Test
    void comparesOnlyItemsThatBothHave() {
        Report after = Report.of(new Results(
                Made.info(4, List.of(Method.REFLECTION)),
                Made.of(Made.item("a", true), Made.item("c", true)).items()));
        Comparison comparison = Comparison.of(BEFORE, after);

        assertThat(comparison.items()).isEqualTo(2);
        assertThat(comparison.text())
                .contains("PARTIAL: after, 2 of 4 items are done.")
                .contains("Of 2 items in both reports reflection has 1 right before and 2 after.")
                .contains("No significant difference (p = 1; fewer than 6 flips can't show one).")
                .contains("Wrong to right: a");
    }

    @Test
    void comparesAllKindsOfAnswersThatBothHave() {
        Comparison comparison = Comparison.of(Report.of(Made.likely(50, 1)), Report.of(Made.likely(50, 2)));

        assertThat(comparison.pairs())
                .extracting(Comparison.Of::what)
                .containsExactly("reflection", "single shot", "best of n", "self-consistency");
        assertThat(comparison.categories()).hasSize(4);
        assertThat(comparison.categories().stream().mapToInt(of -> of.pair().items()))
                .as("items of all categories")
                .satisfies(items ->
                        assertThat(items.stream().mapToInt(n -> n).sum()).isEqualTo(50));
    }

    @Test
    void refusesOtherSuitesItemsAndConventions() {
        RunInfo info = BEFORE.info();
        Report suite = Report.of(new Results(with(info, "math", info.fingerprint()), BEFORE.items()));
        Report items = Report.of(new Results(with(info, info.suite(), "beef"), BEFORE.items()));

        assertThatThrownBy(() -> Comparison.of(BEFORE, suite))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("The reports can't be compared, their suites differ: 'gsm8k' before, 'math' after");
        assertThatThrownBy(() -> Comparison.of(BEFORE, items))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(
                        "their items (by the hash of ids and inputs) differ: 'f00d' before, 'beef' after");
    }

    @Test
    void saysWhatChanged() {
        RunInfo info = BEFORE.info();
        RunInfo other = new RunInfo(
                info.suite(),
                info.source(),
                info.prompting(),
                info.items(),
                info.fingerprint(),
                "solver@4",
                "cd34",
                Map.of("generate", "openai/medium", "reflect", "openai/large"),
                info.carriage(),
                info.methods(),
                null,
                info.temperature(),
                info.started());

        assertThat(Comparison.of(BEFORE, Report.of(new Results(other, BEFORE.items())))
                        .text())
                .contains("""
                        What changed
                        agent            solver@3 -> solver@4
                        agent's hash     ab12 -> cd34
                        model, generate  openai/small -> openai/medium
                        seed             7 -> none
                        """);
    }

    @Test
    void itsJsonNamesTheItemsThatFlipped() throws Exception {
        Report after = Report.of(Made.of(Made.item("a", true), Made.item("b", false)));
        var pair =
                new ObjectMapper().readTree(Comparison.of(BEFORE, after).json()).at("/pairs/0/pair");

        assertThat(pair.at("/gained/0").textValue()).isEqualTo("a");
        assertThat(pair.at("/lost/0").textValue()).isEqualTo("b");
        assertThat(pair.at("/p").doubleValue()).isOne();
    }

    @Property(tries = 50)
    void backwardsItSaysTheOpposite(@ForAll long one, @ForAll long other) {
        Report before = Report.of(Made.likely(40, one));
        Report after = Report.of(Made.likely(40, other));
        Paired there = Comparison.of(before, after).pairs().getFirst().pair();
        Paired back = Comparison.of(after, before).pairs().getFirst().pair();

        assertThat(there.gained()).isEqualTo(back.lost());
        assertThat(there.lost()).isEqualTo(back.gained());
        assertThat(there.p()).isEqualTo(back.p()).isBetween(0.0, 1.0);
        assertThat(there.difference()).isEqualTo(-back.difference());
        assertThat(there.interval().low()).isCloseTo(-back.interval().high(), within(1e-12));
        assertThat(there.items()).isEqualTo(40);
    }

    private static RunInfo with(RunInfo info, String suite, String fingerprint) {
        return new RunInfo(
                suite,
                info.source(),
                info.prompting(),
                info.items(),
                fingerprint,
                info.agent(),
                info.agentHash(),
                info.models(),
                info.carriage(),
                info.methods(),
                info.seed(),
                info.temperature(),
                info.started());
    }
}
