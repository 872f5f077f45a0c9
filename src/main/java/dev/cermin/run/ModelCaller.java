package dev.cermin.run;

import dev.cermin.agent.Sampling;
import dev.cermin.loop.Draft;
import dev.cermin.loop.StopReason;
import dev.cermin.model.CallForbiddenException;
import dev.cermin.model.DispatchingChatModel;
import dev.cermin.model.DispatchingChatModel.Answer;
import dev.cermin.model.Model;
import dev.cermin.model.Models;
import dev.cermin.model.OutOfTimeException;
import dev.cermin.model.Question;
import dev.cermin.model.Seeds;
import dev.cermin.tool.ToolUse;
import dev.cermin.tool.Tools;
import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.model.chat.Capability;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.chat.request.DefaultChatRequestParameters;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.output.FinishReason;
import dev.langchain4j.model.output.TokenUsage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Puts a step's question to a model, and calls the tools that the model asks for. Thread-safe. */
final class ModelCaller {
    /** A model that still asks for tools after so many turns is going in circles. */
    private static final int TOOL_TURNS = 16;

    private final Models models;
    private final Tools tools;

    ModelCaller(Models models, Tools tools) {
        this.models = models;
        this.tools = tools;
    }

    /** @throws IllegalArgumentException for a name that isn't configured */
    Model model(String name) {
        return models.named(name);
    }

    /**
     * @throws ModelCallException where the model gives no text; what was spent till then is on the meter
     * @throws CutShortException where a limit forbids the next call, or leaves no time for an answer
     * @throws HandBackException where a conversation's own tools are asked for
     */
    Call call(Ask ask, Meter meter) throws ModelCallException, CutShortException {
        Model model = modelOrFail(ask.model());
        List<ChatMessage> messages = ask.messages();
        String prompt = Ask.shown(messages);
        for (int turn = 0; turn <= TOOL_TURNS; turn++) {
            Turn asked = new Turn(ask, messages, prompt.length(), meter);
            Answer answer = chat(model, asked, meter);
            ChatResponse response = answer.response();
            AiMessage said = response.aiMessage();
            if (!said.hasToolExecutionRequests()) {
                if (response.finishReason() == FinishReason.LENGTH) {
                    meter.note(Draft.CUT);
                }
                return call(asked, answer.by(), prompt, said, meter);
            }
            if (ask.conversation() != null) {
                List<ToolExecutionRequest> theirs =
                        ask.conversation().theirs(said.toolExecutionRequests(), ask.tools());
                if (!theirs.isEmpty()) {
                    Call soFar = call(asked, answer.by(), prompt, said, meter);
                    throw new HandBackException(handedBack(theirs, response, meter), soFar);
                }
            }
            messages = new ArrayList<>(messages);
            messages.add(said);
            for (ToolExecutionRequest request : said.toolExecutionRequests()) {
                ToolUse use = tools.execute(request, ask.tools());
                meter.used(use);
                messages.add(ToolExecutionResultMessage.from(request, use.result()));
            }
        }
        throw new ModelCallException(
                "Model '%s' gave no answer: after %d turns it still asks for tools".formatted(ask.model(), TOOL_TURNS),
                null);
    }

    private static Call call(Turn asked, Model by, String prompt, AiMessage said, Meter meter) {
        Ask ask = asked.ask;
        String text = said.text();
        String thinking = said.thinking();
        return new Call(
                by.name(),
                by.provider(),
                shown(asked.sent(), ask),
                ask.promptId(),
                prompt,
                text == null ? "" : storable(text),
                thinking == null ? "" : storable(thinking),
                meter.calls(),
                meter.tokensIn(),
                meter.tokensOut(),
                meter.cost(),
                meter.tools(),
                notes(ask, by, meter));
    }

    /** What the agent's own tools were called for till then is found out anew, should it be needed again. */
    private static ChatResponse handedBack(List<ToolExecutionRequest> theirs, ChatResponse response, Meter meter) {
        AiMessage said = response.aiMessage();
        if (meter.calls() == 1 && theirs.size() == said.toolExecutionRequests().size()) {
            return response;
        }
        TokenUsage spent = new TokenUsage(Math.toIntExact(meter.tokensIn()), Math.toIntExact(meter.tokensOut()));
        return response.toBuilder()
                .aiMessage(said.toBuilder().toolExecutionRequests(theirs).build())
                .metadata(response.metadata().toBuilder().tokenUsage(spent).build())
                .build();
    }

    private Model modelOrFail(String name) throws ModelCallException {
        try {
            return models.named(name);
        } catch (RuntimeException e) {
            throw failure(name, e);
        }
    }

