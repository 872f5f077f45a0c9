package dev.cermin.gateway.openai;

import dev.cermin.flow.TaskRules;
import dev.cermin.gateway.Idempotency;
import dev.cermin.gateway.LimitException;
import dev.cermin.gateway.Loops;
import dev.cermin.loop.Task;
import dev.cermin.trace.TraceStep;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What both APIs do with a task: they submit it, and follow it for as long as the client is there. */
@ApplicationScoped
class ClientTasks {
    private static final String CLIENT = "its client, which went away";

    private final Loops loops;
    private final Idempotency idempotency;

    ClientTasks(Loops loops, Idempotency idempotency) {
        this.loops = loops;
        this.idempotency = idempotency;
    }

    /**
     * @param header {@code Idempotency-Key}: where the task was accepted before, it is that one again; null for none
     * @throws OpenAiException where it is none, or isn't accepted
     */
    Task submit(ChatTask asked, @Nullable String header) {
        Optional<String> key = key(header);
        Task task = key.isEmpty()
                ? loops.task(asked.agent(), asked.input(), asked.metadata())
                : loops.task(Idempotency.id(loops.tenant(), key.get()), asked.agent(), asked.input(), asked.metadata());
        TaskRules.fault(task, asked.agent(), asked.conversation()).ifPresent(fault -> {
            throw fault.size()
                    ? OpenAiException.tooLarge(fault.detail())
                    : OpenAiException.invalid(fault.field(), fault.detail());
        });
        if (key.isEmpty()) {
            accept(task, asked);
        } else {
            acceptOnce(task, asked);
        }
        return task;
    }

    private static Optional<String> key(@Nullable String header) {
        try {
            return Idempotency.key(header);
        } catch (IllegalArgumentException e) {
            throw OpenAiException.invalid("Idempotency-Key", String.valueOf(e.getMessage()));
        }
    }

    private void acceptOnce(Task task, ChatTask asked) {
        switch (idempotency.begin(task, asked.conversation())) {
            case OTHER -> throw OpenAiException.usedKey();
            case PENDING -> throw OpenAiException.pendingKey();
            case SAME -> {}
            case NEW -> {
                boolean taken = false;
                try {
                    accept(task, asked);
                    taken = true;
                } finally {
                    idempotency.end(task, asked.conversation(), taken);
                }
            }
        }
    }

    private void accept(Task task, ChatTask asked) {
        try {
            loops.submit(task, asked.agent(), asked.conversation());
        } catch (Loops.NotAcceptedException e) {
            throw OpenAiException.away(e.getMessage());
        } catch (LimitException e) {
            throw OpenAiException.limited(e.getMessage(), e.retryAfterSeconds());
        }
    }

    /**
     * @param kept whether the task goes on where the client goes away, as it may come back for it
     * @param listener gets what is to be said of a step
     * @return every step, where the client stays to the end
     * @throws OpenAiException where the task can't be done
     */
    List<TraceStep> follow(Task task, boolean kept, Consumer<String> listener, BooleanSupplier wanted)
            throws InterruptedException {
        try {
            return loops.follow(
                    task.id(),
                    kept ? null : CLIENT,
                    step -> {
                        String words = Narration.of(step);
                        if (!words.isEmpty()) {
                            listener.accept(words);
                        }
                    },
                    wanted);
        } catch (Loops.SetAsideException e) {
            throw OpenAiException.ended(502, "server_error", "agent_failed", e.getMessage());
        }
    }
}
