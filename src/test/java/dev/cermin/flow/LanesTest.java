package dev.cermin.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cermin.agent.AgentDefinition;
import dev.cermin.config.CerminConfig;
import dev.cermin.fixture.Samples;
import dev.cermin.loop.Action.Correct;
import dev.cermin.loop.Action.Generate;
import dev.cermin.loop.Action.Reflect;
import dev.cermin.loop.Action.Verify;
import dev.cermin.loop.LoopState;
import dev.cermin.policy.Policy;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LanesTest {
    private static final AgentDefinition AGENT = Samples.agent(List.of("arithmetic"), List.of("taste"), Policy.DEFAULT);
    private static final LoopState STATE = LoopState.start(Samples.task("2+2"), AGENT.plan());

    static Lanes lanes(String... modelsAndLanes) {
        Map<String, String> settings = new HashMap<>();
        settings.put("user.home", "/nowhere");
        for (int i = 0; i < modelsAndLanes.length; i += 2) {
            settings.put("cermin.models." + modelsAndLanes[i] + ".provider", "openai");
            settings.put("cermin.models." + modelsAndLanes[i] + ".lane", modelsAndLanes[i + 1]);
        }
        return Lanes.of(new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                .addDiscoveredConverters()
                .withMapping(CerminConfig.class)
                .withSources(new PropertiesConfigSource(settings, "test", 100))
                .build()
                .getConfigMapping(CerminConfig.class));
    }

    @Test
    void rolesHaveLanesWhereModelsHaveNone() {
        Lanes lanes = lanes();
        assertThat(lanes.of(new Generate(), STATE, AGENT)).contains("generate");
        assertThat(lanes.of(new Correct(), STATE, AGENT)).contains("correct");
        assertThat(lanes.of(new Reflect("taste"), STATE, AGENT)).contains("reflect");
        assertThat(lanes.of(new Verify(), STATE, AGENT)).isEmpty();
        assertThat(lanes.names()).containsExactly("generate", "reflect", "correct");
    }

    @Test
    void aModelsOwnLaneGoesBeforeItsRoles() {
        Lanes lanes = lanes("judge", "gpu", "other", "cpu");
        assertThat(lanes.of(new Generate(), STATE, AGENT)).contains("generate");
        assertThat(lanes.of(new Reflect("taste"), STATE, AGENT)).contains("gpu");
        assertThat(lanes.names()).containsExactly("generate", "reflect", "correct", "cpu", "gpu");
        assertThat(lanes.topics()).containsKeys("cermin.steps.gpu", "cermin.steps.cpu", "cermin.steps.generate");
    }

    @Test
    void aNameThatCanBeNoLanesIsRefused() {
        assertThatThrownBy(() -> lanes("judge", "intake"))
                .hasMessageStartingWith("cermin.models.judge.lane is 'intake'; a name other than intake is expected");
        assertThatThrownBy(() -> lanes("judge", "GPU 1")).hasMessageStartingWith("cermin.models.judge.lane is 'GPU 1'");
    }
}
