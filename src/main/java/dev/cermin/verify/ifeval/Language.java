package dev.cermin.verify.ifeval;

import dev.cermin.verify.SettingException;
import dev.cermin.verify.Verifier;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The check {@code language:response_language}, and the language in those of case. */
final class Language {
    /** Those that the reference's detector tells apart: any more would draw texts away from them. */
    static final List<String> DETECTED = List.of(
            "af", "ar", "bg", "bn", "ca", "cs", "cy", "da", "de", "el", "en", "es", "et", "fa", "fi", "fr", "gu", "he",
            "hi", "hr", "hu", "id", "it", "ja", "kn", "ko", "lt", "lv", "mk", "ml", "mr", "ne", "nl", "no", "pa", "pl",
            "pt", "ro", "ru", "sk", "sl", "so", "sq", "sv", "sw", "ta", "te", "th", "tl", "tr", "uk", "ur", "vi",
            "zh-CN", "zh-TW");

    private Language() {}

    static Verifier response(String code) {
        if (DETECTED.stream().noneMatch(known -> isOf(known, code))) {
            throw new SettingException(
                    "language", "'%s' is no language that is told apart here; known are %s".formatted(code, DETECTED));
        }
        return TextCheck.of("language:response_language", response -> find(code, response));
    }

    /** A text in which no language can be detected counts as one in the right language, as in the reference. */
    static Finding find(String code, String text) {
        // n-grams of capitals are rare in the detector's profiles: it would take English for German
        boolean capitals = text.chars().noneMatch(Character::isLowerCase);
        Optional<String> found = detect(capitals ? Texts.lower(text) : text);
        if (found.isEmpty()) {
            return Finding.good("No language can be detected, which counts as the one asked for");
        }
        return isOf(found.get(), code)
                ? Finding.good("The language is " + shown(found.get()))
                : Finding.bad("The language looks like %s, and is to be %s".formatted(shown(found.get()), shown(code)));
    }

    private static Optional<String> detect(String text) {
        try {
            return LanguageDetection.shared().detect(text);
        } catch (NoClassDefFoundError e) {
            var missing = new NoClassDefFoundError(
                    "com.optimaize.languagedetector:language-detector (" + e.getMessage() + ")");
            missing.initCause(e);
            throw missing;
        }
    }

    /** {@code zh} is either of the two. */
    private static boolean isOf(String detected, String code) {
        return detected.equalsIgnoreCase(code) || (detected.startsWith("zh-") && code.equalsIgnoreCase("zh"));
    }

    private static String shown(String code) {
        return Locale.forLanguageTag(code).getDisplayName(Locale.ENGLISH) + " (" + code + ")";
    }
}
