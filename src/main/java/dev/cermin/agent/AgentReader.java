package dev.cermin.agent;

import dev.cermin.agent.AgentDefinition.Critic;
import dev.cermin.loop.Role;
import dev.cermin.policy.Policy;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads one agent file and the prompts that it names. Used once. */
final class AgentReader {
    static final Pattern NAME = Pattern.compile("[a-z0-9]+(-[a-z0-9]+)*");

    private final Source source;
    private final Known known;
    private final List<Fault> faults = new ArrayList<>();
    private final PromptReader prompts;

    AgentReader(Source source, Known known) {
        this.source = source;
        this.known = known;
        this.prompts = new PromptReader(source, faults);
    }

    static String path(String name) {
        return "agents/" + name + ".yaml";
    }

    /** @throws AgentFileException with every fault of the file and of its prompts */
    AgentDefinition read(String name) {
        String path = path(name);
        Section file = Section.of(
                source,
                path,
                faults,
                () -> faults.add(
                        new Fault(source.place(path), 0, "", "there is no such file, though the agent is listed")));
        AgentDefinition agent = file == null ? null : agent(name, file);
        if (agent == null || !faults.isEmpty()) {
            throw new AgentFileException(faults);
        }
        return agent;
    }

    private AgentDefinition agent(String fileName, Section file) {
        String name = name(file, fileName);
        String version = file.text("version");
        String description = file.value("description").text();
        AnswerFormat answers = file.get("answers", Kind.choice(AnswerFormat.class), AnswerFormat.PLAIN);

        Section models = file.section("models");
        String generator = known.model(models.value("generate"));
        Map<Role, String> byRole = new EnumMap<>(Role.class);
        byRole.put(Role.GENERATE, generator);
        byRole.put(Role.CORRECT, known.model(models.value("correct"), generator));
        String reflector = known.model(models.value("reflect"), generator);
        models.noOtherKeys();

        List<Critic> critics = new CriticReader(prompts, known).critics(file, reflector);
        Set<String> criticNames = critics.stream().map(Critic::name).collect(Collectors.toCollection(TreeSet::new));
        Policy policy = new PolicyReader(known).policy(file.section("policy"), criticNames);
        var agent = new AgentDefinition(
                name,
                version,
                description == null ? "" : description,
                answers,
                byRole,
                prompts.prompts(file, answers, policy.rounds() > 0),
                sampling(file.section("sampling")),
                new VerifierReader(known.verifiers()).verifiers(file),
                critics,
                known.tools(file.value("tools")),
                policy);
        file.noOtherKeys();
        return agent;
    }

    private static String name(Section file, String fileName) {
        String name = file.text("name");
        if (!name.isEmpty() && !name.equals(fileName)) {
            file.fault("name", "'%s' differs from the file's name, '%s'".formatted(name, fileName));
        } else if (!name.isEmpty() && !NAME.matcher(name).matches()) {
            file.fault("name", "lower case, digits and single hyphens are expected, not '%s'".formatted(name));
        }
        return name;
    }

    private static Sampling sampling(Section section) {
        Sampling sampling = new Sampling(
                section.<@Nullable Double>get("temperature", PolicyReader.TEMPERATURE, null),
                section.<@Nullable Double>get("top-p", Kind.SHARE, null),
                section.<@Nullable Integer>get("max-tokens", Kind.whole(1), null));
        section.noOtherKeys();
        return sampling;
    }
}
