package dev.cermin.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cermin.verify.Check;
import dev.cermin.verify.SettingException;
import dev.cermin.verify.Settings;
import dev.cermin.verify.Verifier;
import dev.cermin.verify.VerifierProvider;
import dev.cermin.verify.VerifierSpec;
import dev.cermin.verify.Verifiers;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VerifierFileTest extends AgentFolder {
    private static final VerifierProvider OWN = () -> Map.of(
            "size",
            VerifierFileTest::size,
            "schema",
            VerifierFileTest::schema,
            "far",
            settings -> {
                throw new NoClassDefFoundError("org/example/Far");
            },
            "moody",
            settings -> {
                throw new IllegalStateException("no sandbox here; install one");
            });

    private static Verifier size(Settings settings) {
        settings.optionalText("unit");
        settings.whole("max", 1);
        settings.noOthers();
        return Verifier.of("size", answer -> Check.pass("size", ""));
    }

    private static Verifier schema(Settings settings) {
        Object schema = settings.value("schema");
        settings.noOthers();
        if (schema instanceof Map<?, ?> map && map.get("type") instanceof Integer) {
            throw new SettingException("schema.type", "a type's name is expected, not " + map.get("type"));
        }
        return Verifier.of("schema", answer -> Check.pass("schema", ""));
    }

    @Override
    Agents agents() {
        return Agents.of(Source.folder(root), Verifiers.standard().with(OWN));
    }

    @Test
    void namesAndNamesWithSettingsStandInOneList() {
        AgentDefinition agent = read(with("""
                  - arithmetic
                  - size: {unit: words, max: 100}
                  - size:
                      max: 3
                """));

        assertThat(agent.verifiers())
                .containsExactly(
                        new VerifierSpec("arithmetic"),
                        new VerifierSpec("size", Map.of("unit", "words", "max", 100)),
                        new VerifierSpec("size", Map.of("max", 3)));
    }

    @Test
    void settingsHaveTheTypesThatTheyLookLike() {
        AgentDefinition agent = read(with("""
                  - schema:
                      schema:
                        type: object
                        required: [name, "1"]
                        properties:
                          name: {minLength: 2, pattern: "[a-z]+"}
                          share: {maximum: 0.25, exclusiveMinimum: -1}
                        additionalProperties: false
                        minProperties: 12345678901
                        enum: [true, null, "true", 1.0, [1]]
                """));

        assertThat(agent.verifiers().getFirst().settings().get("schema"))
                .isEqualTo(Map.of(
                        "type",
                        "object",
                        "required",
                        List.of("name", "1"),
                        "properties",
                        Map.of(
                                "name", Map.of("minLength", 2, "pattern", "[a-z]+"),
                                "share", Map.of("maximum", 0.25, "exclusiveMinimum", -1)),
                        "additionalProperties",
                        false,
                        "minProperties",
                        12_345_678_901L,
                        "enum",
                        Arrays.asList(true, null, "true", 1.0, List.of(1))));
        assertThat(AgentDefinition.of(agent.content())).isEqualTo(agent);
        assertThat(AgentDefinition.of(agent.content()).hash()).isEqualTo(agent.hash());
    }

    @Test
    void theOrderOfSettingsDoesNotMatter() {
        AgentDefinition agent = read(with("  - size: {unit: words, max: 100}\n"));
        AgentDefinition other = read(with("  - size:\n      max: 100\n      unit: words\n"));

        assertThat(other).isEqualTo(agent);
        assertThat(other.hash()).isEqualTo(agent.hash());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            - arithmetik           | 9 | verifiers[0] | there is no verifier 'arithmetik'; known are [arithmetic,
            - [arithmetic]         | 9 | verifiers[0] | a verifier's name, or its name and its settings, is expected
            -                      | 9 | verifiers[0] | is empty
            - size                 | 9 | verifiers[0].size.max | is missing; a whole number from 1 is expected
            - size: {}             | 9 | verifiers[0].size.max | is missing; a whole number from 1 is expected
            - size:                | 9 | verifiers[0].size | a mapping of settings is expected; without any, write the name alone: - size
            - size: 100            | 9 | verifiers[0].size | a mapping of settings is expected
            - size: [100]          | 9 | verifiers[0].size | a mapping of settings is expected
            - size: {max: many}    | 9 | verifiers[0].size.max | a whole number from 1 is expected, not many
            - size: {max: [1]}     | 9 | verifiers[0].size.max | a whole number from 1 is expected, not [1]
            - size: {max: .inf}    | 9 | verifiers[0].size.max | a finite number is expected, not Infinity
            - size: {max: !!binary aGk=} | 9 | verifiers[0].size.max | a text, a number, true, false, a list or a map is expected, not a byte[]
            - size: {max: 1, unti: words} | 9 | verifiers[0].size.unti | is not a setting here; known are [max, unit]; did you mean 'unit'?
            - sise: {max: 1}       | 9 | verifiers[0] | there is no verifier 'sise'; known are
            - arithmetic: {max: 1} | 9 | verifiers[0].arithmetic.max | is not a setting here; there are none
            "- arithmetic\n  - size:\n      unit: words\n      max: 0" | 12 | verifiers[1].size.max | a whole number from 1 is expected, not 0
            "- arithmetic\n  - size:\n    max: 3" | 10 | verifiers[1] | one verifier's name is expected, with its settings indented below it, not the keys [size, max] side by side
            "- schema:\n      schema:\n        type: 3" | 11 | verifiers[0].schema.schema.type | a type's name is expected, not 3
            "- schema:\n      schema:\n        type: a\n        type: b" | 12 | verifiers[0].schema.schema.type | stands here a second time
            - far: {}              | 9 | verifiers[0].far | verifier 'far' needs a library that is not on the class path: org/example/Far
            - moody                | 9 | verifiers[0].moody | verifier 'moody' can't be made: no sandbox here; install one
            """)
    void aFaultIsToldAtTheSettingsPlace(String bad, int line, String key, String message) {
        assertFault(with("  " + bad.replace("\\n", "\n") + "\n"), line, key, message);
    }

    @Test
    void theNearestVerifierIsNamed() {
        assertThat(faults(with("  - sise\n")).getFirst().message()).endsWith("; did you mean 'size'?");
    }

    @Test
    void verifiersAreAList() {
        assertFault(GOOD.replace("[arithmetic]", "arithmetic"), 8, "verifiers", "a list is expected");
        assertFault(GOOD.replace("[arithmetic]", "{size: {max: 1}}"), 8, "verifiers", "a list is expected");
    }

    @Test
    void theFaultsOfAllVerifiersAreToldAtOnce() {
        assertThat(faults(with("  - far\n  - size: {max: 0}\n  - moody\n  - nothing\n")))
                .extracting(Fault::key)
                .containsExactly("verifiers[0].far", "verifiers[1].size.max", "verifiers[2].moody", "verifiers[3]");
    }

    private static String with(String verifiers) {
        return GOOD.replace("verifiers: [arithmetic]\n", "verifiers:\n" + verifiers);
    }
}
