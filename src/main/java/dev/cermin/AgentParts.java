package dev.cermin;

import dev.cermin.agent.AgentDefinition;
import dev.cermin.agent.AgentDefinition.Critic;
import dev.cermin.agent.Prompt;
import dev.cermin.loop.Role;
import dev.cermin.model.Model;
import dev.cermin.policy.Review;
import dev.cermin.run.Reviewer;
import dev.cermin.tool.Tools;
import dev.cermin.verify.Verifier;
import dev.cermin.verify.VerifierSpec;
import dev.cermin.verify.Verifiers;
import dev.langchain4j.model.chat.ChatModel;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What a definition names, against what there is: better missed when an agent is built than when it runs. */
final class AgentParts {
    private final AgentDefinition agent;

    AgentParts(AgentDefinition agent) {
        this.agent = agent;
    }

    /** @throws IllegalArgumentException for a critic or verifier whose name is taken, or a verifier that isn't there */
    void requireNames(List<Verifier> own, Verifiers known) {
        Set<String> critics = new HashSet<>();
        for (Critic critic : agent.critics()) {
            require(critics.add(critic.name()), "Agent '%s' has two critics named '%s'", critic.name());
        }
        List<String> named = agent.verifiers().stream().map(VerifierSpec::name).toList();
        Set<String> ours = new HashSet<>();
        for (Verifier verifier : own) {
            ours.add(verifier.name());
            require(
                    named.stream().filter(verifier.name()::equals).count() == 1,
                    "Agent '%s' has two verifiers named '%s'",
                    verifier.name());
        }
        for (String name : named) {
            if (!ours.contains(name) && !known.names().contains(name)) {
                throw new IllegalArgumentException("Agent '%s' names verifier '%s', which isn't there; known are %s"
                        .formatted(agent.name(), name, known.names()));
            }
        }
    }

    /** @throws IllegalArgumentException for a tool that isn't there */
    void requireTools(Tools tools) {
        var missing = new TreeSet<>(agent.tools());
        agent.critics().forEach(critic -> missing.addAll(critic.tools()));
        missing.removeAll(tools.names());
        require(
                missing.isEmpty(),
                "Agent '%s' names tools that it was not given: %s; given are " + tools.names(),
                missing.toString());
    }

    /** @throws IllegalArgumentException where a person is to decide, and nobody is there */
    void requireReviewer(@Nullable Reviewer reviewer) {
        require(
                reviewer != null || agent.policy().asking().when() == Review.When.NEVER,
                "Agent '%s' has a person decide (policy.review.when: %s) and has nobody to ask: call reviewer(…)",
                agent.policy().asking().when().key());
    }

    /** @throws IllegalArgumentException where lessons would be recalled for nothing */
    void requireLessonsInPrompt() {
        Prompt prompt = agent.prompts().get(Role.GENERATE);
        require(
                prompt != null && prompt.variables().contains("lessons"),
                "Agent '%s' is given lessons, and its prompt %s has no {{lessons}}",
                prompt == null ? "" : prompt.id());
    }

    /**
     * Every model by the names that are used; what was named for none takes the only one.
     *
     * @throws IllegalArgumentException for a name without a model
     */
    Map<String, Model> bind(Map<String, Model> models, @Nullable ChatModel only) {
        require(only != null || !models.isEmpty(), "Agent '%s' needs a model: call model(chatModel)%s", "");
        Map<String, Model> bound = new LinkedHashMap<>(models);
        var missing = new TreeSet<String>();
        for (String name : agent.modelNames()) {
            if (only != null) {
                bound.putIfAbsent(name, Model.of(name, only));
            } else if (!bound.containsKey(name)) {
                missing.add(name);
            }
        }
        require(
                missing.isEmpty(),
                "Agent '%s' names models that it was not given: %s; given are " + models.keySet()
                        + "; model(chatModel) gives one for all the others",
                missing.toString());
        return bound;
    }

    private void require(boolean holds, String otherwise, String about) {
        AgentBuilder.require(holds, otherwise.formatted(agent.name(), about));
    }
}
