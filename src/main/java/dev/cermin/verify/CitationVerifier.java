package dev.cermin.verify;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Every passage that the answer quotes stands in the source, word for word. Quoted is what stands in “…”, "…", „…“ or
 * «…», and in blockquote lines, {@code > …}; shorter quotations than so many words are not looked at. The kinds of white
 * space, quotation marks and dashes don't count, nor does a comma or a full stop that ends a quotation. An ellipsis, … or
 * [...], parts a quotation into pieces that must stand in that order. In a blockquote, a line that begins with a dash names
 * who is quoted. Up to 200 quotations are checked; more fail. Thread-safe.
 */
public final class CitationVerifier implements Verifier {
    public static final String NAME = "citation";
    /** The key of the task's metadata that holds the source, where none is named. */
    public static final String SOURCE = "source";
    /** Words from which a quotation is checked, where nothing else is said. */
    public static final int MIN_WORDS = 3;

    private static final int MOST = 200;

    private final String key;
    private final Optional<String> source;
    private final int minWords;
    private final boolean required;

    private CitationVerifier(String key, Optional<String> source, int minWords, boolean required) {
        this.key = key;
        this.source = source;
        this.minWords = minWords;
        this.required = required;
    }

    /** The source is in the task's metadata, under that key. */
    public static CitationVerifier fromMetadata(String key) {
        return new CitationVerifier(key, Optional.empty(), MIN_WORDS, true);
    }

    /** The source is always this one. */
    public static CitationVerifier from(String source) {
        return new CitationVerifier(SOURCE, Optional.of(source), MIN_WORDS, true);
    }

    /** The same for quotations from so many words on, at least 1. */
    public CitationVerifier minWords(int words) {
        if (words < 1) {
            throw new IllegalArgumentException("At least 1 word is expected, not " + words);
        }
        return new CitationVerifier(key, source, words, required);
    }

    /** The same for answers that need not quote at all. */
    public CitationVerifier optional() {
        return new CitationVerifier(key, source, minWords, false);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Check verify(Answer answer) {
        Optional<String> text =
                source.or(() -> Optional.ofNullable(answer.metadata().get(key)));
        if (text.isEmpty() || text.get().isBlank()) {
            return Check.fail(
                    NAME, "The task has no source to quote from: its metadata has nothing under '" + key + "'");
        }
        Quotations quotations = Quotations.of(answer.output());
        List<String> wrong = new ArrayList<>();
        for (String open : quotations.open()) {
            wrong.add("a quotation is not closed: %s".formatted(Place.excerpt(open)));
        }
        SourceText from = new SourceText(text.get());
        List<String> closed = quotations.closed().stream()
                .filter(quotation -> SourceText.words(quotation) >= minWords)
                .toList();
        closed.stream().limit(MOST).forEach(quotation -> from.missing(quotation).ifPresent(wrong::add));
        if (closed.size() > MOST) {
            wrong.add("the answer has %d quotations, and up to %d are checked".formatted(closed.size(), MOST));
        }
        if (required && closed.isEmpty()) {
            wrong.add("the answer quotes no passage of %d words or more; one is asked for, in quotation marks"
                    .formatted(minWords));
        }
        return wrong.isEmpty()
                ? Check.pass(NAME, "Every quotation stands in the source; they are " + closed.size())
                : Check.fail(NAME, String.join("; ", wrong));
    }
}
