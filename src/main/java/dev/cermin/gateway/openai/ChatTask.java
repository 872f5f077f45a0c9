package dev.cermin.gateway.openai;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cermin.agent.AgentDefinition;
import dev.cermin.agent.Agents;
import dev.cermin.chat.Conversations;
import dev.cermin.chat.Fields;
import dev.cermin.run.Conversation;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a chat completion request asks for.
 *
 * @param agent with what the request adds to it: the schema of its answer, a seed
 * @param input what is asked
 * @param conversation null where the input says it all
 * @param metadata of the request, and its user
 * @param json whether the answer is to be JSON
 * @param stream whether it comes as events
 * @param usage whether the stream ends with what was spent
 */
record ChatTask(
        AgentDefinition agent,
        String input,
        @Nullable String conversation,
        Map<String, String> metadata,
        boolean json,
        boolean stream,
        boolean usage) {
    /** What no agent gives, and a client would miss; of other unknown fields nothing is made. */
    private static final List<String> REFUSED = List.of(
            "top_logprobs", "logit_bias", "audio", "prediction", "functions", "function_call", "web_search_options");

    /**
     * @throws OpenAiException with what is wrong with it
     * @throws dev.cermin.chat.ChatFormatException the same
     */
    static ChatTask read(Fields request, Agents agents) {
        String model = request.required("model");
        AgentDefinition agent =
                agents.find(model).orElseThrow(() -> OpenAiException.unknownModel(model, ModelList.names(agents)));
        refuse(request);
        AnswerForm form = AnswerForm.of(request);
        // as it came, so that what is wrong is told by its own place, and the input is the user's
        String input = Conversations.read(request).input();
        Fields told = form.told(request);
        Conversation conversation = Conversations.read(told);
        String carried = Conversations.plain(conversation) ? null : Conversations.text(told);
        Fields options = request.object("stream_options");
        return new ChatTask(
                form.asked(seeded(agent, request)),
                input,
                carried,
                metadata(request),
                form.json(),
                request.flag("stream"),
                options != null && options.flag("include_usage"));
    }

    private static void refuse(Fields request) {
        JsonNode n = request.get("n");
        if (!n.isMissingNode() && (!n.isIntegralNumber() || n.intValue() != 1)) {
            throw OpenAiException.unsupported("n", "An agent gives one answer: n is 1; ask several times for several");
        }
        if (request.flag("logprobs")) {
            throw OpenAiException.unsupported(
                    "logprobs", "An answer that was corrected has no log-probabilities; leave logprobs out");
        }
        JsonNode modalities = request.get("modalities");
        for (JsonNode modality : modalities) {
            if (!modality.asText().equals("text")) {
                throw OpenAiException.unsupported("modalities", "Agents answer with text; leave modalities out");
            }
        }
        for (String name : REFUSED) {
            JsonNode value = request.get(name);
            if (!value.isMissingNode() && !(value.isContainerNode() && value.isEmpty())) {
                throw OpenAiException.unsupported(name, "Agents don't have '%s'; leave it out".formatted(name));
            }
        }
    }

    private static AgentDefinition seeded(AgentDefinition agent, Fields request) {
        JsonNode seed = request.get("seed");
        if (seed.isMissingNode()) {
            return agent;
        }
        if (!seed.isIntegralNumber() || !seed.canConvertToLong()) {
            throw request.wrong("seed", "A whole number");
        }
        return AnswerForm.with(
                agent,
                agent.verifiers(),
                agent.policy().with(agent.policy().schedule().withSeed(seed.longValue())));
    }

    private static Map<String, String> metadata(Fields request) {
        Map<String, String> all = new TreeMap<>();
        Fields given = request.object("metadata");
        if (given != null) {
            given.node().fieldNames().forEachRemaining(name -> {
                String value = given.text(name);
                all.put(name, value == null ? "" : value);
            });
        }
        String user = request.text("user");
        if (user != null) {
            all.putIfAbsent("user", user);
        }
        return all;
    }
}
