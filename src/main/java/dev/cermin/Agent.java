package dev.cermin;

import dev.cermin.agent.AgentDefinition;
import dev.cermin.agent.Agents;
import dev.cermin.loop.Outcome;
import dev.cermin.loop.Recalled;
import dev.cermin.loop.Task;
import dev.cermin.run.Conversation;
import dev.cermin.run.Runner;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import java.util.List;
import java.util.UUID;
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

    Agent(Runner runner, ChatModel generator) {
        this.runner = runner;
        this.generator = generator;
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

    /** What it is made of; its hash is what traces pin. */
    public AgentDefinition definition() {
        return runner.agent();
    }

    /**
     * Runs one task in this thread. When a limit trips, or the thread is interrupted, the outcome has the best draft so
     * far.
     *
     * @param input what is asked; not blank
     * @throws NoDraftException where there is no draft at all
     */
    public Outcome run(String input) {
        return run(task(input));
    }

    /** The same for a task with an id, metadata, a tenant or a deadline of its own. */
    public Outcome run(Task task) {
        return of(task, null).go(Run.NOBODY, false);
    }

    /** Runs one task in a virtual thread of its own. */
    public Run start(String input) {
        return start(task(input));
    }

    /** The same for a task with an id, metadata, a tenant or a deadline of its own. */
    public Run start(Task task) {
        return of(task, null).begun(Run.NOBODY);
    }

    /**
     * Drafts, checks, critiques and verdicts as they come, and the outcome as the last. Each subscriber has a run of its
     * own, which begins when it subscribes and is cancelled with its subscription. Mutiny takes it as it is:
     * {@code Multi.createFrom().publisher(agent.stream(input))}.
     */
    public Flow.Publisher<LoopEvent> stream(String input) {
        return new EventStream(() -> of(task(input), null));
    }

    /**
     * This agent as a model: it answers a conversation by drafts of its generator, verified, criticised and corrected.
     * Tools of the request are the caller's to call, as with any model; the outcome is in the response's metadata,
     * {@link ReflectedResponseMetadata}.
     */
    public ChatModel asChatModel() {
        return new ReflectingChatModel(this, generator);
    }

    /** The same as a stream: the reflection comes as partial thinking, then the answer. */
    public StreamingChatModel asStreamingChatModel() {
        return new ReflectingStreamingChatModel(this, generator);
    }

    Task task(String input) {
        return new Task(
                UUID.randomUUID(), definition().name(), input, runner.clock().instant());
    }

    Run of(Task task, @Nullable Conversation conversation) {
        List<Recalled> lessons = List.of();
        return new Run(runner, task, lessons, conversation);
    }
}
