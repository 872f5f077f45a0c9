package dev.cermin.agent;

import dev.cermin.critique.CritiqueFormat;
import dev.cermin.json.Json;
import dev.cermin.loop.Plan;
import dev.cermin.loop.Role;
import dev.cermin.policy.Policy;
import dev.cermin.verify.VerifierSpec;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * A named, versioned way to answer: prompts, models by role, verifiers, critics, policy. Everything is resolved: the
 * content alone is enough to run it. Immutable.
 *
 * @param name lower case, digits and hyphens
 * @param version the file's own, free in form
 * @param description for people
 * @param answers how a model's text becomes a draft
 * @param models the model's name for {@link Role#GENERATE} and {@link Role#CORRECT}
 * @param prompts the prompts for the same roles; an agent without corrections has none for {@link Role#CORRECT}
 * @param sampling how tokens are chosen
 * @param verifiers run in this order
 * @param critics asked in this order
 * @param tools names of tools that drafts may be written with; default none
 * @param policy when it stops
 */
public record AgentDefinition(
        String name,
        String version,
        String description,
        AnswerFormat answers,
        Map<Role, String> models,
        Map<Role, Prompt> prompts,
        Sampling sampling,
        List<VerifierSpec> verifiers,
        List<Critic> critics,
        List<String> tools,
        Policy policy) {

    /**
     * A critic: a prompt put to a model, and how its text is read.
     *
     * @param name unique within the agent
     * @param model the model's name
     * @param prompt what it is asked
     * @param reads how its text is read
     * @param tools names of tools that it may call; default none
     */
    public record Critic(String name, String model, Prompt prompt, CritiqueFormat reads, List<String> tools) {
        public Critic {
            tools = tools == null ? List.of() : List.copyOf(tools);
        }

        public Critic(String name, String model, Prompt prompt, CritiqueFormat reads) {
            this(name, model, prompt, reads, List.of());
        }

        /** A judge with a rubric, which answers as JSON with verdict, score and issues. */
        public static Critic judge(String name, String model, String... criteria) {
            if (criteria.length == 0) {
                throw new IllegalArgumentException("Critic '%s' needs at least one criterion".formatted(name));
            }
            return new Critic(name, model, DefaultPrompts.judge(List.of(criteria)), CritiqueFormat.JSON);
        }

        /** The same, with tools that it may call. */
        public Critic withTools(String... names) {
            return new Critic(name, model, prompt, reads, List.of(names));
        }
    }

    public AgentDefinition {
        models = byRole(models);
        prompts = byRole(prompts);
        verifiers = List.copyOf(verifiers);
        critics = List.copyOf(critics);
        tools = tools == null ? List.of() : List.copyOf(tools);
    }

    private static <T> Map<Role, T> byRole(Map<Role, T> given) {
        Map<Role, T> copy = new EnumMap<>(Role.class);
        copy.putAll(given);
        return Collections.unmodifiableMap(copy);
    }

    /** The resolved definition as JSON; equal definitions give equal bytes. */
    public byte[] content() {
        return Json.bytes(this);
    }

    /** An agent from its {@link #content()}. */
    public static AgentDefinition of(byte[] content) {
        return Json.read(content, AgentDefinition.class);
    }

    /** SHA-256 of the {@link #content()}, hex: what a trace pins. */
    public String hash() {
        return hash(content());
    }

    public static String hash(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }

    /** The same with one model for all its roles and critics. */
    public AgentDefinition on(String model) {
        return on(role -> model);
    }

    /** The same with a model for each role; the critics' is that for {@link Role#REFLECT}. */
    public AgentDefinition on(Function<Role, String> model) {
        Map<Role, String> all = new EnumMap<>(models);
        all.replaceAll((role, name) -> model.apply(role));
        String judge = model.apply(Role.REFLECT);
        List<Critic> judges = critics.stream()
                .map(critic -> new Critic(critic.name(), judge, critic.prompt(), critic.reads(), critic.tools()))
                .toList();
        return new AgentDefinition(
                name, version, description, answers, all, prompts, sampling, verifiers, judges, tools, policy);
    }

    /** What the loop must know, pinned by the {@link #hash()}. */
    public Plan plan() {
        return plan(hash());
    }

    /** The same with another pin: to hash takes longer than a whole loop without a model's time. */
    public Plan plan(String pin) {
        return new Plan(
                name,
                version,
                pin,
                !verifiers.isEmpty(),
                critics.stream().map(Critic::name).toList(),
                policy);
    }

    public Critic critic(String criticName) {
        for (Critic critic : critics) {
            if (critic.name().equals(criticName)) {
                return critic;
            }
        }
        throw new IllegalArgumentException("Agent '%s' has no critic '%s'".formatted(name, criticName));
    }

    /** The names of all models that it may call. */
    public Set<String> modelNames() {
        var names = new TreeSet<>(models.values());
        critics.forEach(critic -> names.add(critic.model()));
        names.addAll(policy.escalation().models());
        return names;
    }

    @Override
    public String toString() {
        return name + "@" + version + " " + new String(content(), StandardCharsets.UTF_8);
    }
}
