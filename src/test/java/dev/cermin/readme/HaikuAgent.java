package dev.cermin.readme;

import dev.cermin.Agent;
import dev.cermin.policy.Budget;
import dev.cermin.policy.Rounds;
import dev.cermin.policy.Timeout;
import dev.cermin.verify.LengthVerifier;
import dev.langchain4j.model.chat.ChatModel;
import java.time.Duration;

/** The README's agent that is built in code, as it stands there. */
final class HaikuAgent {
    private HaikuAgent() {}

    static Agent on(ChatModel model) {
        // README:begin
        var haiku = Agent.builder("haiku")
                .instructions("Write a haiku about what you are given.")
                .model(model)
                .verifier(LengthVerifier.lines(3, 3))
                .critic("form", "The lines have 5, 7 and 5 syllables", "It names a season")
                .policy(Rounds.of(3), Budget.ofTokens(4_000), Timeout.of(Duration.ofSeconds(30)))
                .build();
        // README:end
        return haiku;
    }
}
