package dev.cermin.gateway.openai;

import dev.cermin.agent.AgentDefinition;
import dev.cermin.agent.Agents;
import java.util.List;
import java.util.Map;

/** Agents as OpenAI's API lists models. */
final class ModelList {
    private ModelList() {}

    static List<String> names(Agents agents) {
        return agents.all().stream().map(AgentDefinition::name).toList();
    }

    static Map<String, Object> all(Agents agents) {
        return Map.of(
                "object",
                "list",
                "data",
                agents.all().stream().map(ModelList::of).toList());
    }

    /** @throws OpenAiException where there is no agent of that name */
    static Map<String, Object> one(Agents agents, String name) {
        return agents.find(name)
                .map(ModelList::of)
                .orElseThrow(() -> OpenAiException.unknownModel(name, names(agents)));
    }

    /** There is no time of creation: files have none that would hold. The last three are Cermin's own. */
    private static Map<String, Object> of(AgentDefinition agent) {
        return Map.of(
                "id", agent.name(),
                "object", "model",
                "created", 0,
                "owned_by", "cermin",
                "description", agent.description(),
                "version", agent.version(),
                "hash", agent.hash());
    }
}
