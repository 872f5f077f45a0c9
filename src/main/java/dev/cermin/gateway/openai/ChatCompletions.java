package dev.cermin.gateway.openai;

import dev.cermin.agent.Agents;
import dev.cermin.flow.TaskRules;
import dev.cermin.gateway.Loops;
import dev.cermin.loop.Task;
import dev.cermin.trace.TraceStep;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** Runs a chat completion as a task, and tells its client. */
@ApplicationScoped
class ChatCompletions {
    private static final String CLIENT = "its client, which went away";

    private final Agents agents;
    private final Loops loops;

    ChatCompletions(Agents agents, Loops loops) {
        this.agents = agents;
        this.loops = loops;
    }

    /** @throws OpenAiException where there is no answer, before anything was sent */
    void answer(Exchange exchange) throws InterruptedException {
        ChatTask asked = ChatTask.read(exchange.body(), agents);
        Task task = loops.task(asked.agent(), asked.input(), asked.metadata());
        TaskRules.fault(task).ifPresent(fault -> {
            throw fault.size()
                    ? OpenAiException.tooLarge(fault.detail())
                    : OpenAiException.invalid(fault.field(), fault.detail());
        });
        try {
            loops.submit(task, asked.agent(), asked.conversation());
        } catch (Loops.NotAcceptedException e) {
            throw OpenAiException.away(e.getMessage());
        }
        Answer answer = new Answer(task, asked.agent());
        if (asked.stream()) {
            stream(exchange, asked, task, answer);
        } else {
            whole(exchange, asked, task, answer);
        }
    }

    private void whole(Exchange exchange, ChatTask asked, Task task, Answer answer) throws InterruptedException {
        StringBuilder reasoning = new StringBuilder();
        List<TraceStep> steps =
                loops.follow(task.id(), CLIENT, step -> reasoning.append(Narration.of(step)), exchange::isOpen);
        if (exchange.isOpen()) {
            exchange.json(answer.whole(Ending.of(steps, asked.json()), reasoning.toString()));
        }
    }

    private void stream(Exchange exchange, ChatTask asked, Task task, Answer answer) throws InterruptedException {
        exchange.event(answer.begun());
        List<TraceStep> steps = loops.follow(
                task.id(),
                CLIENT,
                step -> {
                    String words = Narration.of(step);
                    if (!words.isEmpty()) {
                        exchange.event(answer.reasoning(words));
                    }
                },
                exchange::isWaiting);
        if (exchange.isOpen()) {
            answer.rest(Ending.of(steps, asked.json()), asked.usage()).forEach(exchange::event);
            exchange.end();
        }
    }
}
