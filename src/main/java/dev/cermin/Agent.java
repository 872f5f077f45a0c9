package dev.cermin;

import dev.cermin.agent.AgentDefinition;
import dev.cermin.agent.Agents;
import dev.cermin.loop.Outcome;
import dev.cermin.loop.Task;
import dev.cermin.run.Conversation;
import dev.cermin.run.Runner;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import java.time.Instant;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/**
 * An agent that generates, reflects and corrects, bound to its models. Immutable, and thread-safe where its models,
 * verifiers and tools are; it holds nothing open.
 *
 * <pre>{@code
 * var agent = Agent.builder("haiku").model(model).critic("form", "Three lines of 5, 7 and 5 syllables").build();
 * System.out.println(agent.run("autumn").answer().orElseThrow());
 * }</pre>
 */
public final class Agent {
    private final Runner runner;
    private final ChatModel generator;
    private final Memory memory;

    Agent(Runner runner, ChatModel generator, Memory memory) {
        this.runner = runner;
        this.generator = generator;
        this.memory = memory;
    }

    /** Starts an agent of that name: lower case, digits and hyphens. Only a model is required. */
    public static AgentBuilder builder(String name) {
        return new AgentBuilder(name);
    }

    /** Starts from a definition, of a file for instance; what is still to be given are its models. */
    public static AgentBuilder builder(AgentDefinition definition) {
        return new AgentBuilder(definition);
    }

    /**
     * The agent that {@code agents/NAME.yaml} on the class path defines, with one model for all its roles.
     *
     * @throws dev.cermin.agent.AgentFileException with every fault of the file
     * @throws IllegalArgumentException for a name that isn't there
     */
    public static Agent named(String name, ChatModel model) {
        return builder(Agents.ofClassPath().named(name)).model(model).build();
    }

    /**
     * An agent on the same models, verifiers and tools.
     *
     * @param definition which names no others
     */
    public Agent with(AgentDefinition definition) {
        return new Agent(runner.with(definition), generator, memory);
    }

    /** What it is made of; its hash is what traces pin. */
    public AgentDefinition definition() {
        return runner.agent();
    }

    /**
     * Runs one task in this thread. When a limit trips, or the thread is interrupted, the outcome has the best draft so
     * far; an interrupted thread stays interrupted.
     *
     * @param input what is asked; not blank
     * @throws NoDraftException where there is no draft at all
     * @throws IllegalArgumentException for a blank input
     */
    public Outcome run(String input) {
        return run(task(input));
    }

    /**
     * The same for a task with an id, metadata, a tenant or a deadline of its own.
     *
     * @throws IllegalArgumentException for a task of another agent
     */
    public Outcome run(Task task) {
        return of(task, null).go(null, false);
    }

    /**
     * Runs one task in a virtual thread of its own.
     *
     * @throws IllegalArgumentException for a blank input
     */
    public Run start(String input) {
        return start(task(input));
    }

    /**
     * The same for a task with an id, metadata, a tenant or a deadline of its own.
     *
     * @throws IllegalArgumentException for a task of another agent
     */
    public Run start(Task task) {
        return of(task, null).begun(null);
    }

    /**
     * Drafts, checks, critiques and verdicts as they come, and the outcome as the last, or a {@link NoDraftException}. Each
     * subscriber has a run of its own, which begins when it subscribes and is cancelled with its subscription. Mutiny takes
     * it as it is: {@code Multi.createFrom().publisher(agent.stream(input))}.
     *
     * @throws IllegalArgumentException for a blank input
     */
    public Flow.Publisher<LoopEvent> stream(String input) {
        task(input); // what can't be a task is told here, not to each subscriber
        return new EventStream(() -> of(task(input), null));
    }

    /**
     * This agent as a model: it answers a conversation by drafts of its generator, verified, criticised and corrected. The
     * outcome is in the response's metadata, {@link ReflectedResponseMetadata}; without any draft,
     * {@link NoDraftException} is thrown.
     *
     * <p>The generator reads the conversation as it is, with the agent's own prompt around it: the agent's system message
     * before the conversation's, and what its prompt has around {@code {{input}}} around the last user message. Corrections
     * go on from there, so only the answer is for the caller to remember. Verifiers see the last user message as the task,
     * critics the whole conversation; one without a user message is answered too, and the task says so.
     *
     * <p>The response's text is {@link Outcome#answer()}. With {@link dev.cermin.agent.AnswerFormat#TAGGED} that is what
     * stands in the output tags, and the thinking is the message's thinking; a text without tags, such as one that is held
     * to a JSON schema, is the answer as a whole.
     *
     * <p>Parameters of the request go before the agent's sampling, and those of its {@code Schedule} and budget before the
     * request's. Tools of the request are the caller's to call, as with any model; they are offered until there is a
     * draft, not to corrections. The agent's own tools are offered beside them and called by the agent.
     */
    public ChatModel asChatModel() {
        return new ReflectingChatModel(this, generator);
    }

    /** The same as a stream: the reflection comes as partial thinking, then the answer. */
    public StreamingChatModel asStreamingChatModel() {
        return new ReflectingStreamingChatModel(this, generator);
    }

    Task task(String input) {
        Instant now = Instant.ofEpochMilli(runner.clock().millis());
        return new Task(Ids.next(now), definition().name(), input, now);
    }

    Run of(Task task, @Nullable Conversation conversation) {
        if (!task.agent().equals(definition().name())) {
            throw new IllegalArgumentException("The task is for agent '%s', not for '%s'"
                    .formatted(task.agent(), definition().name()));
        }
        return new Run(runner, task, memory, conversation);
    }
}
