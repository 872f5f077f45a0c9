package dev.cermin.agent;

import dev.cermin.text.Names;
import dev.cermin.tool.Tools;
import dev.cermin.verify.Verifiers;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The agents of one source, each read and checked once. Thread-safe. Needs snakeyaml-engine on the class path. */
public final class Agents {
    private final Source source;
    private final Known known;
    private final List<String> names;
    private final Map<String, AgentDefinition> read = new ConcurrentHashMap<>();

    private Agents(Source source, Known known) {
        this.source = source;
        this.known = known;
        this.names = source.agentNames();
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
     * The agents on the class path: the application's own, and those that come with Cermin. Each is read when it is first
     * asked for, so that none stands in the way of another.
     *
     * @throws AgentFileException where an index of agents can't be read
     */
    public static Agents ofClassPath() {
        return new Agents(Source.classPath(), new Known(Verifiers.standard(), Set.of(), null));
    }

    /**
     * The agents of a source, which may name these verifiers, any model, and no tool.
     *
     * @throws AgentFileException with every fault of every file
     */
    public static Agents of(Source source, Verifiers verifiers) {
        return of(source, verifiers, Tools.NONE);
    }

    /**
     * The agents of a source, which may name these verifiers and tools, and any model.
     *
     * @throws AgentFileException with every fault of every file
     */
    public static Agents of(Source source, Verifiers verifiers, Tools tools) {
        return checked(source, new Known(verifiers, tools.names(), null));
    }

    /**
     * The agents of a source, which may name these verifiers, tools and models.
     *
     * @throws AgentFileException with every fault of every file
     */
    public static Agents of(Source source, Verifiers verifiers, Tools tools, Set<String> models) {
        return checked(source, new Known(verifiers, tools.names(), models));
    }

    private static Agents checked(Source source, Known known) {
        Agents agents = new Agents(source, known);
        agents.all();
        return agents;
    }

    /**
     * The agent of that name; on the class path also one that no index lists.
     *
     * @throws AgentFileException with every fault of its file, where it wasn't read before
     */
    public Optional<AgentDefinition> find(String name) {
        return Optional.ofNullable(there(name) ? read.computeIfAbsent(name, this::read) : null);
    }

    private boolean there(String name) {
        if (names.contains(name) || read.containsKey(name)) {
            return true;
        }
        // only a name: no part of a path gets near the source
        if (!source.hasUnlisted() || !AgentReader.NAME.matcher(name).matches()) {
            return false;
        }
        try {
            return source.read(AgentReader.path(name)).isPresent();
        } catch (UncheckedIOException e) {
            // it is there; what is wrong with it is told when it is read
            return true;
        }
    }

    /**
     * The agent of that name; on the class path also one that no index lists.
     *
     * @throws AgentFileException with every fault of its file, where it wasn't read before
     * @throws IllegalArgumentException for a name that isn't there; the message lists those that are
     */
    public AgentDefinition named(String name) {
        return find(name).orElseThrow(() -> new IllegalArgumentException(unknown(name)));
    }

    private String unknown(String name) {
        return "There is no agent '%s'; %s are %s%s"
                .formatted(
                        name,
                        source.hasUnlisted() ? source.place(AgentReader.path(name)) + " is not there, listed" : "known",
                        names,
                        Names.hint(name, names));
    }

    /**
     * Those that the source lists, by name.
     *
     * @throws AgentFileException with every fault of every file that wasn't read before
     */
    public Collection<AgentDefinition> all() {
        List<AgentDefinition> all = new ArrayList<>();
        List<Fault> faults = new ArrayList<>();
        for (String name : names) {
            try {
                all.add(read.computeIfAbsent(name, this::read));
            } catch (AgentFileException e) {
                faults.addAll(e.faults());
            }
        }
        if (!faults.isEmpty()) {
            throw new AgentFileException(faults);
        }
        return List.copyOf(all);
    }

    private AgentDefinition read(String name) {
        return new AgentReader(source, known).read(name);
    }
}
