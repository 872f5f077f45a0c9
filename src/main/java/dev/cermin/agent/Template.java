package dev.cermin.agent;

import dev.cermin.tagged.Untrusted;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A template cut at its variables.
 *
 * @param texts what stands before, between and behind them: one more than there are variables
 * @param names of the variables, in order
 */
record Template(List<String> texts, List<String> names) {
    private static final Pattern VARIABLE = Pattern.compile("\\{\\{\\s*(\\p{Alpha}[\\w.-]*)\\s*}}");

    /** Templates as they were cut; an application has a few dozen, and one that makes them up as it goes fills no memory. */
    private static final Map<String, Template> CUT = new ConcurrentHashMap<>();

    private static final int MOST = 1000;

    static Template of(String text) {
        Template known = CUT.get(text);
        if (known != null) {
            return known;
        }
        if (CUT.size() >= MOST) {
            CUT.clear();
        }
        Template template = cut(text);
        CUT.put(text, template);
        return template;
    }

    private static Template cut(String text) {
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
        return new Template(List.copyOf(texts), List.copyOf(names));
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
        return switch (names.size()) {
            case 0 -> texts.getFirst();
            case 1 -> texts.get(0) + data(0, values, prompt, known) + texts.get(1);
            case 2 ->
                texts.get(0)
                        + data(0, values, prompt, known)
                        + texts.get(1)
                        + data(1, values, prompt, known)
                        + texts.get(2);
            case 3 ->
                texts.get(0)
                        + data(0, values, prompt, known)
                        + texts.get(1)
                        + data(1, values, prompt, known)
                        + texts.get(2)
                        + data(2, values, prompt, known)
                        + texts.get(3);
            default -> {
                StringBuilder all = new StringBuilder(texts.getFirst());
                for (int i = 0; i < names.size(); i++) {
                    all.append(data(i, values, prompt, known)).append(texts.get(i + 1));
                }
                yield all.toString();
            }
        };
    }

    private String data(int index, Function<String, @Nullable String> values, String prompt, Set<String> known) {
        String value = values.apply(names.get(index));
        if (value == null) {
            throw new IllegalArgumentException(
                    "Prompt %s names {{%s}}; known are %s".formatted(prompt, names.get(index), new TreeSet<>(known)));
        }
        return Untrusted.asData(value);
    }
}
