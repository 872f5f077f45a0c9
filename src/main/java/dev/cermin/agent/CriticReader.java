package dev.cermin.agent;

import dev.cermin.agent.AgentDefinition.Critic;
import dev.cermin.critique.CritiqueFormat;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Reads the critics of an agent file. */
final class CriticReader {
    private static final Kind<CritiqueFormat> FORMAT = Kind.choice(CritiqueFormat.class);

    private final PromptReader prompts;
    private final Known known;

    CriticReader(PromptReader prompts, Known known) {
        this.prompts = prompts;
        this.known = known;
    }

    /** @param model of critics that name none */
    List<Critic> critics(Section file, String model) {
        List<Critic> critics = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (Section section : file.sections("critics")) {
            Critic critic = critic(section, model);
            if (!critic.name().isEmpty() && !names.add(critic.name())) {
                section.fault("name", "'%s' is the name of an earlier critic".formatted(critic.name()));
            }
            critics.add(critic);
        }
        return critics;
    }

    private Critic critic(Section section, String model) {
        boolean judge = section.has("rubric");
        if (judge == section.has("prompt")) {
            section.fault(
                    judge ? "rubric" : "prompt",
                    judge
                            ? "stands beside a prompt; a critic has one or the other"
                            : "is missing; a critic has a prompt, or a rubric: a list of criteria");
        }
        CritiqueFormat reads = section.get("reads", FORMAT, judge ? CritiqueFormat.JSON : CritiqueFormat.TAGGED);
        if (judge && !section.has("prompt") && reads != CritiqueFormat.JSON) {
            section.fault("reads", "a rubric is answered as json, so json is expected, not " + reads.key());
        }
        Critic critic = new Critic(
                section.text("name"),
                known.model(section.value("model"), model),
                section.has("prompt")
                        ? prompts.prompt(section.value("prompt"), PromptReader.REFLECT_VARIABLES)
                        : DefaultPrompts.judge(criteria(section.value("rubric"))),
                reads,
                known.tools(section.value("tools")));
        section.noOtherKeys();
        return critic;
    }

    private static List<String> criteria(Value rubric) {
        List<String> criteria = new ArrayList<>();
        for (Value criterion : rubric.items()) {
            criteria.add(PromptReader.template(criterion, PromptReader.REFLECT_VARIABLES));
        }
        if (criteria.isEmpty() && rubric.node() instanceof Node.Items) {
            rubric.fault("is empty; at least one criterion is expected");
        }
        return criteria;
    }
}
