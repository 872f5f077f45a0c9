package dev.cermin.gateway.openai;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cermin.agent.AgentDefinition;
import dev.cermin.chat.Fields;
import dev.cermin.policy.Acceptance;
import dev.cermin.policy.Policy;
import dev.cermin.verify.JsonSchemaVerifier;
import dev.cermin.verify.VerifierSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The form that an answer must have, of {@code response_format}. It is held to it by a verifier, and so corrected until it
 * has it, whatever the model can do by itself.
 *
 * @param schema a JSON Schema; null for any text
 */
record AnswerForm(@Nullable String schema) {
    private static final String OBJECT = "{\"type\":\"object\"}";

    static AnswerForm of(Fields request) {
        Fields format = request.object("response_format");
        if (format == null) {
            return new AnswerForm(null);
        }
        return switch (format.required("type")) {
            case "text" -> new AnswerForm(null);
            case "json_object" -> new AnswerForm(OBJECT);
            case "json_schema" -> new AnswerForm(schema(format));
            default -> throw format.wrong("type", "text, json_object or json_schema");
        };
    }

    private static String schema(Fields format) {
        Fields wrapper = format.object("json_schema");
        Fields schema = wrapper == null ? null : wrapper.object("schema");
        if (schema == null) {
            throw format.wrong("json_schema", "An object with a schema");
        }
        String text = schema.node().toString();
        try {
            JsonSchemaVerifier.of(text);
        } catch (IllegalArgumentException e) {
            throw OpenAiException.invalid(schema.path(), "No schema that answers can be held to: " + e.getMessage());
        }
        return text;
    }

    /** The request with a word about the form in its system message, which the model reads whoever provides it. */
    Fields told(Fields request) {
        if (schema == null || !request.get("messages").isArray()) {
            return request;
        }
        ObjectNode copy = request.node().deepCopy();
        ArrayNode messages = (ArrayNode) copy.get("messages");
        String word = "Answer with JSON alone, valid by this JSON Schema: " + schema;
        JsonNode first = messages.path(0);
        boolean system = first.path("role").asText().matches("system|developer")
                && first.path("content").isTextual();
        if (system) {
            ((ObjectNode) first).put("content", first.path("content").textValue() + "\n\n" + word);
        } else {
            messages.insertObject(0).put("role", "system").put("content", word);
        }
        return new Fields(copy, request.path());
    }

    boolean json() {
        return schema != null;
    }

    /** The agent, told of the form and held to it. Its critics keep their say. */
    AgentDefinition asked(AgentDefinition agent) {
        if (schema == null) {
            return agent;
        }
        List<VerifierSpec> verifiers = new ArrayList<>(agent.verifiers());
        verifiers.add(new VerifierSpec(JsonSchemaVerifier.NAME, Map.of("schema", schema)));
        Acceptance acceptance = agent.policy().acceptance();
        // a critic that decides where there is no verifier would be silenced by this one
        boolean critical = agent.verifiers().isEmpty() && !agent.critics().isEmpty();
        return with(agent, verifiers, critical ? agent.policy().with(acceptance.always()) : agent.policy());
    }

    static AgentDefinition with(AgentDefinition agent, List<VerifierSpec> verifiers, Policy policy) {
        return new AgentDefinition(
                agent.name(),
                agent.version(),
                agent.description(),
                agent.answers(),
                agent.models(),
                agent.prompts(),
                agent.sampling(),
                verifiers,
                agent.critics(),
                agent.tools(),
                policy);
    }
}
