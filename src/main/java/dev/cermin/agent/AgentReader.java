package dev.cermin.agent;

import dev.cermin.agent.AgentDefinition.Critic;
import dev.cermin.critique.CritiqueFormat;
import dev.cermin.loop.Role;
import dev.cermin.policy.Acceptance;
import dev.cermin.policy.Budget;
import dev.cermin.policy.NoProgress;
import dev.cermin.policy.Policy;
import dev.cermin.policy.RegressionGuard;
import dev.cermin.policy.Rounds;
import dev.cermin.policy.Timeout;
import dev.cermin.verify.VerifierSpec;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads one agent file and the prompts that it names. */
final class AgentReader {
    private static final Pattern NAME = Pattern.compile("[a-z0-9]+(-[a-z0-9]+)*");
    private static final Set<String> GENERATE_VARIABLES = Set.of("input", "lessons");
    private static final Set<String> REFLECT_VARIABLES = Set.of("input", "draft", "thinking", "checks");
    private static final Set<String> CORRECT_VARIABLES =
            Set.of("input", "lessons", "draft", "thinking", "checks", "critique");

    private final Source source;
    private final Set<String> verifierNames;
    private final List<Fault> faults = new ArrayList<>();

    AgentReader(Source source, Set<String> verifierNames) {
        this.source = source;
        this.verifierNames = verifierNames;
    }

    /** @throws AgentFileException with every fault of the file and of its prompts */
    AgentDefinition read(String name) {
        String path = "agents/" + name + ".yaml";
        String text = source.read(path)
                .orElseThrow(() -> new AgentFileException(List.of(new Fault(
                        source.place(path),
                        0,
                        "",
                        "there is no such file; the agents there are " + source.agentNames()))));
        Section file = Section.ofFile(source.place(path), text, faults);
        AgentDefinition agent = file == null ? null : agent(name, file);
        if (agent == null || !faults.isEmpty()) {
            throw new AgentFileException(faults);
        }
        return agent;
    }

    private AgentDefinition agent(String fileName, Section file) {
        String name = file.text("name");
        if (!name.isEmpty() && !name.equals(fileName)) {
            file.fault("name", "'%s' differs from the file's name, '%s'".formatted(name, fileName));
        } else if (!name.isEmpty() && !NAME.matcher(name).matches()) {
            file.fault("name", "lower case, digits and single hyphens are expected, not '%s'".formatted(name));
        }
        Section models = file.section("models");
        String generator = models.text("generate");
        Map<Role, String> byRole = new EnumMap<>(Role.class);
        byRole.put(Role.GENERATE, generator);
        byRole.put(Role.CORRECT, models.text("correct", generator));
        String reflector = models.text("reflect", generator);
        models.noOtherKeys();

        Policy policy = policy(file.section("policy"));
        Section prompts = file.section("prompts");
        Map<Role, Prompt> byPrompt = new EnumMap<>(Role.class);
        byPrompt.put(Role.GENERATE, prompt(prompts, "generate", GENERATE_VARIABLES));
        if (policy.rounds() > 0 || prompts.has("correct")) {
            byPrompt.put(Role.CORRECT, prompt(prompts, "correct", CORRECT_VARIABLES));
        }
        prompts.noOtherKeys();

        AgentDefinition agent = new AgentDefinition(
                name,
                file.text("version"),
                file.text("description", ""),
                file.choice("answers", AnswerFormat.PLAIN, AnswerFormat.class),
                byRole,
                byPrompt,
                sampling(file.section("sampling")),
                verifiers(file),
                critics(file, reflector),
                List.of(),
                policy);
        file.noOtherKeys();
        return agent;
    }

    private List<VerifierSpec> verifiers(Section file) {
        List<String> names = file.texts("verifiers");
        for (String name : names) {
            if (!verifierNames.contains(name)) {
                file.fault(
                        "verifiers",
                        "there is no verifier '%s'; known are %s".formatted(name, new TreeSet<>(verifierNames)));
            }
        }
        return names.stream().map(VerifierSpec::new).toList();
    }

    private List<Critic> critics(Section file, String reflector) {
        List<Critic> critics = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (Section section : file.sections("critics")) {
            String name = section.text("name");
            if (!name.isEmpty() && !names.add(name)) {
                section.fault("name", "'%s' is the name of an earlier critic".formatted(name));
            }
            critics.add(new Critic(
                    name,
                    section.text("model", reflector),
                    prompt(section, "prompt", REFLECT_VARIABLES),
                    section.choice("reads", CritiqueFormat.TAGGED, CritiqueFormat.class)));
            section.noOtherKeys();
        }
        return critics;
    }

