package dev.cermin.cli;

import dev.cermin.Agent;
import dev.cermin.AgentBuilder;
import dev.cermin.agent.AgentDefinition;
import dev.cermin.agent.Agents;
import dev.cermin.config.CerminConfig;
import dev.cermin.config.ModelConfig;
import dev.cermin.model.Model;
import dev.cermin.model.Models;
import dev.cermin.verify.Verifiers;
import java.nio.file.Path;
import java.util.List;
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

    /** By name, with who provides it and which one it is. */
    static Map<String, String> models(AgentDefinition definition) {
        Map<String, String> named = new TreeMap<>();
        definition.modelNames().forEach(name -> named.put(name, shown(name)));
        return named;
    }

    private static String shown(String name) {
        ModelConfig settings = Services.get(CerminConfig.class).models().get(name);
        String which = settings == null
                ? "the bundled one"
                : settings.model().or(() -> settings.path().map(Path::toString)).orElse("its default");
        return "%s: %s".formatted(model(name).provider(), which);
    }

    private static Model model(String name) {
        try {
            return Services.get(Models.class).named(name);
        } catch (IllegalArgumentException e) {
            throw new CommandFailure(e.getMessage());
        }
    }
}
