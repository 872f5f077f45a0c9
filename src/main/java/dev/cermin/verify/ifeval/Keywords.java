package dev.cermin.verify.ifeval;

import dev.cermin.verify.SettingException;
import dev.cermin.verify.Verifier;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The checks {@code keywords:…}. */
final class Keywords {
    private Keywords() {}

    static Verifier existence(List<String> keywords) {
        List<Word> words = words("keywords", keywords, "", "");
        return TextCheck.of("keywords:existence", response -> {
            List<String> missing = words.stream()
                    .filter(word -> !word.pattern().matcher(response).find())
                    .map(word -> "'" + word.text() + "'")
                    .toList();
            return missing.isEmpty()
                    ? Finding.good("Every keyword is there")
                    : Finding.bad("Missing from the response: " + String.join(", ", missing));
        });
    }

    static Verifier frequency(String keyword, Relation relation, int frequency) {
        String word = Regex.checked("keyword", Texts.strip(keyword));
        int limit = TextCheck.limit("frequency", frequency, 0);
        Pattern pattern = Regex.ofAnyCase(word);
        return TextCheck.of("keywords:frequency", response -> {
            int count = Regex.count(pattern, response);
            return Finding.compared(count, "occurrence", relation, limit).of("'" + word + "'");
        });
    }

    static Verifier forbidden(List<String> forbidden) {
        List<Word> words = words("forbidden-words", forbidden, "\\b", "\\b");
        return TextCheck.of("keywords:forbidden_words", response -> {
            List<String> found = new ArrayList<>();
            for (Word word : words) {
                Matcher matcher = word.pattern().matcher(response);
                if (matcher.find()) {
                    found.add("'%s' in %s"
                            .formatted(word.text(), Texts.around(response, matcher.start(), matcher.end())));
                }
            }
            return found.isEmpty()
                    ? Finding.good("No forbidden word is there")
                    : Finding.bad("Forbidden words found: " + String.join("; ", found));
        });
    }

    static Verifier letters(String letter, Relation relation, int frequency) {
        String wanted = Texts.lower(Texts.strip(letter));
        if (wanted.codePointCount(0, wanted.length()) != 1) {
            throw new SettingException("letter", "one character is expected, not '" + letter + "'");
        }
        int limit = TextCheck.limit("let-frequency", frequency, 0);
        int code = wanted.codePointAt(0);
        return TextCheck.of("keywords:letter_frequency", response -> {
            long count =
                    Texts.lower(response).codePoints().filter(c -> c == code).count();
            return Finding.compared(Math.toIntExact(count), "occurrence", relation, limit)
                    .of("'" + wanted + "'");
        });
    }

    private record Word(String text, Pattern pattern) {}

    private static List<Word> words(String key, List<String> words, String before, String after) {
        if (words.isEmpty()) {
            throw new SettingException(key, "a list of texts is expected, not an empty one");
        }
        return words.stream()
                .map(word -> new Word(word, Regex.ofAnyCase(before + Regex.checked(key, word) + after)))
                .toList();
    }
}
