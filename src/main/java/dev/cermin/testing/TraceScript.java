package dev.cermin.testing;

import dev.cermin.agent.AnswerFormat;
import dev.cermin.critique.Critique;
import dev.cermin.json.Json;
import dev.cermin.run.Call;
import dev.cermin.tool.ToolUse;
import dev.cermin.tool.Tools;
import dev.cermin.trace.Findings;
import dev.cermin.trace.StepKind;
import dev.cermin.trace.TraceStep;
import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.output.TokenUsage;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/** From the steps of a trace to a script of what its models said. */
final class TraceScript {
    private static final String FAILED = "Model '[^']*' gave no answer: ";
    private static final String TOOL_FAILED = "The tool failed: ";

    private final ScriptedChatModel model = ScriptedChatModel.saying();

    private TraceScript() {}

    static ScriptedChatModel of(List<TraceStep> steps) {
        TraceScript script = new TraceScript();
        steps.stream().filter(step -> step.model() != null).forEach(script::add);
        int last = steps.size() - 1;
        return script.model.otherwise(prompt -> {
            throw new AssertionError("The agent asks more than the trace has, which ends with step %d. The prompt:%n%s"
                    .formatted(last, prompt));
        });
    }

    private void add(TraceStep step) {
        Findings found = findings(step);
        String prompt = text(step, "prompt", step.texts().prompt());
        String response = text(step, "response", step.texts().response());
        if (prompt.isEmpty() && response.isEmpty() && found != null && gaveNothing(found)) {
            model.then(request -> fail(step, found));
            return;
        }
        List<ToolUse> uses = found == null || found.tools() == null ? List.of() : found.tools();
        int calls = found == null || found.calls() == null ? 1 + uses.size() : found.calls();
        List<List<ToolUse>> turns = turns(uses, calls);
        for (int i = 0; i < turns.size(); i++) {
            int turn = i;
            model.then(request -> {
                check(step, prompt, turns, turn, request);
                return asking(step, turn, turns.get(turn));
            });
        }
        model.then(request -> {
            check(step, prompt, turns, turns.size(), request);
            return said(step, response, true);
        });
        Critique critique = found == null ? null : found.critique();
        if (critique != null && !critique.readable() && calls > turns.size() + 1) {
            // the critic was asked once more, and no better understood
            model.then(request -> said(step, response, false));
        }
    }

    /** Whether the call failed: then the trace has neither prompt nor response. */
    private static boolean gaveNothing(Findings found) {
        Critique critique = found.critique();
        return found.error() != null || found.stop() != null || (critique != null && !critique.readable());
    }

    /** Which calls were made at once is not stored: one a turn, unless the number of calls leaves no room for that. */
    private static List<List<ToolUse>> turns(List<ToolUse> uses, int calls) {
        int most = Math.max(1, calls - 1);
        List<List<ToolUse>> turns = new ArrayList<>();
        for (int i = 0; i < uses.size(); i = i + turns.getLast().size()) {
            turns.add(turns.size() == most - 1 ? uses.subList(i, uses.size()) : List.of(uses.get(i)));
        }
        return turns;
    }

    private static void check(TraceStep step, String prompt, List<List<ToolUse>> turns, int turn, ChatRequest request) {
        if (turn == 0) {
            String asked = Call.shown(request.messages()).replace((char) 0, '\uFFFD');
            if (!asked.equals(prompt)) {
                throw new AssertionError("Step %d of the trace, %s, was asked something else:%n%s"
                        .formatted(step.number(), name(step), Brief.difference("recorded", prompt, asked, "  ")));
            }
            return;
        }
        List<ToolUse> expected = turns.get(turn - 1);
        List<ToolExecutionResultMessage> results = new ArrayList<>();
        for (ChatMessage message : request.messages()) {
            if (message instanceof ToolExecutionResultMessage result) {
                results.add(result);
            }
        }
        for (int i = 0; i < expected.size(); i++) {
            int at = results.size() - expected.size() + i;
            String given = at < 0 ? "nothing" : "'" + results.get(at).text() + "'";
            ToolUse use = expected.get(i);
            if (!given.equals("'" + use.result() + "'")) {
                throw new AssertionError("Step %d of the trace, %s: tool '%s' gives %s for %s, and gave '%s' then"
                        .formatted(step.number(), name(step), use.name(), given, use.arguments(), use.result()));
            }
        }
    }

