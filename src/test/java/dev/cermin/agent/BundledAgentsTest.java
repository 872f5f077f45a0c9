package dev.cermin.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class BundledAgentsTest {
    private static final Path ROOT = Path.of("");

    @Test
    void theyLoadFromTheFolderAndTheClassPathAlike() {
        Agents folder = Agents.ofFolder(ROOT);

        assertThat(folder.all())
                .extracting(AgentDefinition::name)
                .contains("equations", "arithmetic", "equations-chat");
        assertThat(List.copyOf(Agents.ofClassPath().all())).isEqualTo(List.copyOf(folder.all()));
    }

    @Test
    void theIndexListsTheFolder() throws IOException {
        assertThat(Files.readAllLines(ROOT.resolve("agents/index.txt")))
                .isEqualTo(Source.folder(ROOT).agentNames());
    }

    @Test
    void everyPromptFileIsUsed() throws IOException {
        Set<String> used = new TreeSet<>();
        for (AgentDefinition agent : Agents.ofFolder(ROOT).all()) {
            agent.prompts().values().forEach(prompt -> used.add(prompt.id()));
            agent.critics().forEach(critic -> used.add(critic.prompt().id()));
        }
        // what a rubric stands for is no file
        used.removeIf(id -> id.startsWith("default/"));
        try (Stream<Path> files = Files.walk(ROOT.resolve("prompts"))) {
            Set<String> there = files.filter(Files::isRegularFile)
                    .map(file ->
                            ROOT.resolve("prompts").relativize(file).toString().replace('\\', '/'))
                    .map(file -> file.replaceFirst("\\.yaml$", ""))
                    .collect(Collectors.toCollection(TreeSet::new));
            assertThat(there).isEqualTo(used);
        }
    }

    @Test
    void theirContentIsEnoughToRunThem() {
        for (AgentDefinition agent : Agents.ofFolder(ROOT).all()) {
            assertThat(AgentDefinition.of(agent.content())).isEqualTo(agent);
            assertThat(AgentDefinition.of(agent.content()).hash()).isEqualTo(agent.hash());
        }
    }
}
