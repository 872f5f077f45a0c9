package dev.cermin;

import dev.cermin.agent.AgentDefinition;
import dev.cermin.agent.AgentDefinition.Critic;
import dev.cermin.agent.AnswerFormat;
import dev.cermin.agent.DefaultPrompts;
import dev.cermin.agent.Prompt;
import dev.cermin.agent.Sampling;
import dev.cermin.lesson.Lessons;
import dev.cermin.loop.Role;
import dev.cermin.model.Model;
import dev.cermin.model.Models;
import dev.cermin.policy.Policy;
import dev.cermin.policy.Rule;
import dev.cermin.redact.Redaction;
import dev.cermin.run.Reviewer;
import dev.cermin.run.Runner;
import dev.cermin.tool.Tools;
import dev.cermin.verify.Verifier;
import dev.cermin.verify.VerifierSpec;
import dev.cermin.verify.Verifiers;
import dev.langchain4j.model.chat.ChatModel;
import java.time.Clock;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Puts an agent together: from nothing, or from a definition, whose parts are then replaced (version, sampling, prompts,
 * policy) or added to (verifiers, critics, tools). Not thread-safe; may build several times.
 */
public final class AgentBuilder {
    private static final String MODEL = "model";

    private final @Nullable AgentDefinition given;
    private final String name;
    private final String generator;
    private @Nullable String corrector;
    private @Nullable String version;
    private @Nullable String instructions;
    private @Nullable AnswerFormat answers;
    private @Nullable Sampling sampling;
    private final Map<Role, Prompt> prompts = new EnumMap<>(Role.class);
    private final List<VerifierSpec> specs = new ArrayList<>();
    private final List<Critic> critics = new ArrayList<>();
    private Policy policy;

    private final Map<String, Model> models = new LinkedHashMap<>();
    private @Nullable ChatModel only;
    private Verifiers known = Verifiers.standard();
    private final List<Verifier> verifiers = new ArrayList<>();
    private Tools tools = Tools.NONE;
    private @Nullable Lessons lessons;
    private Redaction redaction = Redaction.NONE;
    private @Nullable Clock clock;
    private @Nullable Reviewer reviewer;

    AgentBuilder(String name) {
        this.given = null;
        this.name = name;
        this.generator = MODEL;
        this.policy = Policy.DEFAULT;
    }

    AgentBuilder(AgentDefinition definition) {
        this.given = definition;
        this.name = definition.name();
        this.generator = definition.models().getOrDefault(Role.GENERATE, MODEL);
        this.policy = definition.policy();
    }

    /** The model for every role that no other is named for. Required, unless each is named. */
    public AgentBuilder model(ChatModel model) {
        only = Objects.requireNonNull(model, "model");
        return this;
    }

    /** A model that critics, the escalation or {@link #corrector} name. */
    public AgentBuilder model(String modelName, ChatModel model) {
        return model(Model.of(modelName, model));
    }

    /** The same with a price, so that money is counted. The generator of an agent built in code is named "model". */
    public AgentBuilder model(Model model) {
        models.put(model.name(), model);
        return this;
    }

    /** Default: the generator's model corrects too. */
    public AgentBuilder corrector(String modelName) {
        corrector = modelName;
        return this;
    }

    /** Default "1"; free in form, and part of what traces pin. */
    public AgentBuilder version(String text) {
        version = text;
        return this;
    }

    /** Default none: what the generator is told before the task, as its system message. Not for a definition. */
    public AgentBuilder instructions(String text) {
        instructions = text;
        return this;
    }

    /** Default: the whole text is the answer. {@link AnswerFormat#TAGGED} asks for reasoning apart from the answer. */
    public AgentBuilder answers(AnswerFormat format) {
        answers = format;
        return this;
    }

    /** Default: the model's own sampling. */
    public AgentBuilder sampling(Sampling own) {
        sampling = own;
        return this;
    }

    /** In place of the default prompt for first drafts or for corrections; critics bring their own. */
    public AgentBuilder prompt(Role role, Prompt prompt) {
        require(role != Role.REFLECT, "Critics bring their own prompts: call critic(new Critic(…))");
        prompts.put(role, prompt);
        return this;
    }

    /** A verifier of the application's; default none. Those of one agent have names that differ. */
    public AgentBuilder verifier(Verifier verifier) {
        verifiers.add(verifier);
        specs.add(new VerifierSpec(verifier.name()));
        return this;
    }

    /** Verifiers that files can name without settings, such as {@code equation}. */
    public AgentBuilder verifiers(String... names) {
        for (String verifier : names) {
            specs.add(new VerifierSpec(verifier));
        }
        return this;
    }

    /** A verifier that files can name, with its settings: {@code verifier("length", Map.of("unit", "words", "max", 80))}. */
    public AgentBuilder verifier(String verifier, Map<String, Object> settings) {
        specs.add(new VerifierSpec(verifier, settings));
        return this;
    }

    /** Where verifiers are looked up by name; default {@link Verifiers#standard()}. */
    public AgentBuilder verifiers(Verifiers all) {
        known = all;
        return this;
    }

    /** A judge with a rubric, on the generator's model; a warning in each critique says that it is the same one. */
    public AgentBuilder critic(String criticName, String... criteria) {
        return critic(Critic.judge(criticName, generator, criteria));
    }

