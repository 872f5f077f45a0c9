package dev.cermin;

import dev.cermin.agent.AgentDefinition;
import dev.cermin.agent.AgentDefinition.Critic;
import dev.cermin.agent.AnswerFormat;
import dev.cermin.agent.DefaultPrompts;
import dev.cermin.agent.Prompt;
import dev.cermin.agent.Sampling;
import dev.cermin.loop.Role;
import dev.cermin.model.Model;
import dev.cermin.model.Models;
import dev.cermin.policy.Policy;
import dev.cermin.policy.Rule;
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

/** Puts an agent together. Not thread-safe; may build several times. */
public final class AgentBuilder {
    private static final String MODEL = "model";

    private final @Nullable AgentDefinition given;
    private final String name;
    private String version = "1";
    private @Nullable String instructions;
    private AnswerFormat answers = AnswerFormat.PLAIN;
    private Sampling sampling = Sampling.DEFAULT;
    private final List<VerifierSpec> specs = new ArrayList<>();
    private final List<Critic> critics = new ArrayList<>();
    private Policy policy = Policy.DEFAULT;
    private @Nullable String corrector;
    private final Map<Role, Prompt> prompts = new EnumMap<>(Role.class);

    private final Map<String, Model> models = new LinkedHashMap<>();
    private @Nullable ChatModel only;
    private Verifiers verifiers = Verifiers.standard();
    private Tools tools = Tools.NONE;
    private @Nullable Clock clock;

    AgentBuilder(String name) {
        this.given = null;
        this.name = name;
    }

    AgentBuilder(AgentDefinition definition) {
        this.given = definition;
        this.name = definition.name();
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

    /** The same with a price, so that money is counted. */
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

    /** Default none: what the generator is told before the task, as its system message. */
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

    /** In place of the default prompt of that role. */
    public AgentBuilder prompt(Role role, Prompt prompt) {
        prompts.put(role, prompt);
        return this;
    }

    /** A verifier of the application's; default none. Those of one agent have names that differ. */
    public AgentBuilder verifier(Verifier verifier) {
        verifiers = verifiers.with(verifier);
        specs.add(new VerifierSpec(verifier.name()));
        return this;
    }

    /** Verifiers that files can name without settings, such as {@code equation}. */
    public AgentBuilder verifiers(String... names) {
        for (String known : names) {
            specs.add(new VerifierSpec(known));
        }
        return this;
    }

    /** Where a definition's verifiers are looked up; default {@link Verifiers#standard()}. */
    public AgentBuilder verifiers(Verifiers known) {
        verifiers = known;
        return this;
    }

    /** A judge with a rubric, on the generator's model; a warning in each critique says that it is the same one. */
    public AgentBuilder critic(String criticName, String... criteria) {
        return critic(Critic.judge(criticName, MODEL, criteria));
    }

    /** Any critic: another model, another prompt, tools. Default none. Asked in the order in which they are added. */
    public AgentBuilder critic(Critic critic) {
        critics.add(critic);
        return this;
    }

    /** Objects with {@code @Tool} methods that drafts may be written with; default none. */
    public AgentBuilder tools(Object... objects) {
        return tools(Tools.of(objects));
    }

    /** Tools from functions. Critics name theirs: {@link Critic#withTools}. */
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

    /** Default the system's. */
    public AgentBuilder clock(Clock own) {
        clock = own;
        return this;
    }

    /**
     * Makes the agent.
     *
     * @throws IllegalArgumentException where something is missing or doesn't fit; the message says what
     */
    public Agent build() {
        AgentDefinition definition = given == null ? definition() : adapted(given);
        require(only != null || !models.isEmpty(), "Agent '%s' needs a model: call model(chatModel)".formatted(name));
        Models all = models(definition);
        Runner runner = Runner.of(definition, all, verifiers, tools);
        if (clock != null) {
            runner = runner.by(clock);
        }
        String generator = Objects.requireNonNull(definition.models().get(Role.GENERATE), "a generator");
        return new Agent(runner, all.named(generator).chat());
    }

    private AgentDefinition definition() {
        require(
                name.matches("[a-z0-9]+(-[a-z0-9]+)*"),
                "A name is lower case, digits and single hyphens, not '" + name + "'");
        prompts.putIfAbsent(Role.GENERATE, DefaultPrompts.generate(instructions, answers, false));
        prompts.putIfAbsent(Role.CORRECT, DefaultPrompts.correct(instructions, answers));
        return new AgentDefinition(
                name,
                version,
                "",
                answers,
                Map.of(Role.GENERATE, MODEL, Role.CORRECT, corrector == null ? MODEL : corrector),
                prompts,
                sampling,
                specs,
                critics,
                List.copyOf(tools.names()),
                policy);
    }

    private AgentDefinition adapted(AgentDefinition file) {
        return new AgentDefinition(
                file.name(),
                file.version(),
                file.description(),
                file.answers(),
                file.models(),
                file.prompts(),
                file.sampling(),
                joined(file.verifiers(), specs),
                joined(file.critics(), critics),
                file.tools(),
                policy);
    }

    private static <T> List<T> joined(List<T> first, List<T> second) {
        List<T> all = new ArrayList<>(first);
        all.addAll(second);
        return all;
    }

    private Models models(AgentDefinition definition) {
        ChatModel fallback = only;
        Map<String, Model> byName = new LinkedHashMap<>(models);
        TreeSet<String> missing = new TreeSet<>();
        for (String wanted : definition.modelNames()) {
            if (!byName.containsKey(wanted)) {
                if (fallback == null) {
                    missing.add(wanted);
                } else {
                    byName.put(wanted, Model.of(wanted, fallback));
                }
            }
        }
        require(
                missing.isEmpty(),
                "Agent '%s' names models that it was not given: %s; given are %s"
                        .formatted(name, missing, models.keySet()));
        return Models.of(byName);
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalArgumentException(otherwise);
        }
    }
}
