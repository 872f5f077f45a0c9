package dev.cermin.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cermin.agent.AgentDefinition;
import dev.cermin.agent.AgentFileException;
import dev.cermin.agent.Agents;
import dev.cermin.config.CerminConfig;
import dev.cermin.model.Model;
import dev.cermin.model.Models;
import dev.cermin.verify.Verifiers;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PartsTest {
    @TempDir
    Path root;

    private final Map<String, String> settings = new HashMap<>();

    @BeforeEach
    void anAgentOfTheUsersOwn() throws IOException {
        Files.createDirectories(root.resolve("agents"));
        Files.writeString(root.resolve("agents/own.yaml"), """
                name: own
                version: 1
                models: {generate: larger}
                """);
        settings.put("cermin.folder", root.toString());
        settings.put("user.home", root.toString());
    }

    @Test
    void anAgentInAFolderThatNamesAModelThatIsNotConfiguredIsRefused() {
        settings.put("cermin.models.large.provider", "jlama");

        assertThatThrownBy(this::agents)
                .isInstanceOf(AgentFileException.class)
                .hasMessage(
                        root.resolve("agents/own.yaml")
                                + ":3: models.generate: there is no model 'larger'; configured are [large, mirror]; did you mean 'large'?");
    }

    @Test
    void oneThatNamesAConfiguredModelIsTaken() {
        settings.put("cermin.models.larger.provider", "jlama");

        assertThat(agents().named("own").modelNames()).containsExactly("larger");
    }

    @Test
    void agentsThatComeWithCerminAreThereWithoutTheirModels() {
        settings.remove("cermin.folder");

        assertThat(agents().all()).extracting(AgentDefinition::name).contains("equations", "equations-chat");
    }

    @Test
    void aProcessThatCallsNoModelsNeedsNone() {
        settings.put("cermin.roles", "gateway");

        assertThat(agents().find("own")).isPresent();
    }

    @Test
    void norDoesAWorkerThatLeavesARoleToOthers() {
        settings.put("cermin.lanes.generate.enabled", "false");

        assertThat(agents().find("own")).isPresent();
    }

    @Test
    void modelsOfTheApplicationsOwnAreTakenAtTheirWord() {
        Models own = name -> new Model(name, "own", null, null);

        assertThat(new Parts().agents(config(), Verifiers.standard(), own).find("own"))
                .isPresent();
    }

    private Agents agents() {
        Parts parts = new Parts();
        CerminConfig config = config();
        return parts.agents(config, Verifiers.standard(), parts.models(config, parts.engines(config)));
    }

    private CerminConfig config() {
        return new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                .addDiscoveredConverters()
                .withMapping(CerminConfig.class)
                .withSources(new PropertiesConfigSource(settings, "test", 100))
                .build()
                .getConfigMapping(CerminConfig.class);
    }
}
