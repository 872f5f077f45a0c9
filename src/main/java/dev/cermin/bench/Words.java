package dev.cermin.bench;

import java.util.SplittableRandom;

/** Texts of made-up words that are as frequent as words are: the one of rank n by 1/n (Zipf). Not thread-safe. */
final class Words {
    /** How many there are. */
    static final int ALL = 200_000;

    private static final double LOG = Math.log(ALL);
    private static final String CONSONANTS = "bdfghjklmnprstvz";
    private static final String VOWELS = "aeiou";

    private final SplittableRandom random;

    Words(SplittableRandom random) {
        this.random = random;
    }

    /** @param rank from 1, the most frequent, to {@link #ALL} */
    static String word(int rank) {
        StringBuilder word = new StringBuilder();
        int rest = rank;
        do {
            int syllable = rest % 80;
            word.append(CONSONANTS.charAt(syllable / 5)).append(VOWELS.charAt(syllable % 5));
            rest /= 80;
        } while (rest > 0);
        return word.toString();
    }

    String text(int least, int most) {
        StringBuilder text = new StringBuilder();
        int words = random.nextInt(least, most + 1);
        for (int i = 0; i < words; i++) {
            text.append(i == 0 ? "" : i % 12 == 0 ? ". " : " ").append(word(rank()));
        }
        return text.append('.').toString();
    }

    private int rank() {
        return (int) Math.exp(random.nextDouble() * LOG);
    }
}
