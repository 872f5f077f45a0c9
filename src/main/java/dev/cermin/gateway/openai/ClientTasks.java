package dev.cermin.gateway.openai;

import dev.cermin.flow.TaskRules;
import dev.cermin.gateway.Loops;
import dev.cermin.loop.Task;
import dev.cermin.trace.TraceStep;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** What both APIs do with a task: they submit it, and follow it for as long as the client is there. */
@ApplicationScoped
class ClientTasks {
    private static final String CLIENT = "its client, which went away";

    private final Loops loops;

    ClientTasks(Loops loops) {
        this.loops = loops;
    }

    /** @throws OpenAiException where it is none, or isn't accepted */
    Task submit(ChatTask asked) {
        Task task = loops.task(asked.agent(), asked.input(), asked.metadata());
        TaskRules.fault(task, asked.agent(), asked.conversation()).ifPresent(fault -> {
            throw fault.size()
                    ? OpenAiException.tooLarge(fault.detail())
                    : OpenAiException.invalid(fault.field(), fault.detail());
        });
        try {
            loops.submit(task, asked.agent(), asked.conversation());
        } catch (Loops.NotAcceptedException e) {
            throw OpenAiException.away(e.getMessage());
        }
        return task;
    }

    /**
     * @param listener gets what is to be said of a step
     * @return every step, where the client stays to the end
     * @throws OpenAiException where the task can't be done
     */
    List<TraceStep> follow(Task task, Consumer<String> listener, BooleanSupplier wanted) throws InterruptedException {
        try {
            return loops.follow(
                    task.id(),
                    CLIENT,
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