    private Sampling sampling(Section section) {
        Sampling sampling = new Sampling(
                section.<@Nullable Double>value(
                        "temperature", null, "a number from 0 to 2", text -> number(text, 0, 2)),
                section.<@Nullable Double>value("top-p", null, "a number above 0, up to 1", AgentReader::share),
                section.<@Nullable Integer>value("max-tokens", null, "a whole number from 1", text -> whole(text, 1)));
        section.noOtherKeys();
        return sampling;
    }

    private Policy policy(Section section) {
        Policy usual = Policy.DEFAULT;
        Section acceptance = section.section("acceptance");
        Section budget = section.section("budget");
        Policy policy = Policy.of(
                Rounds.of(section.value("rounds", usual.rounds(), "a whole number from 0", text -> whole(text, 0))),
                NoProgress.after(
                        section.value("patience", usual.patience(), "a whole number from 1", text -> whole(text, 1))),
                new Acceptance(
                        acceptance.choice("critics", usual.acceptance().critics(), Acceptance.Critics.class),
                        acceptance.value(
                                "threshold",
                                usual.acceptance().threshold(),
                                "a number from 0 to 1",
                                text -> number(text, 0, 1))),
                new RegressionGuard(section.value(
                        "regression-guard", usual.regressionGuard(), "true or false", AgentReader::truth)),
                new Budget(
                        budget.<@Nullable Integer>value("calls", null, "a whole number from 1", text -> whole(text, 1)),
                        budget.<@Nullable Long>value("tokens", null, "a whole number from 1", AgentReader::many),
                        budget.<@Nullable BigDecimal>value("money", null, "an amount above 0", AgentReader::amount)),
                Timeout.of(section.duration("timeout", usual.timeout())));
        acceptance.noOtherKeys();
        budget.noOtherKeys();
        section.noOtherKeys();
        return policy;
    }

    private Prompt prompt(Section section, String key, Set<String> variables) {
        String id = section.text(key);
        String path = "prompts/" + id + ".yaml";
        if (id.isEmpty()) {
            return new Prompt("", null, "");
        }
        if (!id.matches("[a-z0-9-]+(/[a-z0-9-]+)*@[a-z0-9.-]+")) {
            section.fault(
                    key, "a prompt and its version, such as tagged/generate@1, is expected, not '%s'".formatted(id));
            return new Prompt(id, null, "");
        }
        String text = source.read(path).orElse(null);
        if (text == null) {
            section.fault(key, "there is no prompt '%s': %s is missing".formatted(id, source.place(path)));
            return new Prompt(id, null, "");
        }
        Section file = Section.ofFile(source.place(path), text, faults);
        if (file == null) {
            return new Prompt(id, null, "");
        }
        String system = file.has("system") ? template(file, "system", variables) : null;
        Prompt prompt = new Prompt(id, system, template(file, "user", variables));
        file.noOtherKeys();
        return prompt;
    }

    private static String template(Section file, String key, Set<String> variables) {
        String template = file.text(key);
        for (String variable : Prompt.variables(template)) {
            if (!variables.contains(variable)) {
                file.fault(
                        key,
                        "{{%s}} is not a variable here; known are %s".formatted(variable, new TreeSet<>(variables)));
            }
        }
        return template;
    }

    private static double number(String text, double least, double most) {
        double number = Double.parseDouble(text);
        if (!(number >= least && number <= most)) {
            throw new IllegalArgumentException("out of range");
        }
        return number;
    }

    private static double share(String text) {
        return number(text, Double.MIN_VALUE, 1);
    }

    private static long many(String text) {
        long number = Long.parseLong(text);
        if (number < 1) {
            throw new IllegalArgumentException("out of range");
        }
        return number;
    }

    private static int whole(String text, int least) {
        int number = Integer.parseInt(text);
        if (number < least) {
            throw new IllegalArgumentException("out of range");
        }
        return number;
    }

    private static boolean truth(String text) {
        if (!text.equals("true") && !text.equals("false")) {
            throw new IllegalArgumentException("neither true nor false");
        }
        return Boolean.parseBoolean(text);
    }

    private static BigDecimal amount(String text) {
        BigDecimal amount = new BigDecimal(text);
        if (amount.signum() <= 0) {
            throw new IllegalArgumentException("not above 0");
        }
        return amount;
    }
}
