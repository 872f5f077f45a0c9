package dev.cermin.verify.ifeval;

import com.optimaize.langdetect.LanguageDetector;
import com.optimaize.langdetect.LanguageDetectorBuilder;
import com.optimaize.langdetect.i18n.LdLocale;
import com.optimaize.langdetect.ngram.NgramExtractors;
import com.optimaize.langdetect.profiles.LanguageProfileReader;
import com.optimaize.langdetect.text.RemoveMinorityScriptsTextFilter;
import com.optimaize.langdetect.text.TextObjectFactory;
import com.optimaize.langdetect.text.TextObjectFactoryBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The door to language-detector, which has the reference's algorithm and profiles, from the same origin. The reference
 * draws at random; this has a seed, so that a text is always found in the same language. Thread-safe.
 */
final class LanguageDetection {
    /** Characters that are looked at, as in the reference. */
    private static final int LOOKED_AT = 10_000;
    /** In no language; the library's own filter for them takes seconds for a long text without a space. */
    private static final Pattern ADDRESS =
            Pattern.compile("https?://[-\\w.?&~;+=/#]++|(?<![-\\w.])[-\\w.]++@[-\\w.]++");

    private static @Nullable LanguageDetection shared;

    private final LanguageDetector detector;
    private final TextObjectFactory texts = new TextObjectFactoryBuilder()
            .withTextFilter(RemoveMinorityScriptsTextFilter.forThreshold(0.3))
            .build();

    private LanguageDetection() throws IOException {
        List<LdLocale> languages =
                Language.DETECTED.stream().map(LdLocale::fromString).toList();
        detector = LanguageDetectorBuilder.create(NgramExtractors.standard())
                .withProfiles(new LanguageProfileReader().readBuiltIn(languages))
                // an unlikely language is one too; none at all is where there is nothing to tell by
                .probabilityThreshold(0)
                .seed(0)
                .build();
    }

    /** Reads its profiles when first asked for, in a second or so; kept from then on. */
    static synchronized LanguageDetection shared() {
        // no static initialiser: where the library is missing, every call is to say so, not the first alone
        LanguageDetection ready = shared;
        if (ready == null) {
            try {
                ready = new LanguageDetection();
            } catch (IOException e) {
                throw new UncheckedIOException("The language profiles can't be read", e);
            }
            shared = ready;
        }
        return ready;
    }

    /** The most likely language, as in {@link Language#DETECTED}; none where the text has no letter to tell by. */
    Optional<String> detect(String text) {
        String start = text.substring(0, Math.min(text.length(), LOOKED_AT));
        String language = ADDRESS.matcher(start).replaceAll(" ");
        return detector.getProbabilities(texts.forText(language)).stream()
                .findFirst()
                .map(likely -> likely.getLocale().toString());
    }
}
