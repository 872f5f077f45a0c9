package dev.cermin.agent;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.cermin.tagged.Untrusted;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A versioned template: {@code {{name}}} stands for a variable. Values are data: a variable's name in one is left as it
 * is (one pass, so a task can't pull in another value), and what could pass for a part of the prompt is disarmed, as
 * {@link Untrusted} says. Immutable; equal where id and texts are.
 */
public final class Prompt {
    private final String id;
    private final @Nullable Template system;
    private final Template user;

    /**
     * A prompt from its texts.
     *
     * @param id its path and version, such as {@code mirror/generate@1}
     * @param system the system message; null for none
     * @param user the user message
     */
    @JsonCreator
    public Prompt(
            @JsonProperty("id") String id,
            @JsonProperty("system") @Nullable String system,
            @JsonProperty("user") String user) {
        this.id = id;
        this.system = system == null ? null : Template.of(system);
        this.user = Template.of(user);
    }

    /**
     * A prompt with its variables filled in.
     *
     * @param system null for none
     */
    public record Rendered(@Nullable String system, String user) {}

    /** Its path and version. */
    @JsonProperty
    public String id() {
        return id;
    }

    /** The system message as it was given; null for none. */
    @JsonProperty
    public @Nullable String system() {
        return system == null ? null : system.text();
    }

    /** The user message as it was given. */
    @JsonProperty
    public String user() {
        return user.text();
    }

    /** The names of the variables in it. */
    public Set<String> variables() {
        var names = new TreeSet<>(user.names());
        if (system != null) {
            names.addAll(system.names());
        }
        return names;
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
        return new Rendered(renderSystem(values, known), renderUser(values, known));
    }

    /** Its system message alone; null for none. */
    public @Nullable String renderSystem(Function<String, @Nullable String> values, Set<String> known) {
        return system == null ? null : system.fill(values, id, known);
    }

    /** Its user message alone. */
    public String renderUser(Function<String, @Nullable String> values, Set<String> known) {
        return user.fill(values, id, known);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Prompt that
                && id.equals(that.id)
                && Objects.equals(system(), that.system())
                && user().equals(that.user());
    }

    @Override
    public int hashCode() {
        return Objects.hash(id, system(), user());
    }

    @Override
    public String toString() {
        return "Prompt[id=%s, system=%s, user=%s]".formatted(id, system(), user());
    }
}
