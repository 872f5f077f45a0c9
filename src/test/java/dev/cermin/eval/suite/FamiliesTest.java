package dev.cermin.eval.suite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cermin.eval.Item;
import dev.cermin.eval.Suite;
import dev.cermin.problem.Family;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FamiliesTest {
    private static Suite suite(String name, int count, long seed) {
        return Suites.named(name).read(null, SuiteOptions.DEFAULT.withProblems(count, seed));
    }

    @Test
    void theSameSeedMakesTheSameProblemsAndAnotherOthers() {
        List<String> first = ids(suite("equations", 50, 7));

        assertThat(ids(suite("equations", 50, 7)))
                .isEqualTo(first)
                .doesNotHaveDuplicates()
                .hasSize(50);
        assertThat(ids(suite("equations", 20, 7))).isEqualTo(first.subList(0, 20));
        assertThat(ids(suite("equations", 50, 8))).doesNotContainAnyElementsOf(first.subList(0, 5));
    }

    @Test
    void everySolutionScoresAsRightAndItsNeighbourAsWrong() {
        for (Item item : suite("equations", 280, 3).items()) {
            assertThat(Data.score(item.scorer(), item.gold()).right())
                    .as(item.id())
                    .isTrue();
            assertThat(Data.score(item.scorer(), item.gold() + "1").right())
                    .as(item.id())
                    .isFalse();
        }
        for (Item item : suite("equation-systems", 280, 3).items()) {
            assertThat(Data.score(item.scorer(), item.gold()).right())
                    .as(item.id())
                    .isTrue();
            assertThat(Data.score(item.scorer(), item.gold() + "1").right())
                    .as(item.id())
                    .isFalse();
        }
        for (Item item : Stream.concat(
                        suite("arithmetic", 150, 3).items().stream(), suite("durations", 150, 3).items().stream())
                .toList()) {
            assertThat(Data.score(item.scorer(), item.gold()).right())
                    .as(item.id())
                    .isTrue();
            assertThat(Data.score(item.scorer(), "1" + item.gold()).right())
                    .as(item.id())
                    .isFalse();
        }
    }

    @Test
    void equationsTakeTurnsWithinTheModelsReach() {
        List<Item> items = suite("equations", 280, 5).items();

        assertThat(items)
                .filteredOn(item -> item.category().equals("linear"))
                .hasSize(140)
                .allMatch(item -> item.input().matches("-?[2-9]?x([+-][0-9]+)?=(-?[2-9]?x([+-][0-9]+)?|-?[0-9]+)"))
                .allMatch(item -> item.gold().matches("x=-?([0-9]|1[0-2])"));
        assertThat(items)
                .filteredOn(item -> item.category().equals("quadratic"))
                .hasSize(140)
                .allMatch(item -> item.input().matches("[2-9]?x\\^2([+-][0-9]*x)?([+-][0-9]+)?=0"))
                .allMatch(item -> item.gold().matches("x=-?[0-9]+(/[23])?,-?[0-9]+(/[23])?"));
        assertThat(suite("arithmetic", 150, 5).items())
                .allMatch(item -> item.input().matches("[1-9][0-9]\\*[1-9][0-9]"))
                .allMatch(item -> item.category().equals("product"));
    }

    @ParameterizedTest
    @CsvSource({"equations,1000", "arithmetic,1500", "equation-systems,500", "durations,600"})
    void problemsThatTheModelWasTrainedOnAreLeftOut(String suite, int count) {
        Suite problems = suite(suite, count, 1);
        Random random = new Random(3);
        List<String> learned = new ArrayList<>();
        for (Family family : Family.values()) {
            for (int i = 0; i < 5000; i++) {
                learned.add(family.any(Family.Split.LEARN, random).question());
            }
        }

        assertThat(ids(problems)).hasSize(count).doesNotContainAnyElementsOf(learned);
        assertThat(problems.source())
                .isEqualTo("%d problems made by seed 1, none of which the bundled model was trained on", count);
    }

    private static List<String> ids(Suite suite) {
        return suite.items().stream().map(Item::id).toList();
    }
}
