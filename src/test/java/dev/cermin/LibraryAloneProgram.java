package dev.cermin;

import dev.cermin.agent.AgentDefinition;
import dev.cermin.agent.AgentDefinition.Critic;
import dev.cermin.agent.AnswerFormat;
import dev.cermin.agent.Prompt;
import dev.cermin.agent.Sampling;
import dev.cermin.critique.CritiqueFormat;
import dev.cermin.json.Json;
import dev.cermin.loop.Outcome;
import dev.cermin.loop.Role;
import dev.cermin.model.Models;
import dev.cermin.policy.Acceptance;
import dev.cermin.policy.Acceptance.Critics;
import dev.cermin.policy.Policy;
import dev.cermin.run.Runner;
import dev.cermin.verify.Check;
import dev.cermin.verify.Verifier;
import dev.cermin.verify.VerifierSpec;
import dev.cermin.verify.Verifiers;
import dev.langchain4j.agent.tool.Tool;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What an application does that embeds the library, with nothing of its own on the class path but langchain4j-core. */
final class LibraryAloneProgram {
    private LibraryAloneProgram() {}

    public static void main(String[] args) {
        Policy policy = Policy.of(new Acceptance(Critics.UNVERIFIED, 0.9));
        Verifier shout = Verifier.of(
                "shout",
                answer -> answer.output().equals(answer.output().toUpperCase(Locale.ROOT))
                        ? Check.pass("shout", "it is loud")
                        : Check.fail("shout", "it is not in capitals"));
        Verifiers verifiers = Verifiers.standard().with(shout);

        Outcome outcome = Runner.of(agent("shout", policy), Models.always(new Scripted()), verifiers)
                .run("hello");
        System.out.println("stop=" + outcome.stop().reason());
        System.out.println("answer=" + outcome.answer().orElse(""));
        System.out.println("calls=" + outcome.usage().calls());
        System.out.println("json=" + Json.text(outcome.stop()));

        Outcome missing = Runner.of(agent("arithmetic", policy), new Scripted()).run("2+2");
        System.out.println("missing=" + missing.stop().detail());

        door(shout);
    }

    private static void door(Verifier shout) {
        Agent agent = Agent.builder("door")
                .model(new Scripted())
                .answers(AnswerFormat.TAGGED)
                .verifier(shout)
                .build();
        System.out.println("run=" + agent.run("Say").answer().orElse(""));
        System.out.println("model=" + agent.asChatModel().chat("Say"));
        Run run = agent.start("Say");
        System.out.println("start=" + run.outcome().answer().orElse(""));
        tell("trace", run::trace);
        tell("tools", () -> Agent.builder("door").tools(new Tooled()));
    }

    static final class Tooled {
        @Tool
        void nothing() {}
    }

    private static void tell(String what, Runnable needsMore) {
        try {
            needsMore.run();
        } catch (IllegalStateException e) {
            System.out.println(what + "=" + e.getMessage());
        }
    }

    private static AgentDefinition agent(String verifier, Policy policy) {
        Prompt reflect = new Prompt("reflect@1", null, "Reflect on {{draft}}: {{checks}}");
        return new AgentDefinition(
                "embedded",
                "1",
                "",
                AnswerFormat.TAGGED,
                Map.of(Role.GENERATE, "any", Role.CORRECT, "any"),
                Map.of(
                        Role.GENERATE, new Prompt("generate@1", null, "Say {{input}}"),
                        Role.CORRECT, new Prompt("correct@1", null, "Correct {{draft}}: {{critique}}")),
                Sampling.DEFAULT,
                List.of(new VerifierSpec(verifier)),
                List.of(new Critic("ear", "any", reflect, CritiqueFormat.TAGGED)),
                List.of(),
                policy);
    }

    private static final class Scripted implements ChatModel {
        @Override
        public ChatResponse doChat(ChatRequest request) {
            String prompt = ((UserMessage) request.messages().getLast()).singleText();
            String reply = prompt.startsWith("Say") && !prompt.contains("EARLIER")
                    ? "<output>hello</output>"
                    : prompt.startsWith("Reflect")
                            ? "<reflection>too quiet</reflection><output>revise 0.1</output>"
                            : "<output>HELLO</output>";
            return ChatResponse.builder().aiMessage(AiMessage.from(reply)).build();
        }
    }
}
