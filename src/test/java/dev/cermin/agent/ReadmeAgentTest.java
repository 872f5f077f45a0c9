package dev.cermin.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.cermin.agent.AgentDefinition.Critic;
import dev.cermin.policy.Acceptance;
import dev.cermin.policy.Acceptance.Critics;
import dev.cermin.policy.Acceptance.Merge;
import dev.cermin.policy.Escalation;
import dev.cermin.policy.Policy;
import dev.cermin.policy.Start;
import dev.cermin.tool.Tools;
import dev.cermin.verify.Verifiers;
import dev.langchain4j.agent.tool.ToolSpecification;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The agent that the README shows, and what it says of agent files. */
class ReadmeAgentTest extends AgentFolder {
    private String readme = "";
    private String haiku = "";

    @BeforeEach
    void theReadme() throws IOException {
        readme = Files.readString(Path.of("README.md"));
        int begin = readme.indexOf("name: haiku");
        haiku = readme.substring(begin, readme.indexOf("```", begin));
    }

    @Override
    Agents agents() {
        Tools tools = Tools.of(ToolSpecification.builder().name("syllables").build(), arguments -> "5");
        return Agents.of(Source.folder(root), Verifiers.standard(), tools, Set.of("chat", "judge", "large"));
    }

    @Test
    void theAgentIsReadAsItStandsThere() {
        write("agents/haiku.yaml", haiku);

        AgentDefinition agent = agents().named("haiku");

        assertThat(agent.modelNames()).containsExactly("chat", "judge", "large");
        assertThat(agent.tools()).containsExactly("syllables");
        assertThat(agent.verifiers().getLast().settings()).isEqualTo(Map.of("relation", "less than", "num-words", 18));
        assertThat(agent.critics())
                .containsExactly(
                        Critic.judge("form", "judge", "Three lines of 5, 7 and 5 syllables", "A season is named")
                                .withTools("syllables"),
                        Critic.judge("taste", "chat", "It is no cliché"));
        assertThat(agent.policy())
                .isEqualTo(Policy.of(
                        new Acceptance(Critics.UNVERIFIED, 0.8, Merge.WEIGHTED, Map.of("form", 2.0)),
                        Start.bestOf(3),
                        Escalation.to("large")));
    }

    @Test
    void itsFaultsAreToldAsTheyStandThere() {
        write("agents/haiku.yaml", haiku.replace("num-words:", "num-word:").replace("{form: 2}", "{from: 2}"));

        AgentFileException thrown = catchThrowableOfType(AgentFileException.class, this::agents);

        assertThat(readme).contains(thrown.getMessage().replace(root + "/", ""));
        assertThat(thrown.faults()).hasSize(2);
    }

    @Test
    void everyKeyIsInItsTables() {
        Set<String> keys = faults(
                        "x: 1\npolicy: {x: 1, acceptance: {x: 1}, start: {x: 1}, schedule: {x: 1}, escalation: {x: 1}}\n")
                .stream()
                .map(Fault::message)
                .filter(message -> message.startsWith("is not a key here"))
                .map(message -> message.substring(message.indexOf('[') + 1, message.indexOf(']')))
                .flatMap(known -> List.of(known.split(", ")).stream())
                .collect(Collectors.toSet());

        assertThat(keys).hasSizeGreaterThan(25);
        for (String key : keys) {
            assertThat(readme).containsPattern("(?m)(^|[`. \\]])" + key + "[`:.\\[]");
        }
    }
}
