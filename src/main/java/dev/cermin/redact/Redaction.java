package dev.cermin.redact;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Rules by which texts are redacted: what they find becomes a mark such as {@code [redacted:card]}. Text without any of
 * it is left as it is, and so are marks. It takes time linear in the text. Immutable, and thread-safe where its listener is.
 */
public final class Redaction {
    /** No rules: every text is left as it is. */
    public static final Redaction NONE = new Redaction(Set.of(), Map.of(), mark -> {});

    /** Secrets, card numbers and IBANs: what is told from other text for certain, or nearly so. */
    public static final Redaction DEFAULT = of(Kind.SECRETS, Kind.CARD, Kind.IBAN);

    /** A mark can join what stood on its two sides; more often than this it doesn't. */
    private static final int PASSES = 4;

    private final Set<Kind> kinds;
    private final Map<String, String> custom;
    private final List<Finder> finders;
    private final Consumer<String> listener;

    private Redaction(Set<Kind> kinds, Map<String, String> custom, Consumer<String> listener) {
        this.kinds = kinds.isEmpty() ? Set.of() : EnumSet.copyOf(kinds);
        this.custom = custom;
        this.listener = listener;
        List<Finder> all = new ArrayList<>();
        for (Kind kind : this.kinds) {
            all.add(
                    switch (kind) {
                        case SECRETS -> Secrets.FINDER;
                        case CARD -> new Cards();
                        case IBAN -> new Ibans();
                        case EMAIL -> new Emails();
                        case PHONE -> new Phones();
                    });
        }
        custom.forEach((name, regex) -> all.add(CustomRule.of(name, regex)));
        this.finders = List.copyOf(all);
    }

    public static Redaction of(Kind... kinds) {
        return of(Arrays.asList(kinds));
    }

    public static Redaction of(Collection<Kind> kinds) {
        return new Redaction(Set.copyOf(kinds), Map.of(), mark -> {});
    }

    /**
     * These rules and one more. Needs {@code com.google.re2j:re2j}, whose time is linear in the text whatever the regex.
     *
     * @param name of its marks: lower case, digits and single hyphens, at most 40 characters
     * @param regex in RE2's syntax; where it has a group, what the first one matches goes, else all of the match
     * @throws IllegalArgumentException where the name is taken, or one of the two can't be read
     * @throws IllegalStateException without re2j on the class path
     */
    public Redaction with(String name, String regex) {
        Map<String, String> more = new TreeMap<>(custom);
        if (more.put(name, regex) != null) {
            throw new IllegalArgumentException("There are two redaction rules named '%s'".formatted(name));
        }
        return new Redaction(kinds, more, listener);
    }

    /** The same rules, told of each mark that is made: its name, such as {@code card}. Called where texts are redacted. */
    public Redaction told(Consumer<String> of) {
        return new Redaction(kinds, custom, of);
    }

    /** The same rules without these kinds and with those. */
    public Redaction kinds(Collection<Kind> others) {
        return new Redaction(Set.copyOf(others), custom, listener);
    }

    /** Whether there are any rules. */
    public boolean on() {
        return !finders.isEmpty();
    }

    /** The text with marks; null for null. */
    public @Nullable String orNull(@Nullable String text) {
        return text == null ? null : apply(text);
    }

    /** The texts with marks. */
    public List<String> apply(List<String> texts) {
        return on() ? texts.stream().map(this::apply).toList() : texts;
    }

    /** The text with marks in place of what the rules find; the same object where they find nothing. */
    public String apply(String text) {
        String redacted = text;
        for (int pass = 0; pass < PASSES; pass++) {
            List<Span> found = Marks.outside(redacted, found(redacted));
            if (found.isEmpty()) {
                return redacted;
            }
            found.forEach(span -> listener.accept(span.name()));
            redacted = Marks.put(redacted, found);
        }
        return redacted;
    }

    private List<Span> found(String text) {
        List<Span> found = new ArrayList<>(0);
        for (Finder finder : finders) {
            finder.find(text, found);
        }
        return found;
    }

    /** Its rules by name; not what they found. */
    @Override
    public String toString() {
        return "Redaction" + kinds.stream().map(Kind::key).toList() + custom.keySet();
    }
}
