package dev.cermin.tune.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.cermin.tune.Sample;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;

class DuplicatesTest {
    private static Candidate sample(String id, String instruction, String output) {
        return sample(id, "", instruction, output);
    }

    private static Candidate sample(String id, String system, String instruction, String output) {
        return new Candidate(
                new Sample(id, system + instruction, "", output, new Sample.Source("test", 0, List.of())),
                null,
                system.length());
    }

    @Test
    void caseAndWhiteSpaceDontCountAndNumbersDo() {
        Duplicates seen = new Duplicates(Intake.NEAR);

        assertThat(seen.refusal(sample("1", "Solve 9x-15=21", "x=4"))).isNull();
        assertThat(seen.refusal(sample("2", " solve\n9x - 15 = 21", "X=4"))).isEqualTo("it is the same as 1");
        assertThat(seen.refusal(sample("3", "Solve 9x-15=12", "x=3"))).isNull();
        assertThat(seen.refusal(sample("4", "Solve 9x-15=21", "x=5"))).isNull();
    }

    @Test
    void aWordMoreInALongTextIsNearlyTheSame() {
        String text = IntStream.range(0, 60).mapToObj(i -> "word" + i).collect(Collectors.joining(" "));
        Duplicates seen = new Duplicates(Intake.NEAR);
        Duplicates exact = new Duplicates(1);

        assertThat(seen.refusal(sample("1", text, "yes"))).isNull();
        assertThat(seen.refusal(sample("2", text.replace("word30", "another"), "yes")))
                .isEqualTo("it is nearly the same as 1: 0.90 of their words in common");
        assertThat(seen.refusal(sample("3", text.replaceAll("word(\\d)\\b", "other$1"), "no")))
                .isNull();
        assertThat(exact.refusal(sample("1", text, "yes"))).isNull();
        assertThat(exact.refusal(sample("2", text.replace("word30", "another"), "yes")))
                .isNull();
    }

    @Test
    void aSystemMessageThatSamplesShareMakesThemNoDuplicates() {
        String system = IntStream.range(0, 300).mapToObj(i -> "rule" + i).collect(Collectors.joining(" ", "", "\n\n"));
        Duplicates seen = new Duplicates(Intake.NEAR);

        assertThat(seen.refusal(sample("1", system, "Where does the Rhine rise?", "In the Alps.")))
                .isNull();
        assertThat(seen.refusal(sample("2", system, "Who wrote Faust, and when?", "Goethe, over sixty years.")))
                .isNull();
        assertThat(seen.refusal(sample("3", system, "where does the Rhine rise?", "In the Alps.")))
                .isEqualTo("it is the same as 1");
        assertThat(seen.refusal(sample("4", "Be brief.\n\n", "Where does the Rhine rise?", "In the Alps.")))
                .isEqualTo("it is nearly the same as 1: 1.00 of their words in common");
    }

    @Test
    void aSimilarityAtWhichManyWouldBeMissedIsRefused() {
        assertThat(new Intake.Terms("data", Filter.DEFAULT, 0.7, 1).near()).isEqualTo(0.7);
        assertThatThrownBy(() -> new Intake.Terms("data", Filter.DEFAULT, 0.69, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("0.7 or more is expected");
        assertThatThrownBy(() -> new Intake.Terms("data", Filter.DEFAULT, Double.NaN, 1))
                .isInstanceOf(IllegalArgumentException.class);
    }

    /** Against the comparison with every earlier one. */
    @Property(tries = 60)
    void noneIsTakenForOneThatIsNotAndNoneIsMissed(
            @ForAll long seed, @ForAll @DoubleRange(min = 0.8, max = 0.95) double near) {
        Random random = new Random(seed);
        List<List<String>> texts = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            List<String> words = i % 4 == 0 || texts.isEmpty()
                    ? random.ints(80, 0, 5000).mapToObj(Integer::toString).collect(Collectors.toList())
                    : new ArrayList<>(texts.get(random.nextInt(texts.size())));
            for (int changed = random.nextInt(6); changed > 0; changed--) {
                words.set(random.nextInt(words.size()), "new" + random.nextInt(5000));
            }
            texts.add(words);
        }
        Collections.shuffle(texts, random);
        Duplicates seen = new Duplicates(near);
        List<Shingles> kept = new ArrayList<>();
        for (int i = 0; i < texts.size(); i++) {
            String text = String.join(" ", texts.get(i));
            Candidate sample = sample("s" + i, text, "");
            Shingles own = Shingles.of(text);
            double most = kept.stream().mapToDouble(own::jaccard).max().orElse(0);
            String refusal = seen.refusal(sample);

            assertThat(refusal != null).as("%s at most %.3f", refusal, most).isEqualTo(most >= near);
            if (refusal == null) {
                kept.add(own);
            }
        }
    }

    @Test
    void aTextIsLookedAtOnceHoweverManyBandsItShares() {
        Bands bands = new Bands(32);
        for (long text = 0; text < 100; text++) {
            long own = text;
            bands.add(LongStream.range(0, 32)
                    .map(band -> band < 31 ? band : 1000 + own)
                    .toArray());
        }
        List<Integer> looked = new ArrayList<>();

        int none = bands.find(LongStream.range(0, 32).toArray(), text -> {
            looked.add(text);
            return false;
        });

        assertThat(none).isEqualTo(Bands.NONE);
        assertThat(looked).hasSize(100).doesNotHaveDuplicates();
        assertThat(bands.find(LongStream.range(1031, 1063).toArray(), text -> text == 57))
                .isEqualTo(57);
        assertThat(bands.find(LongStream.range(2000, 2032).toArray(), text -> true))
                .isEqualTo(Bands.NONE);
    }

    @Test
    void theSimilarityIsThatOfTheSetsOfRunsOfThreeWords() {
        assertThat(Shingles.of("a b c d").jaccard(Shingles.of("a b c e"))).isEqualTo(1.0 / 3, within(1e-12));
        assertThat(Shingles.of("").jaccard(Shingles.of(" "))).isEqualTo(1);
        assertThat(Shingles.of("one").jaccard(Shingles.of("two"))).isZero();
    }
}
