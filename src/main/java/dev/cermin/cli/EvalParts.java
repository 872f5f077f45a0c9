package dev.cermin.cli;

import dev.cermin.Agent;
import dev.cermin.AgentBuilder;
import dev.cermin.agent.AgentDefinition;
import dev.cermin.agent.Agents;
import dev.cermin.model.Model;
import dev.cermin.model.Models;
import dev.cermin.verify.Verifiers;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** What an evaluation takes from the configuration. */
final class EvalParts {
    private EvalParts() {}

    static List<String> names(Agents agents) {
        return agents.all().stream().map(AgentDefinition::name).toList();
    }

    /** The agent on the configured models. */
    static Agent agent(AgentDefinition definition) {
        AgentBuilder builder = Agent.builder(definition).verifiers(Services.get(Verifiers.class));
        for (String name : definition.modelNames()) {
            builder.model(model(name));
        }
        return builder.build();
    }

    /** By role and critic, with who provides it. */
    static Map<String, String> models(AgentDefinition definition) {
        Map<String, String> named = new TreeMap<>();
        definition.models().forEach((role, name) -> named.put(role.name().toLowerCase(Locale.ROOT), shown(name)));
        definition.critics().forEach(critic -> named.put("critic " + critic.name(), shown(critic.model())));
        return named;
    }

    private static String shown(String name) {
        return "%s (%s)".formatted(name, model(name).provider());
    }

    private static Model model(String name) {
        try {
            return Services.get(Models.class).named(name);
        } catch (IllegalArgumentException e) {
            throw new CommandFailure(e.getMessage());
        }
    }
}
