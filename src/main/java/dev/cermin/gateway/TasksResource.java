package dev.cermin.gateway;

import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.NoArgGenerator;
import dev.cermin.agent.AgentDefinition;
import dev.cermin.agent.Agents;
import dev.cermin.flow.DeadTasks;
import dev.cermin.flow.Notifier;
import dev.cermin.flow.Submissions;
import dev.cermin.flow.TaskRules;
import dev.cermin.loop.Outcome;
import dev.cermin.loop.Task;
import dev.cermin.review.Queues;
import dev.cermin.security.Caller;
import dev.cermin.security.Callers;
import dev.cermin.security.OtherTenantException;
import dev.cermin.store.TaskSummary;
import dev.cermin.store.TraceStore;
import dev.cermin.trace.Replay;
import dev.cermin.trace.TraceStep;
import io.smallrye.common.annotation.Blocking;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.server.Cancellable;
import org.jspecify.annotations.Nullable;

/** Tasks over REST. */
@Path("/api/tasks")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "tasks")
public class TasksResource {
    private static final String IDEMPOTENCY_KEY = "Idempotency-Key";

    private final NoArgGenerator ids = Generators.timeBasedEpochGenerator();
    private final TaskReader reader;
    private final Agents agents;
    private final Submissions submissions;
    private final Accepted accepted;
    private final TraceStore store;
    private final Limits limits;
    private final Idempotency idempotency;
    private final Notifier notifier;
    private final Queues queues;
    private final DeadTasks dead;
    private final Callers callers;

