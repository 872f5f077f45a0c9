package dev.cermin.run;

import dev.cermin.agent.AgentDefinition;
import dev.cermin.agent.AgentDefinition.Critic;
import dev.cermin.agent.Prompt;
import dev.cermin.agent.Sampling;
import dev.cermin.critique.Critique;
import dev.cermin.critique.CritiqueFormat;
import dev.cermin.loop.Action;
import dev.cermin.loop.Action.Correct;
import dev.cermin.loop.Action.Finish;
import dev.cermin.loop.Action.Generate;
import dev.cermin.loop.Action.Reflect;
import dev.cermin.loop.Action.Review;
import dev.cermin.loop.Action.Verify;
import dev.cermin.loop.Attempt;
import dev.cermin.loop.Decision;
import dev.cermin.loop.Draft;
import dev.cermin.loop.DraftCall;
import dev.cermin.loop.LoopState;
import dev.cermin.loop.Role;
import dev.cermin.loop.Spend;
import dev.cermin.loop.StepResult;
import dev.cermin.loop.StepResult.Corrected;
import dev.cermin.loop.StepResult.CutShort;
import dev.cermin.loop.StepResult.Failed;
import dev.cermin.loop.StepResult.Generated;
import dev.cermin.loop.StepResult.Reflected;
import dev.cermin.loop.StepResult.Reviewed;
import dev.cermin.loop.Usage;
import dev.cermin.model.Failure;
import dev.cermin.model.Models;
import dev.cermin.tool.Tools;
import dev.cermin.verify.Verifiers;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.UserMessage;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Carries out one action of a loop. What goes wrong becomes part of the result: a draft that can't be had is a
 * {@link Failed}, a critic that fails is an unreadable critique, a verifier that throws is a failed check; one whose
 * library is missing is a {@link Failed} too. Thread-safe.
 */
public final class StepRunner {
    private static final int KEPT = 1000;

    private final ModelCaller caller;
    private final VerifierBench verifiers;
    private final Clock clock;
    private final @Nullable Reviewer reviewer;
    /** The last one of each critic: agents and their critics are few. */
    private final Map<String, Pairing> pairings = new ConcurrentHashMap<>();

    public StepRunner(Models models, Verifiers verifiers, Clock clock) {
        this(models, verifiers, Tools.NONE, clock);
    }

    public StepRunner(Models models, Verifiers verifiers, Tools tools, Clock clock) {
        this(new ModelCaller(models, tools), new VerifierBench(verifiers), clock, null);
    }

    private StepRunner(ModelCaller caller, VerifierBench verifiers, Clock clock, @Nullable Reviewer reviewer) {
        this.caller = caller;
        this.verifiers = verifiers;
        this.clock = clock;
        this.reviewer = reviewer;
    }

    StepRunner by(Clock other) {
        return new StepRunner(caller, verifiers, other, reviewer);
    }

    StepRunner by(Reviewer own) {
        return new StepRunner(caller, verifiers, clock, own);
    }

    /** Runs an action with nothing beside the loop's state. */
    public Execution run(AgentDefinition agent, LoopState state, Action action) {
        return run(agent, state, action, StepContext.NONE);
    }

    /**
     * Blocks until the action is carried out: milliseconds to minutes.
     *
     * @throws StepInterruptedException where the thread was interrupted; the action may be run again
     * @throws ModelAwayException where the context may wait, and the model is away: it was called in vain
     * @throws HandBackException where the context has a conversation, and the model asks for its tools
     */
    public Execution run(AgentDefinition agent, LoopState state, Action action, StepContext context) {
        return run(agent, state, action, context, Instant.ofEpochMilli(clock.millis()));
    }

    /** @param started to the millisecond */
    Execution run(AgentDefinition agent, LoopState state, Action action, StepContext context, Instant started) {
        Meter meter = new Meter(state, clock, context, started);
        Done done = switch (action) {
            case Generate generate -> draft(agent, state, Role.GENERATE, meter, context);
            case Correct correct -> draft(agent, state, Role.CORRECT, meter, context);
            case Reflect reflect -> reflect(agent, state, agent.critic(reflect.critic()), meter, context);
            case Verify verify -> new Done(verifiers.verify(agent, state), null);
            case Review review -> new Done(review(state, started), null);
            case Finish finish -> throw new IllegalArgumentException("Finish is nothing to be carried out");
        };
        int round = action instanceof Correct
                ? state.round() + 1
                : action instanceof Review ? state.best().orElseThrow().round() : state.focusedRound();
        Duration took = meter.took();
        return new Execution(action, round, done.result(), started, took, done.call());
    }

    private record Done(StepResult result, @Nullable Call call) {}

