package dev.cermin.agent;

import dev.cermin.loop.Role;
import dev.cermin.text.Names;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Reads the prompts that an agent file names, or has the default ones in their place. */
final class PromptReader {
    static final Set<String> REFLECT_VARIABLES = Set.of("input", "draft", "thinking", "checks");
    private static final Set<String> GENERATE_VARIABLES = Set.of("input", "lessons");
    private static final Set<String> CORRECT_VARIABLES =
            Set.of("input", "lessons", "draft", "thinking", "checks", "critique");
    private static final Pattern ID = Pattern.compile("[a-z0-9-]+(/[a-z0-9-]+)*@[a-z0-9.-]+");

    private final Source source;
    private final List<Fault> faults;

    PromptReader(Source source, List<Fault> faults) {
        this.source = source;
        this.faults = faults;
    }

    /**
     * The prompts to generate and to correct with. An agent without one to generate with has the default ones.
     *
     * @param corrects whether the policy lets it correct at all
     */
    Map<Role, Prompt> prompts(Section file, AnswerFormat answers, boolean corrects) {
        Section section = file.section("prompts");
        Value instructions = file.value("instructions");
        String told = instructions.there() ? template(instructions, GENERATE_VARIABLES) : null;
        Map<Role, Prompt> prompts = new EnumMap<>(Role.class);
        if (section.has("generate")) {
            prompts.put(Role.GENERATE, prompt(section.value("generate"), GENERATE_VARIABLES));
            if (instructions.there()) {
                instructions.fault("are for agents without a prompt to generate with; write them into that prompt");
            }
        } else {
            prompts.put(Role.GENERATE, DefaultPrompts.generate(told, answers, false));
        }
        if (section.has("correct")) {
            prompts.put(Role.CORRECT, prompt(section.value("correct"), CORRECT_VARIABLES));
        } else if (!section.has("generate")) {
            prompts.put(Role.CORRECT, DefaultPrompts.correct(told, answers));
        } else if (corrects) {
            section.fault(
                    "correct", "is missing: an agent with a prompt to generate with needs one to correct with too");
        }
        section.noOtherKeys();
        return prompts;
    }

    /** The prompt that a value names; one without texts, with a fault, where it can't be read. */
    Prompt prompt(Value value, Set<String> variables) {
        String id = value.required();
        Prompt none = new Prompt(id, null, "");
        if (id.isEmpty()) {
            return none;
        }
        if (!ID.matcher(id).matches()) {
            value.fault("a prompt and its version, such as tagged/generate@1, is expected, not '%s'".formatted(id));
            return none;
        }
        String path = "prompts/" + id + ".yaml";
        Section file = Section.of(
                source,
                path,
                faults,
                () -> value.fault("there is no prompt '%s': %s is missing%s"
                        .formatted(id, source.place(path), Names.hint(id, source.promptIds()))));
        if (file == null) {
            return none;
        }
        String system = file.has("system") ? template(file.value("system"), variables) : null;
        Prompt prompt = new Prompt(id, system, template(file.value("user"), variables));
        file.noOtherKeys();
        return prompt;
    }

    /** A text that must be there, with none but these variables. */
    static String template(Value value, Set<String> variables) {
        String template = value.required();
        for (String variable : new TreeSet<>(Template.of(template).names())) {
            if (!variables.contains(variable)) {
                value.fault("{{%s}} is not a variable here; known are %s%s"
                        .formatted(variable, new TreeSet<>(variables), Names.hint(variable, variables)));
            }
        }
        return template;
    }
}
