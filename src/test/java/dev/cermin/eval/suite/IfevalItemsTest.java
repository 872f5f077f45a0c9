package dev.cermin.eval.suite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cermin.eval.Item;
import dev.cermin.eval.Mark;
import dev.cermin.eval.Score;
import dev.cermin.eval.Suite;
import dev.cermin.verify.ifeval.Ifeval;
import dev.cermin.verify.ifeval.Relation;
import java.util.List;
import org.junit.jupiter.api.Test;

class IfevalItemsTest {
    private static final IfevalScorer SCORER = new IfevalScorer(
            List.of(Ifeval.noComma(), Ifeval.numberWords(Relation.LESS_THAN, 4), Ifeval.endChecker("bye")));

    @Test
    void everyItemIsAskedAsItIsAndFailsWithoutAResponse() {
        Suite suite = Data.suite("ifeval", "ifeval");

        assertThat(suite.items()).hasSize(541).extracting(Item::id).contains("1000", "1122", "1129");
        assertThat(suite.prompting()).contains("1122", "1129", "pinned");
        int instructions = 0;
        for (Item item : suite.items()) {
            Score score = Data.score(item.scorer(), " ");
            assertThat(score.marks())
                    .extracting(Mark::convention)
                    .containsExactly("prompt-strict", "prompt-loose", "instruction-strict", "instruction-loose");
            assertThat(score.marks()).allMatch(mark -> mark.right() == 0);
            instructions += score.marks().getLast().of();
        }
        assertThat(instructions).isEqualTo(834);
    }

    @Test
    void theTwoItemsOfARandomLetterAreAskedForWhatTheyName() {
        for (Item item : Data.suite("ifeval", "ifeval").items()) {
            if (List.of("1122", "1129").contains(item.id())) {
                String sign = item.id().equals("1122") ? "#" : "!";
                int with =
                        Data.score(item.scorer(), sign.repeat(9)).marks().get(2).right();
                int without =
                        Data.score(item.scorer(), "letters").marks().get(2).right();
                assertThat(with).as(item.id()).isGreaterThan(without);
            }
        }
    }

    @Test
    void eachInstructionCountsStrictlyAndLoosely() {
        assertThat(marks("so long bye")).containsExactly(points(1, 1), points(1, 1), points(3, 3), points(3, 3));
        assertThat(marks("Here it is, as asked:\nso long bye"))
                .containsExactly(points(0, 1), points(1, 1), points(1, 3), points(3, 3));
        // loosely, each instruction may have a variant of its own
        assertThat(marks("so, long\n*bye*")).containsExactly(points(0, 1), points(1, 1), points(1, 3), points(3, 3));
        assertThat(marks("one, two, three, four, five\nsix, seven\neight, nine, ten, eleven, twelve"))
                .containsExactly(points(0, 1), points(0, 1), points(0, 3), points(1, 3));
    }

    @Test
    void theReasonNamesWhatIsNotFollowed() {
        assertThat(Data.score(SCORER, "so, bye").reason()).startsWith("punctuation-no-comma: ");
        assertThat(Data.score(SCORER, "so bye").reason()).isEqualTo("Every instruction is followed");
    }

    private static List<int[]> marks(String response) {
        return Data.score(SCORER, response).marks().stream()
                .map(mark -> new int[] {mark.right(), mark.of()})
                .toList();
    }

    private static int[] points(int right, int of) {
        return new int[] {right, of};
    }
}
