package dev.cermin.lesson;

import java.text.Normalizer;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Trigrams of characters. Words would need a tokenizer for each script, and would split formulas and code, where the
 * signs between words are what makes two tasks alike.
 */
final class LexicalSimilarity implements Similarity {
    private static final Pattern NUMBER = Pattern.compile("\\p{Nd}+");

    @Override
    public double[] between(String text, List<String> others) {
        Set<String> features = features(text);
        return others.stream()
                .mapToDouble(other -> cosine(features, features(other)))
                .toArray();
    }

    private static Set<String> features(String text) {
        Set<String> features = new HashSet<>();
        String folded = Normalizer.normalize(text, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
        String shape = NUMBER.matcher(folded).replaceAll(number -> {
            features.add(number.group());
            return "0";
        });
        String padded = " " + shape + " ";
        for (int i = 0; i + 3 <= padded.length(); i++) {
            features.add(padded.substring(i, i + 3));
        }
        return features;
    }

    private static double cosine(Set<String> one, Set<String> other) {
        if (one.isEmpty() || other.isEmpty()) {
            return 0;
        }
        long shared = one.stream().filter(other::contains).count();
        return shared / Math.sqrt((double) one.size() * other.size());
    }
}
