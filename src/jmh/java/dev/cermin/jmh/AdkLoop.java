package dev.cermin.jmh;

import com.google.adk.agents.LlmAgent;
import com.google.adk.agents.LlmAgent.IncludeContents;
import com.google.adk.agents.LoopAgent;
import com.google.adk.agents.SequentialAgent;
import com.google.adk.events.Event;
import com.google.adk.models.BaseLlm;
import com.google.adk.models.BaseLlmConnection;
import com.google.adk.models.LlmRequest;
import com.google.adk.models.LlmResponse;
import com.google.adk.runner.InMemoryRunner;
import com.google.adk.sessions.Session;
import com.google.genai.types.Content;
import com.google.genai.types.Part;
import io.reactivex.rxjava3.core.Flowable;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Google's ADK: a generator, then a LoopAgent whose critic escalates once it accepts; a session a loop. */
final class AdkLoop implements Loop {
    private static final String APP = "equations";
    private static final String USER = "bench";
    private static final String CRITIC = "critic";

    private final InMemoryRunner runner;

    AdkLoop(Calls calls) {
        Instant model = new Instant(calls);
        LlmAgent critic = agent(model, CRITIC, Work.CRITIQUE, "critique")
                .afterModelCallbackSync((context, response) -> {
                    if (Work.accepts(text(response.content()))) {
                        context.eventActions().setEscalate(true);
                    }
                    return Optional.empty();
                })
                .build();
        LoopAgent loop = LoopAgent.builder()
                .name("loop")
                .subAgents(
                        critic, agent(model, "corrector", Work.CORRECT, "draft").build())
                .maxIterations(Work.CORRECTIONS)
                .build();
        runner = new InMemoryRunner(
                SequentialAgent.builder()
                        .name("solver")
                        .subAgents(
                                agent(model, "generator", Work.GENERATE, "draft")
                                        .build(),
                                loop)
                        .build(),
                APP);
    }

    private static LlmAgent.Builder agent(BaseLlm model, String name, String prompt, String outputKey) {
        return LlmAgent.builder()
                .name(name)
                .model(model)
                .instruction(prompt.replace("{{", "{").replace("}}", "}"))
                .includeContents(IncludeContents.NONE)
                .disallowTransferToParent(true)
                .disallowTransferToPeers(true)
                .outputKey(outputKey);
    }

    @Override
    public String run(String input) {
        Session session = runner.sessionService()
                .createSession(APP, USER, new ConcurrentHashMap<>(Map.of("input", input)), null)
                .blockingGet();
        Answer answer = new Answer();
        runner.runAsync(USER, session.id(), Content.fromParts(Part.fromText(input)))
                .blockingForEach(answer::read);
        // else the sessions of millions of loops pile up
        runner.sessionService().deleteSession(APP, USER, session.id()).blockingAwait();
        return answer.text;
    }

    /** The last draft among the events. */
    private static final class Answer {
        private String text = "";

        void read(Event event) {
            if (!event.author().equals(CRITIC) && event.content().isPresent()) {
                text = text(event.content());
            }
        }
    }

    private static String text(Optional<Content> content) {
        return content.map(Content::text).orElse("");
    }

    /** Answers at once, with replies made beforehand, as {@link InstantModel} does. */
    private static final class Instant extends BaseLlm {
        private static final Map<String, LlmResponse> RESPONSES = Stream.of(
                        Work.FIRST_ANSWER, Work.REVISE, Work.ANSWER, Work.ACCEPT)
                .collect(Collectors.toMap(Function.identity(), Instant::response));

        private final Calls calls;

        Instant(Calls calls) {
            super("instant");
            this.calls = calls;
        }

        @Override
        public Flowable<LlmResponse> generateContent(LlmRequest request, boolean stream) {
            String prompt = request.getFirstSystemInstruction().orElseThrow();
            calls.add(prompt);
            return Flowable.just(RESPONSES.get(Work.reply(prompt)));
        }

        @Override
        public BaseLlmConnection connect(LlmRequest request) {
            throw new UnsupportedOperationException("No loop here is live");
        }

        private static LlmResponse response(String reply) {
            return LlmResponse.builder()
                    .content(Content.builder()
                            .role("model")
                            .parts(Part.fromText(reply))
                            .build())
                    .build();
        }
    }
}
