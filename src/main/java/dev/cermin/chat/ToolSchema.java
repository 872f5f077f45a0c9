package dev.cermin.chat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Set;

/**
 * The schema of a tool's parameters as models take it: one object, whose definitions lie in {@code $defs}. Clients make
 * theirs by zod, pydantic, Jackson or hand, and each has its own about the root.
 */
final class ToolSchema {
    private static final String REF = "$ref";
    private static final String DEFINITIONS = "definitions";
    private static final String DEFS = "$defs";
    private static final String OLD_REF = "#/definitions/";
    private static final String NEW_REF = "#/$defs/";
    private static final Set<String> KEPT =
            Set.of("type", "description", "properties", "required", "additionalProperties", DEFS);
    /** What can't be left out without another meaning: it is refused where the schema is read. */
    private static final Set<String> MEANT = Set.of(REF, "anyOf", "oneOf", "allOf", "not", "if", "enum", "const");

    private ToolSchema() {}

    /** @param given left as it is */
    static ObjectNode of(ObjectNode given) {
        ObjectNode root = given.deepCopy();
        renameDefinitions(root);
        inline(root);
        if (!root.hasNonNull("type") && MEANT.stream().noneMatch(root::has)) {
            root.put("type", "object");
        }
        if (root.path("additionalProperties").isObject()) {
            // what further arguments look like is the client's to check, as is all that is left out below
            root.remove("additionalProperties");
        }
        if (root.path("type").asText().equals("object") && !root.hasNonNull("properties")) {
            root.putObject("properties");
        }
        root.properties()
                .removeIf(field -> !MEANT.contains(field.getKey())
                        && (!KEPT.contains(field.getKey()) || field.getValue().isNull()));
        return root;
    }

    private static void renameDefinitions(ObjectNode root) {
        if (root.path(DEFINITIONS) instanceof ObjectNode old) {
            root.remove(DEFINITIONS);
            ObjectNode all = root.withObjectProperty(DEFS);
            old.properties().forEach(each -> {
                if (!all.has(each.getKey())) {
                    all.set(each.getKey(), each.getValue());
                }
            });
            renameReferences(root);
        }
    }

    private static void renameReferences(JsonNode node) {
        String reference = node.path(REF).asText();
        if (node instanceof ObjectNode object && reference.startsWith(OLD_REF)) {
            object.put(REF, NEW_REF + reference.substring(OLD_REF.length()));
        }
        node.forEach(ToolSchema::renameReferences);
    }

    /** A root that is one of its own definitions. */
    private static void inline(ObjectNode root) {
        String reference = root.path(REF).asText();
        if (reference.startsWith(NEW_REF)
                && root.path(DEFS).path(reference.substring(NEW_REF.length())) instanceof ObjectNode named) {
            root.remove(REF);
            named.properties()
                    .forEach(each -> root.set(each.getKey(), each.getValue().deepCopy()));
        }
    }
}
