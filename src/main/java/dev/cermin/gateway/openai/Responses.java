package dev.cermin.gateway.openai;

import dev.cermin.agent.Agents;
import dev.cermin.chat.Conversations;
import dev.cermin.chat.Fields;
import dev.cermin.json.Json;
import dev.cermin.loop.Task;
import dev.cermin.trace.TraceStep;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;

/** {@code POST /v1/responses}: the same task as a chat completion, in the newer API's form. Responses are not kept. */
@ApplicationScoped
class Responses {
    private final Agents agents;
    private final ClientTasks tasks;

    Responses(Agents agents, ClientTasks tasks) {
        this.agents = agents;
        this.tasks = tasks;
    }

    /** @throws OpenAiException where there is no answer, before anything was sent */
    void answer(Exchange exchange) throws InterruptedException {
        Fields request = Conversations.request(exchange.body());
        ChatTask asked = ChatTask.read(ResponsesRequest.chat(request), agents);
        Task task = tasks.submit(asked, exchange.idempotencyKey());
        ResponseBody body = new ResponseBody(request, task, asked.agent().name());
        if (asked.stream()) {
            stream(exchange, asked, task, body);
            return;
        }
        List<String> reasoning = new ArrayList<>();
        List<TraceStep> steps = tasks.follow(task, exchange.idempotencyKey() != null, reasoning::add, exchange::isOpen);
        if (exchange.isOpen()) {
            exchange.json(Json.text(body.ended(Ending.of(steps, asked.json()), reasoning)));
        }
    }

    private void stream(Exchange exchange, ChatTask asked, Task task, ResponseBody body) throws InterruptedException {
        ResponseStream stream = new ResponseStream(exchange, body);
        stream.begin();
        List<TraceStep> steps =
                tasks.follow(task, exchange.idempotencyKey() != null, stream::reason, exchange::isWaiting);
        if (!exchange.isOpen()) {
            return;
        }
        try {
            stream.end(Ending.of(steps, asked.json()));
        } catch (OpenAiException e) {
            stream.fail(e);
        }
        exchange.end();
    }
}
