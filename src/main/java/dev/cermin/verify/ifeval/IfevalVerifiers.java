package dev.cermin.verify.ifeval;

import static java.util.Map.entry;

import dev.cermin.verify.SettingException;
import dev.cermin.verify.Settings;
import dev.cermin.verify.Verifier;
import dev.cermin.verify.VerifierProvider;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Lets agent files name the checks of {@link Ifeval}. */
public final class IfevalVerifiers implements VerifierProvider {
    private static final Map<String, Function<Settings, Verifier>> BY_ID = Map.ofEntries(
            entry("keywords:existence", s -> Ifeval.keywordsExistence(s.texts("keywords"))),
            entry(
                    "keywords:frequency",
                    s -> Ifeval.keywordsFrequency(s.text("keyword"), relation(s, "relation"), count(s, "frequency"))),
            entry("keywords:forbidden_words", s -> Ifeval.forbiddenWords(s.texts("forbidden-words"))),
            entry(
                    "keywords:letter_frequency",
                    s -> Ifeval.letterFrequency(
                            s.text("letter"), relation(s, "let-relation"), count(s, "let-frequency"))),
            entry("language:response_language", s -> Ifeval.responseLanguage(s.text("language"))),
            entry(
                    "length_constraints:number_sentences",
                    s -> Ifeval.numberSentences(relation(s, "relation"), count(s, "num-sentences"))),
            entry("length_constraints:number_paragraphs", s -> Ifeval.numberParagraphs(count(s, "num-paragraphs"))),
            entry(
                    "length_constraints:number_words",
                    s -> Ifeval.numberWords(relation(s, "relation"), count(s, "num-words"))),
            entry(
                    "length_constraints:nth_paragraph_first_word",
                    s -> Ifeval.nthParagraphFirstWord(
                            count(s, "num-paragraphs"), count(s, "nth-paragraph"), s.text("first-word"))),
            entry(
                    "detectable_content:number_placeholders",
                    s -> Ifeval.numberPlaceholders(count(s, "num-placeholders"))),
            entry("detectable_content:postscript", s -> Ifeval.postscript(s.text("postscript-marker"))),
            entry("detectable_format:number_bullet_lists", s -> Ifeval.numberBulletLists(count(s, "num-bullets"))),
            entry("detectable_format:constrained_response", s -> Ifeval.constrainedResponse()),
            entry(
                    "detectable_format:number_highlighted_sections",
                    s -> Ifeval.numberHighlightedSections(count(s, "num-highlights"))),
            entry(
                    "detectable_format:multiple_sections",
                    s -> Ifeval.multipleSections(s.text("section-spliter"), count(s, "num-sections"))),
            entry("detectable_format:json_format", s -> Ifeval.jsonFormat()),
            entry("detectable_format:title", s -> Ifeval.title()),
            entry("combination:two_responses", s -> Ifeval.twoResponses()),
            entry("combination:repeat_prompt", s -> Ifeval.repeatPrompt(s.text("prompt-to-repeat"))),
            entry("startend:end_checker", s -> Ifeval.endChecker(s.text("end-phrase"))),
            entry("startend:quotation", s -> Ifeval.quotation()),
            entry(
                    "change_case:capital_word_frequency",
                    s -> Ifeval.capitalWordFrequency(relation(s, "capital-relation"), count(s, "capital-frequency"))),
            entry("change_case:english_capital", s -> Ifeval.englishCapital()),
            entry("change_case:english_lowercase", s -> Ifeval.englishLowercase()),
            entry("punctuation:no_comma", s -> Ifeval.noComma()));

    @Override
    public Map<String, Function<Settings, Verifier>> verifiers() {
        return BY_ID.entrySet().stream()
                .collect(Collectors.toMap(
                        check -> TextCheck.nameOf(check.getKey()), check -> looseToo(check.getValue())));
    }

    private static Function<Settings, Verifier> looseToo(Function<Settings, Verifier> maker) {
        return settings -> {
            boolean loose = settings.truth("loose", false);
            Verifier strict = maker.apply(settings);
            settings.noOthers();
            return loose ? Ifeval.loose(strict) : strict;
        };
    }

    static Verifier ofItem(String id, Map<String, ? extends @Nullable Object> kwargs) {
        Function<Settings, Verifier> maker = BY_ID.get(id);
        if (maker == null) {
            throw new IllegalArgumentException(
                    "IFEval has no check '%s'; known are %s".formatted(id, new TreeSet<>(BY_ID.keySet())));
        }
        Map<String, Object> values = new HashMap<>();
        kwargs.forEach((key, value) -> {
            if (value != null) {
                values.put(key.replace('_', '-'), value);
            }
        });
        Settings settings = new Settings(values);
        try {
            Verifier verifier = maker.apply(settings);
            settings.noOthers();
            return verifier;
        } catch (SettingException e) {
            throw new IllegalArgumentException(
                    "%s: %s: %s".formatted(id, e.key().replace('-', '_'), e.getMessage()), e);
        }
    }

    private static int count(Settings settings, String key) {
        return settings.whole(key, 0);
    }

    private static Relation relation(Settings settings, String key) {
        String text = settings.text(key);
        try {
            return Relation.of(text);
        } catch (IllegalArgumentException e) {
            throw new SettingException(key, e.getMessage());
        }
    }
}