    private StepResult review(LoopState state, Instant started) {
        if (reviewer == null) {
            return new Failed("The policy has a person decide, and there is no reviewer to ask");
        }
        Instant until = state.reviewUntil(started);
        Reviewer.Question question = new Reviewer.Question(
                state.task(),
                state.best().orElseThrow(),
                Objects.requireNonNull(state.reviewing().held(), "held"),
                until);
        FutureTask<Decision> asked = new FutureTask<>(() -> reviewer.decide(question));
        Thread.ofVirtual().name("cermin-review-" + state.task().id()).start(asked);
        try {
            long most = Math.max(1, Duration.between(started, until).toMillis());
            Decision decision = asked.get(most, TimeUnit.MILLISECONDS);
            return new Reviewed(decision.after(Duration.ofMillis(clock.millis() - started.toEpochMilli())));
        } catch (TimeoutException e) {
            asked.cancel(true);
            return state.unreviewed(Instant.ofEpochMilli(Math.max(clock.millis(), until.toEpochMilli())), started);
        } catch (InterruptedException e) {
            asked.cancel(true);
            throw new StepInterruptedException(e);
        } catch (ExecutionException e) {
            return new Failed("The reviewer failed: " + e.getCause());
        }
    }

    private Done draft(AgentDefinition agent, LoopState state, Role role, Meter meter, StepContext context) {
        Prompt prompt = agent.prompts().get(role);
        DraftCall terms = state.draftCall();
        String model = terms.model() != null ? terms.model() : agent.models().get(role);
        if (prompt == null || model == null) {
            return new Done(
                    new Failed("Agent '%s' has no prompt to %s with".formatted(agent.name(), role.key())), null);
        }
        Call call;
        try {
            List<ChatMessage> messages = Messages.draft(prompt, state, role, context.conversation());
            Conversation conversation = conversation(agent, state, model, context.conversation());
            Sampling sampling = conversation == null ? agent.sampling() : conversation.sampling(agent.sampling());
            call = caller.call(
                    new Ask(role, model, prompt.id(), messages, sampling, terms, agent.tools(), null, conversation),
                    meter);
        } catch (ModelCallException e) {
            orLater(e, context);
            return new Done(
                    new Failed(e.detail(), meter.calls() == 0 ? null : spend(role, model, meter)),
                    failed(model, prompt, meter));
        } catch (CutShortException e) {
            return cutShort(e, role, model, prompt, meter);
        } catch (IllegalArgumentException e) {
            return new Done(new Failed(unrendered(model, e)), null);
        }
        Draft draft = Drafts.read(agent.answers(), call);
        Spend spend = spend(role, call.model(), meter);
        return new Done(role == Role.GENERATE ? new Generated(draft, spend) : new Corrected(draft, spend), call);
    }

    /** The application's tools are called before there is a draft; what follows answers the reviewer, not the tools. */
    private @Nullable Conversation conversation(
            AgentDefinition agent, LoopState state, String model, @Nullable Conversation given) {
        if (given == null) {
            return null;
        }
        Conversation fitting = state.attempts().isEmpty() ? given : given.withoutTools();
        String generator = agent.models().get(Role.GENERATE);
        return generator == null || same(model, generator) ? fitting : fitting.withoutModelName();
    }

    /** @throws IllegalArgumentException for a name that isn't configured */
    private boolean same(String one, String other) {
        return one.equals(other)
                || caller.model(one).chat().equals(caller.model(other).chat());
    }

    private Done reflect(AgentDefinition agent, LoopState state, Critic critic, Meter meter, StepContext context) {
        Prompt prompt = critic.prompt();
        Attempt attempt = state.focused();
        try {
            List<ChatMessage> messages = Messages.reflect(prompt, state, attempt, context.conversation());
            Ask ask = new Ask(
                    Role.REFLECT,
                    critic.model(),
                    prompt.id(),
                    messages,
                    agent.sampling(),
                    null,
                    critic.tools(),
                    JudgeFormat.of(critic.reads()),
                    null);
            Call call = caller.call(ask, meter);
            Critique critique = critic.reads().read(critic.name(), call.response());
            List<String> warnings = selfJudged(critic, call.model(), attempt.draft());
            if (!critique.readable() && critic.reads() != CritiqueFormat.COMPUTATION) {
                Repaired repaired = repair(ask, critic, critique, call, meter);
                call = repaired.call();
                critique = repaired.critique();
                warnings = Stream.concat(repaired.warnings().stream(), warnings.stream())
                        .toList();
            }
            return new Done(new Reflected(critique.warned(warnings), spend(Role.REFLECT, call.model(), meter)), call);
        } catch (ModelCallException e) {
            orLater(e, context);
            Critique none = Critique.unreadable(critic.name(), e.detail(), "");
            return new Done(
                    new Reflected(none, meter.calls() == 0 ? null : spend(Role.REFLECT, critic.model(), meter)),
                    failed(critic.model(), prompt, meter));
        } catch (CutShortException e) {
            return cutShort(e, Role.REFLECT, critic.model(), prompt, meter);
        } catch (IllegalArgumentException e) {
            return new Done(
                    new Reflected(Critique.unreadable(critic.name(), unrendered(critic.model(), e), ""), null), null);
        }
    }

