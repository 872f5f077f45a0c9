package dev.cermin.agent;

import dev.cermin.verify.Verifiers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The agents of one source, all read and checked. Immutable, so thread-safe. Needs snakeyaml-engine on the class path. */
public final class Agents {
    private final Map<String, AgentDefinition> byName;

    private Agents(Map<String, AgentDefinition> byName) {
        this.byName = byName;
    }

    /**
     * The agents of a folder: {@code agents/NAME.yaml}, with their prompts in {@code prompts}.
     *
     * @throws AgentFileException with every fault of every file
     */
    public static Agents ofFolder(Path root) {
        return of(Source.folder(root), Verifiers.standard());
    }

    /**
     * The agents on the class path: those that come with Cermin, or the application's own.
     *
     * @throws AgentFileException with every fault of every file
     */
    public static Agents ofClassPath() {
        return of(Source.classPath(), Verifiers.standard());
    }

    /** @throws AgentFileException with every fault of every file */
    public static Agents of(Source source, Verifiers verifiers) {
        Map<String, AgentDefinition> agents = new TreeMap<>();
        List<Fault> faults = new ArrayList<>();
        for (String name : source.agentNames()) {
            try {
                agents.put(name, new AgentReader(source, verifiers.names()).read(name));
            } catch (AgentFileException e) {
                faults.addAll(e.faults());
            }
        }
        if (!faults.isEmpty()) {
            throw new AgentFileException(faults);
        }
        return new Agents(agents);
    }

    public Optional<AgentDefinition> find(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    /** @throws IllegalArgumentException for a name that isn't there; the message lists those that are */
    public AgentDefinition named(String name) {
        return find(name)
                .orElseThrow(() -> new IllegalArgumentException(
                        "There is no agent '%s'; known are %s".formatted(name, byName.keySet())));
    }

    public Collection<AgentDefinition> all() {
        return Collections.unmodifiableCollection(byName.values());
    }
}
