package dev.cermin.testing;

import dev.cermin.run.Call;
import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.output.FinishReason;
import dev.langchain4j.model.output.TokenUsage;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A model that says what a test tells it to: replies in turn, and after them, where there is one, by a function of the
 * prompt. A token is a character unless a reply states its usage. It remembers what it was asked. Thread-safe.
 *
 * <pre>{@code
 * var model = ScriptedChatModel.saying("x=1", "x=4");
 * var outcome = Agent.builder("solver").model(model).verifiers("equation").build().run("9x-15=21");
 * assertThat(outcome).isAccepted().failsFirst("equation").hasAnswer("x=4");
 * model.assertExhausted();
 * }</pre>
 *
 * <p>A request behind the end of the script is an {@link AssertionError}: an exception would be taken for a failure of
 * the model, which a loop survives.
 */
public final class ScriptedChatModel implements ChatModel {
    private final List<Reply> script = new ArrayList<>();
    private final List<String> prompts = new ArrayList<>();
    private final List<ChatRequest> requests = new ArrayList<>();
    private @Nullable UnaryOperator<String> rest;
    private int given;

    /** @param shown what a message about it says */
    private record Reply(String shown, Function<ChatRequest, ChatResponse> response) {}

    private ScriptedChatModel() {}

    /** @param replies from the prompt, as {@link #prompts} has it; what it throws, the model throws */
    public ScriptedChatModel(UnaryOperator<String> replies) {
        rest = replies;
    }

    /** Replies with these in turn, whatever the prompt. */
    public static ScriptedChatModel saying(String... inTurn) {
        ScriptedChatModel model = new ScriptedChatModel();
        for (String reply : inTurn) {
            model.then(reply);
        }
        return model;
    }

    /** Then this text. */
    public ScriptedChatModel then(String reply) {
        return then(AiMessage.from(reply));
    }

    /** Then this text, with reasoning as a provider returns it: apart. */
    public ScriptedChatModel thenThinking(String thinking, String reply) {
        return then(AiMessage.builder().text(reply).thinking(thinking).build());
    }

    /**
     * Then a call of one tool. For several at once, give an {@link AiMessage}.
     *
     * @param arguments JSON
     */
    public ScriptedChatModel thenCalling(String tool, String arguments) {
        String id = "call-" + (size() + 1);
        return then(AiMessage.from(ToolExecutionRequest.builder()
                .id(id)
                .name(tool)
                .arguments(arguments)
                .build()));
    }

    /** Then this message; its tokens are counted. */
    public ScriptedChatModel then(AiMessage message) {
        return then(new Reply(Call.shown(List.of(message)), request -> counted(request, message)));
    }

    /** Then this response, as it is: with the usage that it states, or with none. */
    public ScriptedChatModel then(ChatResponse response) {
        return then(new Reply(Call.shown(List.of(response.aiMessage())), request -> response));
    }

    /** Then what comes of the request. What the function throws, the model throws. */
    public ScriptedChatModel then(Function<ChatRequest, ChatResponse> reply) {
        return then(new Reply("(a function of the request)", reply));
    }

    /** Then a failure of the model. */
    public ScriptedChatModel thenThrow(RuntimeException failure) {
        return then(new Reply("(throws " + failure + ")", request -> {
            throw failure;
        }));
    }

    /** Whatever is asked after the script, this answers; see {@link #ScriptedChatModel(UnaryOperator)}. */
    public synchronized ScriptedChatModel otherwise(UnaryOperator<String> replies) {
        rest = Objects.requireNonNull(replies, "replies");
        return this;
    }

    private synchronized ScriptedChatModel then(Reply reply) {
        script.add(reply);
        return this;
    }

    private synchronized int size() {
        return script.size();
    }

    @Override
    public ChatResponse doChat(ChatRequest request) {
        String prompt = prompt(request);
        return next(request, prompt).apply(request);
    }

    private synchronized Function<ChatRequest, ChatResponse> next(ChatRequest request, String prompt) {
        requests.add(request);
        prompts.add(prompt);
        if (given < script.size()) {
            return script.get(given++).response();
        }
        UnaryOperator<String> replies = rest;
        if (replies == null) {
            throw new AssertionError(
                    "The script has ended: it has %s, and a request more was made. Add a reply, or look why the loop goes on. The request:%n%s"
                            .formatted(Brief.count(script.size(), "reply", "replies"), prompt));
        }
        return any -> counted(any, AiMessage.from(replies.apply(prompt)));
    }

    private static ChatResponse counted(ChatRequest request, AiMessage message) {
        int said = Call.shown(List.of(message)).length()
                + (message.thinking() == null ? 0 : message.thinking().length());
        return ChatResponse.builder()
                .aiMessage(message)
                .tokenUsage(new TokenUsage(prompt(request).length(), said))
                .finishReason(message.hasToolExecutionRequests() ? FinishReason.TOOL_EXECUTION : FinishReason.STOP)
                .build();
    }

    private static String prompt(ChatRequest request) {
        return request.messages().stream()
                .map(message -> Call.shown(List.of(message)))
                .collect(Collectors.joining("\n"));
    }

    /** What it was asked so far: the texts of each request's messages, a line break between. */
    public synchronized List<String> prompts() {
        return List.copyOf(prompts);
    }

    /** The same with parameters and tools. */
    public synchronized List<ChatRequest> requests() {
        return List.copyOf(requests);
    }

    /** @throws AssertionError where replies of the script are left over; the message has them */
    public synchronized void assertExhausted() {
        if (given < script.size()) {
            throw new AssertionError("Of %s, %d were asked for. Left over:%n%s"
                    .formatted(
                            Brief.count(script.size(), "reply", "replies"),
                            given,
                            script.subList(given, script.size()).stream()
                                    .map(reply -> "  " + Brief.line(reply.shown(), 120))
                                    .collect(Collectors.joining(System.lineSeparator()))));
        }
    }
}
