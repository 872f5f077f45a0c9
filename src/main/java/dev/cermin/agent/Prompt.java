package dev.cermin.agent;

import dev.cermin.tagged.Untrusted;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A versioned template: {@code {{name}}} stands for a variable. Values are data: a variable's name in one is left as it
 * is (one pass, so a task can't pull in another value), and what could pass for a part of the prompt is disarmed, as
 * {@link Untrusted} says.
 *
 * @param id its path and version, such as {@code mirror/generate@1}
 * @param system the system message; null for none
 * @param user the user message
 */
public record Prompt(String id, @Nullable String system, String user) {
    /**
     * A prompt with its variables filled in.
     *
     * @param system null for none
     */
    public record Rendered(@Nullable String system, String user) {}

    /** The names of the variables in it. */
    public Set<String> variables() {
        var names = new TreeSet<>(variables(user));
        if (system != null) {
            names.addAll(variables(system));
        }
        return names;
    }

    static Set<String> variables(String template) {
        return new TreeSet<>(Template.of(template).names());
    }

    /** @throws IllegalArgumentException for a variable without a value */
    public Rendered render(Map<String, String> values) {
        return render(values::get, values.keySet());
    }

    /**
     * The same with values that are looked up only where the prompt asks for them.
     *
     * @param values null for a name without one
     * @param known the names that have one, for the message
     */
    public Rendered render(Function<String, @Nullable String> values, Set<String> known) {
        return new Rendered(system == null ? null : fill(system, values, known), fill(user, values, known));
    }

    private String fill(String template, Function<String, @Nullable String> values, Set<String> known) {
        return Template.of(template).fill(values, id, known);
    }
}
