package dev.cermin.testing;

import dev.cermin.agent.AgentDefinition;
import dev.cermin.agent.AgentDefinition.Critic;
import dev.cermin.agent.AnswerFormat;
import dev.cermin.agent.Prompt;
import dev.cermin.agent.Sampling;
import dev.cermin.critique.CritiqueFormat;
import dev.cermin.loop.Role;
import dev.cermin.loop.Task;
import dev.cermin.policy.Policy;
import dev.cermin.verify.VerifierSpec;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Tasks and agents as small as they can be. */
public final class Samples {
    public static final Instant NOON = Instant.parse("2030-01-01T12:00:00Z");
    public static final UUID ID = UUID.fromString("00000000-0000-7000-8000-000000000001");

    private Samples() {}

    public static Task task(String input) {
        return new Task(ID, "sample", input, NOON);
    }

    /** An agent whose prompts begin with GENERATE, CORRECT and REFLECT, and hand over every variable. */
    public static AgentDefinition agent(List<String> verifiers, List<String> critics, Policy policy) {
        return new AgentDefinition(
                "sample",
                "1",
                "",
                AnswerFormat.PLAIN,
                Map.of(Role.GENERATE, "maker", Role.CORRECT, "maker"),
                Map.of(
                        Role.GENERATE, new Prompt("sample/generate@1", null, "GENERATE {{input}}"),
                        Role.CORRECT,
                                new Prompt(
                                        "sample/correct@1",
                                        "CORRECT",
                                        "{{input}} | {{draft}} | {{thinking}} | {{checks}} | {{critique}}")),
                Sampling.DEFAULT,
                verifiers.stream().map(VerifierSpec::new).toList(),
                critics.stream().map(Samples::critic).toList(),
                List.of(),
                policy);
    }

    private static Critic critic(String name) {
        Prompt prompt = new Prompt("sample/reflect@1", null, "REFLECT {{input}} | {{draft}} | {{checks}}");
        return new Critic(name, "judge", prompt, CritiqueFormat.TAGGED);
    }
}