    /** Any critic: another model, another prompt, tools. Default none. Asked in the order in which they are added. */
    public AgentBuilder critic(Critic critic) {
        critics.add(critic);
        return this;
    }

    /** Objects with {@code @Tool} methods, which the agent calls itself when a model asks for them; default none. */
    public AgentBuilder tools(Object... objects) {
        return tools(Tools.of(objects));
    }

    /**
     * Tools for the drafts; critics name those that they may call too: {@link Critic#withTools}. Where a definition names a
     * tool, for its drafts or a critic, the definition says who may call it.
     */
    public AgentBuilder tools(Tools more) {
        tools = tools.with(more);
        return this;
    }

    /** Rules in place of the defaults: 2 rounds, stop where nothing gets better, 10 minutes. */
    public AgentBuilder policy(Rule... rules) {
        policy = policy.with(rules);
        return this;
    }

    public AgentBuilder policy(Policy whole) {
        policy = whole;
        return this;
    }

    /**
     * What the agent remembers from task to task; default nothing. Lessons of similar tasks are handed to its drafts, and
     * stand in the trace. The prompts of a definition say where, with {@code {{lessons}}}. The builder's caller closes them.
     */
    public AgentBuilder lessons(Lessons memory) {
        lessons = memory;
        return this;
    }

    /**
     * Rules by which traces and lessons are redacted, such as {@link Redaction#DEFAULT}. Models, verifiers, tools and the
     * outcome have the texts as they are. Default none: a trace stays in this process until the application stores it.
     */
    public AgentBuilder redaction(Redaction rules) {
        redaction = rules;
        return this;
    }

    /** Default the system's. */
    public AgentBuilder clock(Clock own) {
        clock = own;
        return this;
    }

    /** Who decides where the policy has a {@link dev.cermin.policy.Review}; without such a policy nobody is asked. */
    public AgentBuilder reviewer(Reviewer own) {
        reviewer = own;
        return this;
    }

    /**
     * Makes the agent.
     *
     * @throws IllegalArgumentException where something is missing or doesn't fit; the message says what
     */
    public Agent build() {
        AgentDefinition definition = given == null ? definition() : adapted(given);
        AgentParts parts = new AgentParts(definition);
        parts.requireNames(verifiers, known);
        parts.requireTools(tools);
        parts.requireReviewer(reviewer);
        if (lessons != null) {
            parts.requireLessonsInPrompt();
        }
        Verifiers all = known;
        for (Verifier verifier : verifiers) {
            all = all.with(verifier);
        }
        Map<String, Model> bound = parts.bind(models, only);
        Runner runner = Runner.of(definition, Models.of(bound), all, tools);
        Model writer = Objects.requireNonNull(bound.get(generator), "every name is bound");
        Runner asking = reviewer == null ? runner : runner.by(reviewer);
        Runner timed = clock == null ? asking : asking.by(clock);
        return new Agent(timed, writer.chat(), new Memory(lessons, redaction, timed.clock()));
    }

    private AgentDefinition definition() {
        require(
                name.matches("[a-z0-9]+(-[a-z0-9]+)*"),
                "A name is lower case, digits and single hyphens, not '" + name + "'");
        AnswerFormat format = answers == null ? AnswerFormat.PLAIN : answers;
        Map<Role, Prompt> all = new EnumMap<>(Role.class);
        all.put(Role.GENERATE, DefaultPrompts.generate(instructions, format, lessons != null));
        all.put(Role.CORRECT, DefaultPrompts.correct(instructions, format));
        all.putAll(prompts);
        return new AgentDefinition(
                name,
                version == null ? "1" : version,
                "",
                format,
                Map.of(Role.GENERATE, generator, Role.CORRECT, corrector == null ? generator : corrector),
                all,
                sampling == null ? Sampling.DEFAULT : sampling,
                specs,
                critics,
                List.copyOf(tools.names()),
                policy);
    }

    private AgentDefinition adapted(AgentDefinition file) {
        require(
                instructions == null,
                "Agent '%s' has its instructions in its prompts: call prompt(role, prompt) to replace one"
                        .formatted(name));
        Map<Role, Prompt> all = new EnumMap<>(file.prompts());
        all.putAll(prompts);
        Map<Role, String> writers = new EnumMap<>(file.models());
        if (corrector != null) {
            writers.put(Role.CORRECT, corrector);
        }
        return new AgentDefinition(
                file.name(),
                version == null ? file.version() : version,
                file.description(),
                answers == null ? file.answers() : answers,
                writers,
                all,
                sampling == null ? file.sampling() : sampling,
                joined(file.verifiers(), specs),
                joined(file.critics(), critics),
                toolsOf(file),
                policy);
    }

    private List<String> toolsOf(AgentDefinition file) {
        var unnamed = new TreeSet<>(tools.names());
        file.tools().forEach(unnamed::remove);
        file.critics().forEach(critic -> critic.tools().forEach(unnamed::remove));
        return joined(file.tools(), List.copyOf(unnamed));
    }

    private static <T> List<T> joined(List<T> first, List<T> second) {
        List<T> all = new ArrayList<>(first);
        all.addAll(second);
        return all;
    }

    static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalArgumentException(otherwise);
        }
    }
}
