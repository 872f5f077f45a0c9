package dev.cermin.cli;

import dev.cermin.agent.AgentDefinition;
import dev.cermin.agent.AgentFileException;
import dev.cermin.agent.Agents;
import dev.cermin.agent.Source;
import dev.cermin.text.Names;
import dev.cermin.verify.Verifiers;
import java.nio.file.Path;
import java.util.List;
import org.eclipse.microprofile.config.ConfigProvider;

/** The agents that a service started here would have. */
final class AgentFiles {
    private AgentFiles() {}

    static Agents read() {
        var folder = ConfigProvider.getConfig().getOptionalValue("cermin.folder", Path.class);
        try {
            return Agents.of(
                    folder.isPresent() ? Source.folder(folder.get()) : Source.classPath(), Verifiers.standard());
        } catch (AgentFileException e) {
            throw new CommandFailure(e.getMessage());
        }
    }

    static AgentDefinition named(Agents agents, String name) {
        List<String> names = EvalParts.names(agents);
        return agents.find(name)
                .orElseThrow(() -> new CommandFailure(
                        "There is no agent '%s'; known are %s%s".formatted(name, names, Names.hint(name, names))));
    }
}