    private record Repaired(Critique critique, Call call, List<String> warnings) {}

    /** A critic whose answer can't be read is asked once more; a failure of that is the critic's, never the loop's. */
    private Repaired repair(Ask ask, Critic critic, Critique unread, Call first, Meter meter) {
        List<ChatMessage> messages = new ArrayList<>(ask.messages());
        messages.add(AiMessage.from(first.response().isBlank() ? "(nothing)" : first.response()));
        messages.add(UserMessage.from(Messages.repair(critic.reads(), unread.issues())));
        Ask again = new Ask(
                ask.role(), ask.model(), ask.promptId(), messages, ask.sampling(), null, List.of(), ask.format(), null);
        String why = String.join("; ", unread.issues());
        Call second = first;
        Critique critique = unread;
        String note;
        try {
            second = caller.call(again, meter);
            critique = critic.reads().read(critic.name(), second.response());
            note = "Asked once more, since the first answer could not be read: " + why;
        } catch (ModelCallException e) {
            note = "Asking once more failed: " + e.detail();
        } catch (CutShortException e) {
            note = "There was no asking once more: " + e.detail();
        }
        return new Repaired(critique, Drafts.joined(first, second, meter, note), List.of(note));
    }

    /**
     * What is to be said of a critic and a draft's writer.
     *
     * @param critic the critic's model
     * @param writer the draft's
     */
    private record Pairing(String critic, String writer, List<String> warnings) {
        boolean is(String other, String draft) {
            return critic.equals(other) && writer.equals(draft);
        }
    }

    /** A judge prefers its own model's answers, wrong ones too (reflection without an outside signal tends to hurt). */
    private List<String> selfJudged(Critic critic, String judge, Draft draft) {
        String writer = draft.model();
        Pairing last = pairings.get(critic.name());
        if (last == null || !last.is(judge, writer)) {
            last = new Pairing(judge, writer, selfJudged(critic, judge, writer));
            if (pairings.size() >= KEPT) {
                pairings.clear();
            }
            pairings.put(critic.name(), last);
        }
        return last.warnings();
    }

    private List<String> selfJudged(Critic critic, String judge, String writer) {
        boolean own;
        try {
            own = same(writer, judge);
        } catch (IllegalArgumentException e) {
            // the writer is no model of this configuration: a replayed or foreign draft
            return List.of();
        }
        return own
                ? List.of("Critic '" + critic.name() + "' judges a draft of its own model, '" + writer + "'")
                : List.of();
    }

    /** What is wrong with a request, a key or an answer is so the next time, too. */
    private static void orLater(ModelCallException e, StepContext context) {
        Throwable cause = e.getCause();
        if (!context.mayWait() || cause == null) {
            return;
        }
        Failure failure = Failure.of(cause);
        switch (failure.kind()) {
            case RATE_LIMIT, UNAVAILABLE, TIMEOUT ->
                throw new ModelAwayException(e.detail(), failure.retryAfter(), cause);
            case MALFORMED, AUTHENTICATION, NOT_FOUND, REFUSED, INVALID, UNKNOWN -> {}
        }
    }

    private static String unrendered(String model, IllegalArgumentException e) {
        return "Model '%s' gave no answer: %s".formatted(model, e.getMessage());
    }

    private static Done cutShort(CutShortException e, Role role, String model, Prompt prompt, Meter meter) {
        return new Done(
                new CutShort(e.reason(), e.detail(), meter.calls() == 0 ? null : spend(role, model, meter)),
                meter.calls() == 0 ? null : failed(model, prompt, meter));
    }

    /** What is to be known of calls that came to nothing. */
    private static @Nullable Call failed(String model, Prompt prompt, Meter meter) {
        return meter.calls() == 0 ? null : Drafts.withoutAnswer(model, prompt.id(), meter);
    }

    private static Spend spend(Role role, String model, Meter meter) {
        Duration took = meter.took();
        Usage usage = new Usage(meter.calls(), meter.tokensIn(), meter.tokensOut(), meter.cost(), took);
        return new Spend(role, model, usage);
    }
}
