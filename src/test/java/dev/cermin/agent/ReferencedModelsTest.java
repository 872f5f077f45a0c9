package dev.cermin.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cermin.tool.Tools;
import dev.cermin.verify.Verifiers;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReferencedModelsTest extends AgentFolder {
    private static final String MODELS = """
            models:
              generate: small
              correct: small
              reflect: large
            """;
    private static final String AGENT = GOOD.replace("models:\n  generate: small\n", MODELS)
            .replace("    prompt: sums/reflect@1\n", "    prompt: sums/reflect@1\n    model: large\n")
            .replace("  rounds: 3\n", "  escalation: {models: [large]}\n");

    @Override
    Agents agents() {
        return Agents.of(Source.folder(root), Verifiers.standard(), Tools.NONE, Set.of("small", "large"));
    }

    @Test
    void configuredModelsCanBeNamed() {
        assertThat(read(AGENT).modelNames()).containsExactly("large", "small");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            generate: small | generate: smal     | 4  | models.generate              | smal
            correct: small  | correct: smal      | 5  | models.correct               | smal
            reflect: large  | reflect: huge      | 6  | models.reflect               | huge
            model: large    | model: lrage       | 14 | critics[0].model             | lrage
            models: [large] | models: [large, x] | 16 | policy.escalation.models[1] | x
            """)
    void anotherModelIsAFaultWithTheNearestName(String good, String bad, int line, String key, String name) {
        String hint =
                name.equals("smal") ? "; did you mean 'small'?" : name.equals("lrage") ? "; did you mean 'large'?" : "";

        assertThat(faults(AGENT.replace(good, bad)))
                .containsExactly(new Fault(
                        file(),
                        line,
                        key,
                        "there is no model '%s'; configured are [large, small]%s".formatted(name, hint)));
    }

    @Test
    void aModelThatEveryRoleTakesOverIsToldOnce() {
        assertThat(faults(GOOD.replace("generate: small", "generate: none")))
                .extracting(Fault::key)
                .containsExactly("models.generate");
    }

    @Test
    void withoutKnowingTheModelsNothingIsChecked() {
        write("agents/sums.yaml", AGENT.replace("large", "whatever"));

        assertThat(Agents.ofFolder(root).named("sums").modelNames()).containsExactly("small", "whatever");
    }
}
