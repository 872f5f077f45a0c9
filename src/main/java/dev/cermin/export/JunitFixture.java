package dev.cermin.export;

import dev.cermin.agent.AgentDefinition;
import dev.cermin.json.Json;
import dev.cermin.trace.Replay;
import dev.cermin.trace.TraceStep;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A stored trace as a test of a project: its steps, its agent's definition, and a class that has the loop come to the
 * same outcome, and the agent go the same way with a model that says again what was said then.
 */
public final class JunitFixture {
    private static final String PACKAGE = "traces";

    private final List<TraceStep> steps;
    private final @Nullable String definition;

    /**
     * Of a finished trace.
     *
     * @param definition of its agent, as it is stored; null where it isn't: then only the loop is tested
     */
    public JunitFixture(List<TraceStep> steps, @Nullable String definition) {
        this.steps = List.copyOf(steps);
        this.definition = definition;
    }

    /**
     * Writes them.
     *
     * @param folder a project's {@code src/test}, which is made if need be
     * @return the test class
     * @throws UncheckedIOException where they can't be written
     */
    public Path write(Path folder) {
        String id = steps.getFirst().taskId().toString();
        Path resources = folder.resolve("resources").resolve(PACKAGE);
        Path classes = folder.resolve("java").resolve(PACKAGE);
        Path test = classes.resolve(name(id) + ".java");
        try {
            Files.createDirectories(resources);
            Files.createDirectories(classes);
            Files.writeString(
                    resources.resolve(id + ".jsonl"),
                    steps.stream().map(Json::text).collect(Collectors.joining("\n", "", "\n")));
            if (definition != null) {
                Files.writeString(resources.resolve(id + ".agent.json"), definition);
            }
            Files.writeString(test, source(id));
            return test;
        } catch (IOException e) {
            throw new UncheckedIOException("The test can't be written to " + folder, e);
        }
    }

    private static String name(String id) {
        return "Trace_" + id.replace('-', '_') + "_Test";
    }

    private String source(String id) {
        AgentDefinition agent =
                definition == null ? null : AgentDefinition.of(definition.getBytes(StandardCharsets.UTF_8));
        boolean again = agent != null && repeats(agent);
        String more = again ? AGAIN.replace("ID", id) : "";
        return CLASS.replace("IMPORTS", again ? AGAIN_IMPORTS : "")
                .replace("NAME", name(id))
                .replace("REASON", Replay.state(steps).outcome().stop().reason().name())
                .replace(
                        "ABOUT",
                        "Agent " + Replay.state(steps.subList(0, 1)).plan().agent() + ", task " + id)
                .replace("ID", id)
                .replace("AGAIN", more);
    }

    /** Tools are the application's own, lessons are not in a prompt that is asked anew. */
    private boolean repeats(AgentDefinition agent) {
        return agent.tools().isEmpty()
                && agent.critics().stream().allMatch(critic -> critic.tools().isEmpty())
                && Replay.state(steps.subList(0, 1)).lessons().isEmpty();
    }

    private static final String CLASS = """
            package traces;

            import static dev.cermin.testing.CerminAssertions.assertThat;

            import dev.cermin.loop.StopReason;
            import dev.cermin.testing.TraceFixture;
            import org.junit.jupiter.api.Test;
            IMPORTS
            /** ABOUT, as it was stored. */
            class NAME {
                private final TraceFixture fixture = TraceFixture.read(getClass().getResourceAsStream("ID.jsonl"));

                @Test
                void theLoopComesToTheSameOutcome() {
                    assertThat(fixture.outcome()).stoppedBy(StopReason.REASON);
                }
            AGAIN}
            """;

    private static final String AGAIN_IMPORTS = """
            import dev.cermin.Agent;
            import dev.cermin.agent.AgentDefinition;
            import java.io.IOException;
            """;

    private static final String AGAIN = """

                @Test
                void theAgentGoesTheSameWay() throws IOException {
                    try (var definition = getClass().getResourceAsStream("ID.agent.json")) {
                        var agent = Agent.builder(AgentDefinition.of(definition.readAllBytes()))
                                .model(fixture.model())
                                .build();

                        assertThat(agent.run(fixture.task())).wentAs(fixture.outcome());
                    }
                }
            """;
}
