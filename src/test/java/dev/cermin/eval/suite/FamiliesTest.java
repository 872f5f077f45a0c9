package dev.cermin.eval.suite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cermin.eval.Item;
import dev.cermin.eval.Suite;
import java.util.List;
import org.junit.jupiter.api.Test;

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
        for (Item item : suite("arithmetic", 150, 3).items()) {
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
                .allMatch(item -> item.gold().matches("x=-?[0-9](/[23])?,-?[0-9](/[23])?"));
        assertThat(suite("arithmetic", 150, 5).items())
                .allMatch(item -> item.input().matches("(1[1-9]|[2-4][0-9])\\*(1[1-9]|[2-4][0-9])"))
                .allMatch(item -> item.category().equals("product"));
    }

    /** Problems that the model's trainer, asked by itself, kept for tests and trained on. */
    @Test
    void problemsThatTheModelWasTrainedOnAreLeftOut() {
        Suite products = suite("arithmetic", 245, 1);
        Suite equations = suite("equations", 280, 1);

        assertThat(ids(products))
                .contains("18*24", "18*13", "28*37", "16*17", "42*12", "18*31")
                .doesNotContain("35*31", "14*15", "25*44", "12*43", "47*37", "42*14");
        assertThat(ids(equations))
                .contains("6x^2+13x+6=0", "3x^2+10x+3=0", "x^2-2x-24=0", "9x^2-16=0", "3x^2-14x-5=0")
                .doesNotContain("9x^2-9x-28=0", "2x^2-7x+5=0", "3x^2+20x+12=0", "2x^2+7x=0", "3x^2+19x-72=0");
        assertThat(products.source())
                .isEqualTo("245 problems made by seed 1, none of which the bundled model was trained on");
    }

    private static List<String> ids(Suite suite) {
        return suite.items().stream().map(Item::id).toList();
    }
}
