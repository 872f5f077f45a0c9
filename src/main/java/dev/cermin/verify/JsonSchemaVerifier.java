package dev.cermin.verify;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The answer is JSON that is valid by a JSON Schema: draft 4, 6, 7, 2019-09 or 2020-12, as its {@code $schema} says; by
 * default 2020-12. Formats such as {@code date} are asserted. The JSON may stand in one {@code ```json} fence, and
 * nothing beside it. Every violation is told with its JSON pointer, up to a hundred.
 *
 * <p>Nothing is fetched: a {@code $ref} to anything but the schema itself and the drafts is refused. A {@code pattern} is
 * one of {@link java.util.regex.Pattern}, and bounded as in {@link RegexVerifier}. Needs json-schema-validator on the class path. Thread-safe.
 */
public final class JsonSchemaVerifier implements Verifier {
    public static final String NAME = "json-schema";
    private static final int MOST_SHOWN = 100;

    private final @Nullable JsonSchema schema;
    private final @Nullable NoClassDefFoundError missing;

    private JsonSchemaVerifier(@Nullable JsonSchema schema, @Nullable NoClassDefFoundError missing) {
        this.schema = schema;
        this.missing = missing;
    }

    /** @throws IllegalArgumentException for what is no JSON, no schema, or refers to another; the message says where */
    public static JsonSchemaVerifier of(String schemaJson) {
        try {
            return new JsonSchemaVerifier(JsonSchema.of(schemaJson), null);
        } catch (NoClassDefFoundError e) {
            // a library that is missing is told when it is needed
            return new JsonSchemaVerifier(null, e);
        }
    }

    /** @param schema a JSON text, or a schema as maps and lists, as agent files have it */
    static JsonSchemaVerifier ofSetting(Object schema) {
        return of(schema instanceof String text ? text : JsonText.of(schema));
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Check verify(Answer answer) {
        if (schema == null) {
            throw Objects.requireNonNull(missing);
        }
        JsonNode json;
        try {
            json = JsonText.read(Fence.without(answer.output(), "json"));
        } catch (IllegalArgumentException e) {
            return Check.fail(NAME, "The answer is not JSON: " + e.getMessage());
        }
        List<String> violations;
        try {
            violations = schema.violations(json);
        } catch (SteppedText.TooLongException | IllegalArgumentException e) {
            return Check.fail(NAME, "The answer can't be checked: " + e.getMessage());
        } catch (StackOverflowError e) {
            return Check.fail(NAME, "The answer can't be checked: the schema refers to itself without end");
        }
        if (violations.isEmpty()) {
            return Check.pass(NAME, "The JSON is valid by the schema");
        }
        String shown = String.join("; ", violations.subList(0, Math.min(violations.size(), MOST_SHOWN)));
        int more = violations.size() - MOST_SHOWN;
        return Check.fail(NAME, "The JSON is not valid: " + shown + (more > 0 ? "; and %d more".formatted(more) : ""));
    }
}