    private static Answer chat(Model model, Turn asked, Meter meter) throws ModelCallException, CutShortException {
        Answer answer;
        try {
            answer = model.chat() instanceof DispatchingChatModel many
                    ? many.ask(asked)
                    : new Answer(model, model.chat().chat(asked.permitted(model)));
        } catch (CallForbiddenException e) {
            if (e.getCause() instanceof CutShortException cut) {
                throw cut;
            }
            throw failure(model.name(), e);
        } catch (OutOfTimeException e) {
            meter.guardCancel();
            throw new CutShortException(StopReason.DEADLINE, String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            meter.guardCancel();
            throw failure(model.name(), e);
        }
        ChatResponse response = answer.response();
        if (response == null || response.aiMessage() == null) {
            throw new ModelCallException("Model '%s' gave no answer: it returned null".formatted(model.name()), null);
        }
        TokenUsage usage = response.tokenUsage();
        if (usage != null) {
            meter.answered(answer.by(), orZero(usage.inputTokenCount()), orZero(usage.outputTokenCount()));
        }
        return answer;
    }

    /** One call: what each model that is tried for it gets. */
    private final class Turn implements Question {
        private final Ask ask;
        private final List<ChatMessage> messages;
        private final int promptCharacters;
        private final Meter meter;
        private ChatRequestParameters sent = DefaultChatRequestParameters.EMPTY;

        Turn(Ask ask, List<ChatMessage> messages, int promptCharacters, Meter meter) {
            this.ask = ask;
            this.messages = messages;
            this.promptCharacters = promptCharacters;
            this.meter = meter;
        }

        /** As the last model got them. */
        ChatRequestParameters sent() {
            return sent;
        }

        @Override
        public String role() {
            return ask.role().key();
        }

        @Override
        public Duration left() {
            return meter.left();
        }

        @Override
        public long tokens() {
            Integer most = ask.sampling().maxTokens();
            return Meter.tokens(promptCharacters) + (most == null ? 0 : most);
        }

        @Override
        public ChatRequest request(Model model) {
            try {
                // a call may have waited for its model's limits
                meter.guardCancel();
                return permitted(model);
            } catch (CutShortException e) {
                throw new CallForbiddenException(e);
            }
        }

        /** The request where no limit forbids the call, which then counts as begun. */
        ChatRequest permitted(Model model) throws CutShortException {
            Integer most = meter.guard(model, promptCharacters, ask.sampling().maxTokens());
            sent = parameters(ask, model, most);
            meter.begun();
            return ChatRequest.builder().messages(messages).parameters(sent).build();
        }

        @Override
        public void note(String text) {
            meter.note(text);
        }
    }

    private static ModelCallException failure(String model, RuntimeException e) {
        if (Interrupts.behind(e)) {
            throw new StepInterruptedException(e);
        }
        String message = e.getMessage();
        String reason = message == null || message.isBlank() ? e.getClass().getName() : message;
        return new ModelCallException("Model '%s' gave no answer: %s".formatted(model, reason), e);
    }

    private ChatRequestParameters parameters(Ask ask, Model model, @Nullable Integer most) {
        Sampling sampling = ask.sampling();
        Double temperature = ask.terms() == null || ask.terms().temperature() == null
                ? sampling.temperature()
                : ask.terms().temperature();
        boolean text = ask.format() == null && ask.tools().isEmpty() && ask.conversation() == null;
        if (text && temperature == null && sampling.topP() == null && most == null && !seeded(ask)) {
            return DefaultChatRequestParameters.EMPTY;
        }
        DefaultChatRequestParameters.Builder<?> own = DefaultChatRequestParameters.builder();
        own.temperature(temperature).topP(sampling.topP()).maxOutputTokens(most);
        if (!ask.tools().isEmpty()) {
            own.toolSpecifications(tools.specifications(ask.tools()));
        }
        if (ask.format() != null
                && model.chat().supportedCapabilities().contains(Capability.RESPONSE_FORMAT_JSON_SCHEMA)) {
            own.responseFormat(ask.format());
        }
        ChatRequestParameters parameters = own.build();
        if (ask.conversation() != null) {
            parameters = ask.conversation().with(parameters);
        }
        Long seed = ask.terms() == null ? null : ask.terms().seed();
        ChatRequestParameters seeded = seed == null ? null : Seeds.with(parameters, model, seed);
        return seeded == null ? parameters : seeded;
    }

    private static boolean seeded(Ask ask) {
        return ask.terms() != null && ask.terms().seed() != null;
    }

    private static List<String> notes(Ask ask, Model model, Meter meter) {
        if (ask.terms() == null
                || (ask.terms().reason().isEmpty() && ask.terms().seed() == null)) {
            return meter.notes();
        }
        List<String> notes = new ArrayList<>();
        if (!ask.terms().reason().isEmpty()) {
            notes.add(ask.terms().reason());
        }
        Long seed = ask.terms().seed();
        if (seed != null && Seeds.with(DefaultChatRequestParameters.EMPTY, model, seed) == null) {
            notes.add("Seed %d was not sent: provider %s takes none".formatted(seed, model.provider()));
        }
        notes.addAll(meter.notes());
        return notes;
    }

    /** A byte-level model may write NUL, which no Postgres text holds. */
    private static String storable(String text) {
        return text.indexOf(0) < 0 ? text : text.replace((char) 0, '\uFFFD');
    }

    private static long orZero(@Nullable Integer count) {
        return count == null ? 0 : count;
    }

    private static Map<String, String> shown(ChatRequestParameters sent, Ask ask) {
        Long seed = ask.terms() == null ? null : ask.terms().seed();
        if (sent.temperature() == null && sent.topP() == null && sent.maxOutputTokens() == null && seed == null) {
            return Map.of();
        }
        Map<String, String> set = new TreeMap<>();
        put(set, "temperature", sent.temperature());
        put(set, "top-p", sent.topP());
        put(set, "max-tokens", sent.maxOutputTokens());
        put(set, "seed", seed);
        return set;
    }

    private static void put(Map<String, String> set, String name, @Nullable Object value) {
        if (value != null) {
            set.put(name, value.toString());
        }
    }
}
