package dev.cermin.testing;

import dev.cermin.json.Json;
import dev.cermin.json.JsonException;
import dev.cermin.loop.Outcome;
import dev.cermin.loop.Stop;
import dev.cermin.loop.Task;
import dev.cermin.tool.Tools;
import dev.cermin.trace.Chain;
import dev.cermin.trace.Findings;
import dev.cermin.trace.Replay;
import dev.cermin.trace.TraceStep;
import dev.cermin.trace.Verification;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * A stored trace as a test: what it came to, and a model that says again what the models said then. The trace is
 * verified when it is read. Needs {@code io.github.erdtman:java-json-canonicalization}. Immutable.
 *
 * <pre>{@code
 * var fixture = TraceFixture.read(Path.of("src/test/traces/9x-15.json"));
 * var agent = Agent.named("equations", fixture.model());
 * assertThat(agent.run(fixture.task())).wentAs(fixture.outcome());
 * }</pre>
 *
 * <p>It reads what {@code GET /api/tasks/{id}/trace} gives, a JSON array, and what {@link #write} writes, JSON Lines.
 */
public final class TraceFixture {
    private final List<TraceStep> steps;

    private TraceFixture(List<TraceStep> steps) {
        this.steps = steps;
    }

    /**
     * Reads a trace, and verifies its hash chain.
     *
     * @throws UncheckedIOException where the file can't be read
     * @throws IllegalArgumentException where it is no trace, was changed, or has no end; the message names the file, and
     *     the first step that is broken
     */
    public static TraceFixture read(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            return read(in);
        } catch (IOException e) {
            throw new UncheckedIOException("The trace " + file + " can't be read", e);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(file + ": " + e.getMessage(), e);
        }
    }

    /** The same from a stream, which is read to its end and stays open. */
    public static TraceFixture read(InputStream in) {
        try {
            return of(parse(new String(in.readAllBytes(), StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw new UncheckedIOException("The trace can't be read", e);
        }
    }

    /** A trace in hand, {@code run.trace()} for instance. */
    public static TraceFixture of(List<TraceStep> steps) {
        Verification chain = verify(steps);
        if (!chain.intact()) {
            throw new IllegalArgumentException("The trace is not as it was recorded: " + chain.problem());
        }
        if (!chain.complete()) {
            throw new IllegalArgumentException(
                    "The trace has no end: its task goes on after step %d. Store it again when the task has finished"
                            .formatted(steps.size() - 1));
        }
        return new TraceFixture(List.copyOf(steps));
    }

    /** Writes a trace, a step a line; its folder is made if need be. */
    public static void write(List<TraceStep> steps, Path file) {
        try {
            if (file.toAbsolutePath().getParent() != null) {
                Files.createDirectories(file.toAbsolutePath().getParent());
            }
            Files.write(
                    file,
                    (steps.stream().map(Json::text).collect(Collectors.joining("\n")) + "\n")
                            .getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("The trace " + file + " can't be written", e);
        }
    }

    private static List<TraceStep> parse(String text) {
        try {
            if (text.stripLeading().startsWith("[")) {
                return List.of(Json.read(text, TraceStep[].class));
            }
        } catch (JsonException e) {
            throw new IllegalArgumentException("No trace: " + e.getMessage(), e);
        }
        List<String> lines = text.lines().toList();
        List<TraceStep> steps = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            if (!lines.get(i).isBlank()) {
                try {
                    steps.add(Json.read(lines.get(i), TraceStep.class));
                } catch (JsonException e) {
                    throw new IllegalArgumentException("No trace, line %d: %s".formatted(i + 1, e.getMessage()), e);
                }
            }
        }
        return steps;
    }

    private static Verification verify(List<TraceStep> steps) {
        try {
            return Chain.verify(steps);
        } catch (NoClassDefFoundError e) {
            var missing = new NoClassDefFoundError(
                    "Verifying a trace needs io.github.erdtman:java-json-canonicalization (" + e.getMessage() + ")");
            missing.initCause(e);
            throw missing;
        }
    }

    public List<TraceStep> steps() {
        return steps;
    }

    /** What was asked. */
    public String input() {
        return original().input();
    }

    /** The task anew: same input, metadata, tenant and priority; its own id, created now, without a deadline. */
    public Task task() {
        Task task = original();
        return new Task(
                UUID.randomUUID(),
                task.agent(),
                task.input(),
                task.metadata(),
                task.tenant(),
                task.priority(),
                Clock.systemUTC().instant().truncatedTo(ChronoUnit.MILLIS),
                null);
    }

    private Task original() {
        return Replay.state(steps.subList(0, 1)).task();
    }

    /**
     * What the steps come to by the loop of this version, without any model.
     *
     * @throws AssertionError where that is not what the trace ended with: the loop's own rules have changed
     * @throws IllegalArgumentException where a text that is needed was erased
     */
    public Outcome outcome() {
        Outcome outcome;
        try {
            outcome = Replay.state(steps).outcome();
        } catch (IllegalStateException e) {
            throw new AssertionError("The loop of this version does not go as the trace: " + e.getMessage(), e);
        }
        TraceStep last = Replay.loop(steps).getLast();
        Stop stop = Objects.requireNonNull(
                Json.read(Objects.requireNonNull(last.texts().findings(), "findings"), Findings.class)
                        .stop(),
                "stop");
        if (stop.reason() != outcome.stop().reason()
                || !Objects.equals(last.texts().output(), outcome.answer().orElse(null))) {
            throw new AssertionError(
                    "The trace ended by %s with the answer '%s'; the loop of this version ends by %s with '%s'"
                            .formatted(
                                    stop.reason(),
                                    last.texts().output(),
                                    outcome.stop().reason(),
                                    outcome.answer().orElse(null)));
        }
        return outcome;
    }

    /**
     * A model that answers as the models of the trace did, call by call, and so plays every one of them. Where the agent
     * asks something else than was asked then, or more, it throws an {@link AssertionError} that names the step and shows
     * where the prompts part. Usage is as recorded, by step; a call that failed fails again.
     *
     * <p>Tools: the calls that a step has are asked for again, and what the agent's tools give must be what they gave.
     * Let {@link #tools} stand in for tools that don't always give the same.
     *
     * <p>What a trace does not have: a critic's answer that could not be read, where a second one could. That critic is
     * answered with the second one at once.
     *
     * @throws IllegalArgumentException where a text that is needed was erased
     */
    public ScriptedChatModel model() {
        return TraceScript.of(steps);
    }

    /**
     * Tools that give what they gave in the trace, and execute nothing.
     *
     * @param like for their names, and what models are told of them
     */
    public Tools tools(Tools like) {
        return TraceScript.tools(steps, like);
    }
}