    TasksResource(
            TaskReader reader,
            Agents agents,
            Submissions submissions,
            Accepted accepted,
            TraceStore store,
            Limits limits,
            Idempotency idempotency,
            Notifier notifier,
            Queues queues,
            DeadTasks dead,
            Callers callers) {
        this.callers = callers;
        this.limits = limits;
        this.idempotency = idempotency;
        this.notifier = notifier;
        this.queues = queues;
        this.dead = dead;
        this.reader = reader;
        this.agents = agents;
        this.submissions = submissions;
        this.accepted = accepted;
        this.store = store;
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    // what was begun for a client that has gone is ended all the same: its key, its place under the limits
    @Cancellable(false)
    @Operation(
            summary = "Submits a task",
            description = "Once it is answered, the task is neither lost nor finished twice.")
    @APIResponse(responseCode = "202", description = "Accepted; Location says where its status is")
    @APIResponse(responseCode = "400", description = "Not a task")
    @APIResponse(responseCode = "403", description = "The tenant isn't the caller's")
    @APIResponse(responseCode = "409", description = "A request with the same Idempotency-Key isn't answered yet")
    @APIResponse(responseCode = "413", description = "The input has over 1 MiB, or the metadata over 64 KiB")
    @APIResponse(responseCode = "422", description = "The Idempotency-Key came with another task before")
    @APIResponse(
            responseCode = "429",
            description = "The tenant has had as much as it may; Retry-After says when to ask")
    @APIResponse(responseCode = "503", description = "Kafka is away; the task is not accepted")
    @RequestBody(required = true, content = @Content(schema = @Schema(implementation = TaskRequest.class)))
    public Uni<Response> submit(
            @HeaderParam(IDEMPOTENCY_KEY)
                    @Parameter(description = "The same key of a tenant is the same task, which is begun once")
                    @Nullable
                    String header,
            @Nullable String body) {
        TaskRequest request = reader.read(body);
        AgentDefinition agent = agent(request);
        Optional<String> key = key(header);
        Task task = task(request, agent, key);
        URI callback = callback(request.callback());
        return key.isEmpty() ? accept(task, agent, callback) : acceptOnce(task, agent, callback, key.get());
    }

    private static Optional<String> key(@Nullable String header) {
        try {
            return Idempotency.key(header);
        } catch (IllegalArgumentException e) {
            throw Problems.invalid(IDEMPOTENCY_KEY, String.valueOf(e.getMessage()));
        }
    }

    private Uni<Response> acceptOnce(Task task, AgentDefinition agent, @Nullable URI callback, String key) {
        return Uni.createFrom()
                .item(() -> idempotency.begin(task, beside(callback)))
                .runSubscriptionOn(Infrastructure.getDefaultWorkerPool())
                .flatMap(known -> switch (known) {
                    case SAME -> Uni.createFrom().item(() -> accepted(task));
                    case OTHER -> throw Problems.usedKey(key);
                    case PENDING -> throw Problems.pendingKey(key);
                    case NEW ->
                        Uni.createFrom()
                                .deferred(() -> accept(task, agent, callback))
                                .onTermination()
                                .invoke((done, failure, cancelled) ->
                                        idempotency.end(task, beside(callback), done != null));
                });
    }

    /** What is sent along with the task, and so must be the same under the same key. */
    private static @Nullable String beside(@Nullable URI callback) {
        return callback == null ? null : callback.toString();
    }

    private Uni<Response> accept(Task task, AgentDefinition agent, @Nullable URI callback) {
        try {
            limits.admit(task);
        } catch (LimitException e) {
            throw Problems.limited(e);
        }
        return submissions
                .submit(task, agent, callback)
                .onFailure()
                .invoke(failure -> limits.ended(task.id()))
                .onFailure()
                .transform(Problems::unavailable)
                .map(done -> accepted(task));
    }

    private Response accepted(Task task) {
        accepted.add(task.id(), task.tenant());
        return Response.accepted(TaskStatus.accepted(task.id()))
                .location(URI.create("/api/tasks/" + task.id()))
                .build();
    }

    private AgentDefinition agent(TaskRequest request) {
        if (request.agent() == null || request.agent().isBlank()) {
            throw Problems.invalid("agent", "The name of an agent is expected; known are " + names());
        }
        return agents.find(request.agent())
                .orElseThrow(() -> Problems.invalid(
                        "agent", "There is no agent '%s'; known are %s".formatted(request.agent(), names())));
    }

    private List<String> names() {
        return agents.all().stream().map(AgentDefinition::name).toList();
    }

    private Task task(TaskRequest request, AgentDefinition agent, Optional<String> key) {
        String input = request.input();
        if (input == null || input.isBlank()) {
            throw Problems.invalid("input", "An input is expected: the text of what is asked");
        }
        if (request.metadata() != null && request.metadata().containsValue(null)) {
            throw Problems.invalid("metadata", "Every value is a text; leave out what has none");
        }
        String tenant = tenant(request.tenant());
        Task task = new Task(
                key.map(each -> Idempotency.id(tenant, each)).orElseGet(ids::generate),
                agent.name(),
                input,
                request.metadata(),
                tenant,
                request.priority() == null ? 0 : request.priority(),
                Instant.now().truncatedTo(ChronoUnit.MILLIS),
                time("deadline", request.deadline()),
                time("startAt", request.startAt()));
        TaskRules.fault(task).ifPresent(fault -> {
            throw fault.size()
                    ? Problems.tooLarge(fault.field(), fault.detail())
                    : Problems.invalid(fault.field(), fault.detail());
        });
        return task;
    }

    /** Callers act for their own tenant; who may act for all says which. */
    private String tenant(@Nullable String given) {
        try {
            return callers.current().actsFor(given, Task.DEFAULT_TENANT);
        } catch (OtherTenantException e) {
            throw Problems.otherTenant(e);
        }
    }

    private @Nullable URI callback(@Nullable String address) {
        try {
            return address == null ? null : notifier.require(address);
        } catch (IllegalArgumentException e) {
            throw Problems.invalid("callback", String.valueOf(e.getMessage()));
        }
    }

    private static @Nullable Instant time(String field, @Nullable String text) {
        try {
            return text == null ? null : OffsetDateTime.parse(text).toInstant().truncatedTo(ChronoUnit.MILLIS);
        } catch (DateTimeException e) {
            throw Problems.invalid(field, "A time such as 2030-01-01T12:00:00Z is expected, not '%s'".formatted(text));
        }
    }

    private String by() {
        String name = callers.current().name();
        return name.equals(Caller.LOCAL.name()) ? "the API" : name;
    }

    @GET
    @RunOnVirtualThread
    @Operation(summary = "The latest tasks")
    public List<TaskSummary> latest(@QueryParam("limit") @DefaultValue("20") int limit) {
        if (limit < 1 || limit > 200) {
            throw Problems.invalid("limit", "A number from 1 to 200 is expected, not " + limit);
        }
        return store.latest(limit);
    }

    @GET
    @Path("/{id}")
    @RunOnVirtualThread
    @Operation(summary = "Where a task stands")
    @APIResponse(responseCode = "200")
    @APIResponse(responseCode = "404", description = "There is no such task")
    public TaskStatus status(@RestPath UUID id) {
        TaskStatus status = store.task(id)
                .map(task -> TaskStatus.of(task, task.running() && queues.decides(id)))
                .orElseGet(() -> {
                    if (!accepted.contains(id)) {
                        throw Problems.unknownTask(id);
                    }
                    return TaskStatus.accepted(id);
                });
        return dead.reason(id).map(status::setAside).orElse(status);
    }

    @GET
    @Path("/{id}/outcome")
    @RunOnVirtualThread
    @Operation(summary = "A finished task's outcome: best draft, every attempt, every verdict, stop reason, usage")
    @APIResponse(responseCode = "200")
    @APIResponse(responseCode = "404", description = "There is no such task")
    @APIResponse(responseCode = "409", description = "The task goes on")
    @APIResponse(responseCode = "410", description = "Texts that make up the outcome were erased")
    public Outcome outcome(@RestPath UUID id) {
        List<TraceStep> steps = store.steps(id, 0);
        if (steps.isEmpty() && !accepted.contains(id)) {
            throw Problems.unknownTask(id);
        }
        if (!Replay.ended(steps)) {
            throw Problems.unfinished(id);
        }
        try {
            return Replay.state(steps).outcome();
        } catch (IllegalArgumentException e) {
            throw Problems.erased(id, e);
        }
    }

    @GET
    @Path("/{id}/trace")
    @RunOnVirtualThread
    @Operation(summary = "A task's steps so far, with their hash chain")
    @APIResponse(responseCode = "200")
    @APIResponse(responseCode = "404", description = "There is no such task")
    public List<TraceStep> trace(@RestPath UUID id) {
        List<TraceStep> steps = store.steps(id, 0);
        if (steps.isEmpty() && !accepted.contains(id)) {
            throw Problems.unknownTask(id);
        }
        return steps;
    }

    @POST
    @Path("/{id}/cancel")
    @Operation(summary = "Ends a task before its next model call, with the best draft so far")
    @Blocking
    @APIResponse(responseCode = "202", description = "The word is out; the task's events tell when it ends")
    @APIResponse(responseCode = "404", description = "There is no such task")
    @APIResponse(responseCode = "409", description = "The task has ended")
    public Uni<Response> cancel(@RestPath UUID id) {
        Optional<TaskSummary> task = store.task(id);
        if (task.isEmpty() && !accepted.contains(id)) {
            throw Problems.unknownTask(id);
        }
        if (task.isPresent() && !task.get().running()) {
            throw Problems.finished(id);
        }
        return submissions
                .cancel(id, by())
                .onFailure()
                .transform(Problems::unavailable)
                .map(done -> Response.accepted().build());
    }
}
