package dev.cermin;

import dev.cermin.agent.AgentDefinition.Critic;
import dev.cermin.agent.Prompt;
import dev.cermin.critique.CritiqueFormat;
import dev.cermin.verify.Check;
import dev.cermin.verify.Verifier;

/** Verifiers and critics for tests. */
final class Judges {
    static final String REVISE = "<reflection>too short</reflection><output>revise 0.2</output>";
    static final String ACCEPT = "<output>accept 1.0</output>";

    private Judges() {}

    /** Passes what is the right answer, and says which that would be. */
    static Verifier answer(String right) {
        return Verifier.of(
                "answer",
                answer -> answer.output().equals(right)
                        ? Check.pass("answer", "it is " + right)
                        : Check.fail("answer", "it is not " + right));
    }

    static Critic critic(String name, String model) {
        Prompt prompt = new Prompt("test/reflect@1", null, "REFLECT on {{draft}} for {{input}}");
        return new Critic(name, model, prompt, CritiqueFormat.TAGGED);
    }
}
