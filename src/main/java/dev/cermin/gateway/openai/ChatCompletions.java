package dev.cermin.gateway.openai;

import dev.cermin.agent.Agents;
import dev.cermin.chat.Conversations;
import dev.cermin.loop.Task;
import dev.cermin.trace.TraceStep;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** {@code POST /v1/chat/completions}: a task, and its client told of it. */
@ApplicationScoped
class ChatCompletions {
    private static final String DONE = "[DONE]";

    private final Agents agents;
    private final ClientTasks tasks;

    ChatCompletions(Agents agents, ClientTasks tasks) {
        this.agents = agents;
        this.tasks = tasks;
    }

    /** @throws OpenAiException where there is no answer */
    void answer(Exchange exchange) throws InterruptedException {
        ChatTask asked = ChatTask.read(Conversations.request(exchange.body()), agents);
        Task task = tasks.submit(asked, exchange.idempotencyKey());
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
                tasks.follow(task, exchange.idempotencyKey() != null, reasoning::append, exchange::isOpen);
        if (exchange.isOpen()) {
            exchange.json(answer.whole(Ending.of(steps, asked.json()), reasoning.toString()));
        }
    }

    private void stream(Exchange exchange, ChatTask asked, Task task, Answer answer) throws InterruptedException {
        exchange.event(answer.begun());
        List<TraceStep> steps = tasks.follow(
                task,
                exchange.idempotencyKey() != null,
                words -> exchange.event(answer.reasoning(words)),
                exchange::isWaiting);
        if (exchange.isOpen()) {
            answer.rest(Ending.of(steps, asked.json()), asked.usage()).forEach(exchange::event);
            exchange.event(DONE);
            exchange.end();
        }
    }
}
