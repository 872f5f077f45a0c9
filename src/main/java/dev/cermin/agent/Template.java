package dev.cermin.agent;

import dev.cermin.tagged.Untrusted;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A text cut at its variables, once for all times that it is filled in. Immutable. */
final class Template {
    private static final Pattern VARIABLE = Pattern.compile("\\{\\{\\s*(\\p{Alpha}[\\w.-]*)\\s*}}");

    private final String text;
    /** What stands before, between and behind the variables: one more than there are variables. */
    private final String[] texts;

    private final String[] names;

    private Template(String text, List<String> texts, List<String> names) {
        this.text = text;
        this.texts = texts.toArray(String[]::new);
        this.names = names.toArray(String[]::new);
    }

    static Template of(String text) {
        List<String> texts = new ArrayList<>();
        List<String> names = new ArrayList<>();
        int from = 0;
        Matcher found = VARIABLE.matcher(text);
        while (found.find()) {
            texts.add(text.substring(from, found.start()));
            names.add(found.group(1));
            from = found.end();
        }
        texts.add(text.substring(from));
        return new Template(text, texts, names);
    }

    /** As it was given. */
    String text() {
        return text;
    }

    /** The names of its variables, in order. */
    List<String> names() {
        return List.of(names);
    }

    /**
     * The text with its variables filled in, as data.
     *
     * @param values null for a name without one
     * @param prompt whose text it is, for the message
     * @param known the names that have a value, for the message
     * @throws IllegalArgumentException for a variable without a value
     */
    String fill(Function<String, @Nullable String> values, String prompt, Set<String> known) {
        // most prompts have up to three variables, and nothing puts so few texts together as fast as a plus
        return switch (names.length) {
            case 0 -> texts[0];
            case 1 -> texts[0] + data(0, values, prompt, known) + texts[1];
            case 2 -> texts[0] + data(0, values, prompt, known) + texts[1] + data(1, values, prompt, known) + texts[2];
            case 3 ->
                texts[0]
                        + data(0, values, prompt, known)
                        + texts[1]
                        + data(1, values, prompt, known)
                        + texts[2]
                        + data(2, values, prompt, known)
                        + texts[3];
            default -> {
                StringBuilder all = new StringBuilder(texts[0]);
                for (int i = 0; i < names.length; i++) {
                    all.append(data(i, values, prompt, known)).append(texts[i + 1]);
                }
                yield all.toString();
            }
        };
    }

    private String data(int index, Function<String, @Nullable String> values, String prompt, Set<String> known) {
        String value = values.apply(names[index]);
        if (value == null) {
            throw new IllegalArgumentException(
                    "Prompt %s names {{%s}}; known are %s".formatted(prompt, names[index], new TreeSet<>(known)));
        }
        return Untrusted.asData(value);
    }
}
