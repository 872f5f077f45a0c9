package dev.cermin.verify;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.AbsoluteIri;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaException;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import com.networknt.schema.dialect.DialectId;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** A compiled schema, by json-schema-validator; the only class that touches it. Thread-safe. */
final class JsonSchema {
    private static final Pattern DRAFT = Pattern.compile("https?://json-schema\\.org/draft[-/].*");

    private final Schema schema;

    private JsonSchema(Schema schema) {
        this.schema = schema;
    }

    static JsonSchema of(String json) {
        JsonNode node = JsonText.read(json);
        SchemaRegistry registry = registry();
        requireValid(node, registry);
        try {
            Schema schema = registry.getSchema(node);
            schema.initializeValidators();
            return new JsonSchema(schema);
        } catch (SchemaException e) {
            throw new IllegalArgumentException(reason(e));
        }
    }

    /** The library wraps what {@link #refused} throws. */
    private static String reason(SchemaException e) {
        return e.getCause() instanceof IllegalArgumentException cause ? cause.getMessage() : e.getMessage();
    }

    private static SchemaRegistry registry() {
        SchemaRegistryConfig config = SchemaRegistryConfig.builder()
                .formatAssertionsEnabled(true)
                .locale(Locale.ROOT)
                .regularExpressionFactory(JsonSchema::bounded)
                .build();
        return SchemaRegistry.withDefaultDialect(
                SpecificationVersion.DRAFT_2020_12,
                builder -> builder.schemaRegistryConfig(config)
                        .schemaLoader(
                                loader -> loader.fetchRemoteResources(false).block(JsonSchema::refused)));
    }

    private static com.networknt.schema.regex.RegularExpression bounded(String regex) {
        Pattern pattern;
        try {
            pattern = Pattern.compile(regex);
        } catch (StackOverflowError e) {
            throw new IllegalArgumentException(
                    "a pattern of %d characters is nested too deeply to be read".formatted(regex.length()), e);
        }
        return text -> new SteppedText(text, pattern).search(matcher -> matcher.find());
    }

    private static boolean refused(AbsoluteIri iri) {
        if (DRAFT.matcher(iri.toString()).matches()) {
            return false;
        }
        throw new IllegalArgumentException(
                "it refers to '%s', and nothing is fetched: put that schema under $defs, and refer to #/$defs/NAME"
                        .formatted(iri));
    }

    /** The schema itself is valid by the draft that it names. */
    private static void requireValid(JsonNode node, SchemaRegistry registry) {
        String draft = node.path("$schema").asText(DialectId.DRAFT_2020_12);
        List<Error> errors;
        try {
            errors = registry.getSchema(SchemaLocation.of(draft)).validate(node);
        } catch (SchemaException | IllegalArgumentException e) {
            throw new IllegalArgumentException("its $schema, '%s', is no draft that is known".formatted(draft));
        }
        if (!errors.isEmpty()) {
            throw new IllegalArgumentException(String.join("; ", shown(errors)));
        }
    }

    /** @throws IllegalArgumentException where the schema refers to what would have to be fetched */
    List<String> violations(JsonNode json) {
        return shown(schema.validate(json));
    }

    private static List<String> shown(List<Error> errors) {
        return errors.stream()
                .map(error -> {
                    String pointer = error.getInstanceLocation().toString();
                    return (pointer.isEmpty() ? "at the root" : pointer) + ": " + error.getMessage();
                })
                .distinct()
                .toList();
    }
}