    private static ChatResponse asking(TraceStep step, int turn, List<ToolUse> uses) {
        List<ToolExecutionRequest> requests = new ArrayList<>();
        for (ToolUse use : uses) {
            requests.add(ToolExecutionRequest.builder()
                    .id("step-%d-%d-%d".formatted(step.number(), turn, requests.size()))
                    .name(use.name())
                    .arguments(use.arguments())
                    .build());
        }
        return ChatResponse.builder().aiMessage(AiMessage.from(requests)).build();
    }

    /** The whole step's usage stands at its last call, as far as there is a choice. */
    private static ChatResponse said(TraceStep step, String response, boolean counted) {
        String thinking = apart(step.texts().thinking(), response);
        ChatResponse.Builder answer = ChatResponse.builder()
                .aiMessage(AiMessage.builder().text(response).thinking(thinking).build());
        if (counted && (step.tokensIn() != null || step.tokensOut() != null)) {
            answer.tokenUsage(new TokenUsage(tokens(step.tokensIn()), tokens(step.tokensOut())));
        }
        return answer.build();
    }

    private static int tokens(@Nullable Long count) {
        return count == null ? 0 : Math.toIntExact(count);
    }

    /** A draft's thinking is what the provider returned apart, then what stood in tags: without that, it is the former. */
    private static @Nullable String apart(@Nullable String thinking, String response) {
        if (thinking == null) {
            return null;
        }
        String tagged = AnswerFormat.TAGGED.read(response).thinking();
        if (tagged.isEmpty()) {
            return thinking;
        }
        if (thinking.equals(tagged)) {
            return null;
        }
        String end = "\n\n" + tagged;
        return thinking.endsWith(end) ? thinking.substring(0, thinking.length() - end.length()) : thinking;
    }

    private static ChatResponse fail(TraceStep step, Findings found) {
        if (found.stop() != null) {
            throw new AssertionError(
                    "Step %d of the trace, %s, was cut short, and what the model said till then is not in the trace: %s"
                            .formatted(step.number(), name(step), found.stop().detail()));
        }
        String why = found.error() != null
                ? found.error()
                : found.critique() != null ? String.join("; ", found.critique().issues()) : "";
        throw new RecordedFailure(why.replaceFirst("^" + FAILED, ""));
    }

    private static final class RecordedFailure extends RuntimeException {
        RecordedFailure(String message) {
            super(message);
        }
    }

    static Tools tools(List<TraceStep> steps, Tools like) {
        List<ToolUse> all = new ArrayList<>();
        for (TraceStep step : steps) {
            Findings found = findings(step);
            if (found != null && found.tools() != null) {
                all.addAll(found.tools());
            }
        }
        Tools tools = Tools.NONE;
        for (ToolSpecification tool : like.specifications(like.names())) {
            Queue<ToolUse> uses = new ArrayDeque<>(
                    all.stream().filter(use -> use.name().equals(tool.name())).toList());
            tools = tools.with(Tools.of(tool, arguments -> use(tool.name(), uses, arguments)));
        }
        return tools;
    }

    private static String use(String name, Queue<ToolUse> uses, String arguments) {
        ToolUse use;
        synchronized (uses) {
            use = uses.poll();
        }
        if (use == null || !use.arguments().equals(arguments)) {
            throw new AssertionError("Tool '%s' is called with %s; the trace has %s there"
                    .formatted(name, arguments, use == null ? "no more call of it" : use.arguments()));
        }
        if (use.failed()) {
            String why = use.result();
            throw new RecordedFailure(why.startsWith(TOOL_FAILED) ? why.substring(TOOL_FAILED.length()) : why);
        }
        return use.result();
    }

    private static @Nullable Findings findings(TraceStep step) {
        boolean none = !step.textHashes().containsKey("findings");
        return none ? null : Json.read(text(step, "findings", step.texts().findings()), Findings.class);
    }

    private static String text(TraceStep step, String name, @Nullable String text) {
        if (text == null) {
            throw new IllegalArgumentException(
                    "Step %d can't be played: its text '%s' was erased".formatted(step.number(), name));
        }
        return text;
    }

    private static String name(TraceStep step) {
        return step.kind() == StepKind.REFLECT
                ? "a critique"
                : "a " + step.kind().key() + " step";
    }
}
