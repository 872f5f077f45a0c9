package dev.cermin.gateway;

import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.NoArgGenerator;
import dev.cermin.agent.AgentDefinition;
import dev.cermin.agent.Agents;
import dev.cermin.flow.Submissions;
import dev.cermin.loop.Role;
import dev.cermin.loop.Task;
import dev.cermin.store.TaskSummary;
import dev.cermin.store.TraceStore;
import dev.cermin.trace.Fork;
import dev.cermin.trace.Replay;
import dev.cermin.trace.TraceStep;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jspecify.annotations.Nullable;

/** Tasks that go on from another one's trace. */
@Path("/api/traces/{id}/forks")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "traces")
public class ForksResource {
    private static final String IDEMPOTENCY_KEY = "Idempotency-Key";
    private static final Duration ACCEPTED = Duration.ofSeconds(15);

    private final NoArgGenerator ids = Generators.timeBasedEpochGenerator();
    private final Agents agents;
    private final Submissions submissions;
    private final Accepted accepted;
    private final TraceStore store;
    private final Limits limits;
    private final Idempotency idempotency;

    ForksResource(
            Agents agents,
            Submissions submissions,
            Accepted accepted,
            TraceStore store,
            Limits limits,
            Idempotency idempotency) {
        this.agents = agents;
        this.submissions = submissions;
        this.accepted = accepted;
        this.store = store;
        this.limits = limits;
        this.idempotency = idempotency;
    }

    @GET
    @RunOnVirtualThread
    @Operation(summary = "The tasks that go on from a task's trace, the earliest first")
    @APIResponse(responseCode = "200")
    @APIResponse(responseCode = "404", description = "There is no such task")
    public List<UUID> forks(@RestPath UUID id) {
        if (store.task(id).isEmpty()) {
            throw Problems.unknownTask(id);
        }
        return store.forks(id);
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @RunOnVirtualThread
    @Operation(
            summary = "Goes on from a step of a trace, as a new task",
            description = "The new task's trace begins with the steps up to that one. The trace stays as it is.")
    @APIResponse(responseCode = "202", description = "Accepted; Location says where its status is")
    @APIResponse(responseCode = "400", description = "There is no such step, agent or model, or the loop ends there")
    @APIResponse(responseCode = "404", description = "There is no such task")
    @APIResponse(responseCode = "409", description = "A request with the same Idempotency-Key isn't answered yet")
    @APIResponse(responseCode = "422", description = "The Idempotency-Key came with another task before")
    @APIResponse(responseCode = "429", description = "The tenant has had as much as it may")
    @APIResponse(responseCode = "503", description = "Kafka is away; the task is not accepted")
    public Response fork(
            @RestPath UUID id,
            @HeaderParam(IDEMPOTENCY_KEY)
                    @Parameter(description = "The same key of a tenant is the same task, which is begun once")
                    @Nullable
                    String header,
            @Nullable ForkRequest request) {
        List<TraceStep> steps = store.steps(id, 0);
        if (steps.isEmpty()) {
            throw Problems.unknownTask(id);
        }
        if (request == null || request.step() == null) {
            throw Problems.invalid("step", "The number of the last step that is kept is expected, from 0");
        }
        Optional<String> key = key(header);
        Task task;
        AgentDefinition agent;
        Fork fork;
        try {
            fork = Fork.of(steps, request.step());
            agent = agent(id, request);
            task = task(Replay.state(steps.subList(0, 1)).task(), agent, key);
            fork.state(task, agent.plan());
        } catch (IllegalArgumentException e) {
            throw Problems.invalid("step", String.valueOf(e.getMessage()));
        }
        if (key.isEmpty()) {
            return accept(task, agent, fork);
        }
        String beside = "fork of %s at %d on %s".formatted(id, fork.step(), agent.hash());
        return switch (idempotency.begin(task, beside)) {
            case SAME -> accepted(task);
            case OTHER -> throw Problems.usedKey(key.get());
            case PENDING -> throw Problems.pendingKey(key.get());
            case NEW -> {
                boolean done = false;
                try {
                    Response answer = accept(task, agent, fork);
                    done = true;
                    yield answer;
                } finally {
                    idempotency.end(task, beside, done);
                }
            }
        };
    }

    private static Optional<String> key(@Nullable String header) {
        try {
            return Idempotency.key(header);
        } catch (IllegalArgumentException e) {
            throw Problems.invalid(IDEMPOTENCY_KEY, String.valueOf(e.getMessage()));
        }
    }

    private AgentDefinition agent(UUID id, ForkRequest request) {
        AgentDefinition agent = request.agent() == null
                ? pinned(id)
                : agents.find(request.agent())
                        .orElseThrow(() -> Problems.invalid(
                                "agent",
                                "There is no agent '%s'; known are %s"
                                        .formatted(
                                                request.agent(),
                                                agents.all().stream()
                                                        .map(AgentDefinition::name)
                                                        .toList())));
        return request.model() == null ? agent : writing(agent, request.model());
    }

    private AgentDefinition pinned(UUID id) {
        TaskSummary task = store.task(id).orElseThrow(() -> Problems.unknownTask(id));
        return store.agent(task.agentHash())
                .map(content -> AgentDefinition.of(content.getBytes(StandardCharsets.UTF_8)))
                .orElseThrow(() -> Problems.invalid(
                        "agent", "The definition that the trace is pinned to is not stored; name an agent"));
    }

    /** Critics stay with theirs. */
    private static AgentDefinition writing(AgentDefinition agent, String model) {
        Map<Role, String> models = new EnumMap<>(agent.models());
        models.replaceAll((role, name) -> model);
        return new AgentDefinition(
                agent.name(),
                agent.version(),
                agent.description(),
                agent.answers(),
                models,
                agent.prompts(),
                agent.sampling(),
                agent.verifiers(),
                agent.critics(),
                agent.tools(),
                agent.policy());
    }

    /** Of the same tenant, created now, without the deadline of then. */
    private Task task(Task original, AgentDefinition agent, Optional<String> key) {
        return new Task(
                key.map(each -> Idempotency.id(original.tenant(), each)).orElseGet(ids::generate),
                agent.name(),
                original.input(),
                original.metadata(),
                original.tenant(),
                original.priority(),
                Instant.now().truncatedTo(ChronoUnit.MILLIS),
                null);
    }

    private Response accept(Task task, AgentDefinition agent, Fork fork) {
        try {
            limits.admit(task);
        } catch (LimitException e) {
            throw Problems.limited(e);
        }
        try {
            submissions.fork(task, agent, fork).await().atMost(ACCEPTED);
        } catch (IllegalArgumentException e) {
            limits.ended(task.id());
            throw Problems.tooLarge("step", String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            limits.ended(task.id());
            throw Problems.unavailable(e);
        }
        return accepted(task);
    }

    private Response accepted(Task task) {
        accepted.add(task.id(), task.tenant());
        return Response.accepted(TaskStatus.accepted(task.id()))
                .location(URI.create("/api/tasks/" + task.id()))
                .build();
    }
}
