package dev.cermin.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonSchemaVerifierTest {
    private static final String ORDER = """
            {"type": "object",
             "properties": {
               "id": {"type": "integer", "minimum": 1},
               "due": {"type": "string", "format": "date"},
               "a/b": {"type": "array", "items": {"enum": ["x", "y"]}}},
             "required": ["id"],
             "additionalProperties": false}
            """;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"id\": 7}",
                "  {\"id\": 7, \"due\": \"2024-02-29\", \"a/b\": [\"x\", \"y\"]}\n",
                "```json\n{\"id\": 7}\n```",
                "```\n{\"id\": 7}```",
            })
    void validJsonPassesInAFenceOrWithout(String answer) {
        assertThat(check(ORDER, answer)).isEqualTo(Check.pass("json-schema", "The JSON is valid by the schema"));
    }

    @Test
    void everyViolationIsToldWithItsPointer() {
        Check check = check(ORDER, "{\"id\": 0.5, \"due\": \"2024-02-30\", \"a/b\": [\"x\", \"z\"], \"more\": 1}");

        assertThat(check.passed()).isFalse();
        assertThat(check.message().substring("The JSON is not valid: ".length()).split("; "))
                .anySatisfy(text -> assertThat(text).startsWith("/id: ").contains("integer expected"))
                .anySatisfy(text -> assertThat(text).startsWith("/id: ").contains("minimum value of 1"))
                .anySatisfy(text -> assertThat(text).startsWith("/due: ").contains("date"))
                .anySatisfy(text -> assertThat(text).startsWith("/a~1b/1: ").contains("enumeration"))
                .anySatisfy(text -> assertThat(text).startsWith("at the root: ").contains("'more'"));
        assertThat(check(ORDER, "{}").message())
                .isEqualTo("The JSON is not valid: at the root: required property 'id' not found");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '@', textBlock = """
            {"id": 7} and more    | line 1, column 11: Unrecognized token 'and'
            Here it is: {"id": 7} | line 1, column 1: Unrecognized token 'Here'
            {"id": 1, "id": 2}    | line 1, column 15: Duplicate field 'id'
            {"id": 7,}            | line 1, column 10: Unexpected character
            {'id': 7}             | line 1, column 2: Unexpected character
            @@                    | it is empty
            """)
    void whatIsNoJsonFailsWithThePlace(String answer, String reason) {
        assertThat(check(ORDER, answer).message()).startsWith("The answer is not JSON: " + reason);
    }

    @Test
    void manyViolationsAreCounted() {
        Check check = check("{\"items\": {\"type\": \"string\"}}", "[" + "1,".repeat(149) + "1]");

        assertThat(check.message()).contains("/99: ").doesNotContain("/100: ").endsWith("; and 50 more");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '@', textBlock = """
            http://json-schema.org/draft-04/schema#      | {"maximum": 3, "exclusiveMaximum": true}
            http://json-schema.org/draft-07/schema#      | {"exclusiveMaximum": 3}
            https://json-schema.org/draft/2019-09/schema | {"exclusiveMaximum": 3}
            """)
    void theDraftIsTheOneThatTheSchemaNames(String draft, String schema) {
        String named = schema.replaceFirst("\\{", "{\"\\$schema\": \"" + draft + "\", ");

        assertThat(check(named, "2").passed()).isTrue();
        assertThat(check(named, "3").passed()).isFalse();
    }

    @Test
    void definitionsOfTheSchemaItselfCanBeReferredTo() {
        String schema = "{\"$defs\": {\"n\": {\"type\": \"integer\"}}, \"items\": {\"$ref\": \"#/$defs/n\"}}";

        assertThat(check(schema, "[1, 2]").passed()).isTrue();
        assertThat(check(schema, "[1, true]").message()).contains("/1: boolean found, integer expected");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://example.com/x.json",
                "http://127.0.0.1:1/x.json",
                "file:///etc/passwd",
                "classpath:/x.json",
                "other.json"
            })
    void aReferenceToAnotherSchemaIsRefusedAndNothingFetched(String ref) {
        assertThatThrownBy(() -> JsonSchemaVerifier.of(
                        "{\"properties\": {\"a\": {\"items\": {\"$ref\": \"%s\"}}}}".formatted(ref)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "it refers to '%s', and nothing is fetched: put that schema under $defs,"
                                + " and refer to #/$defs/NAME",
                        ref);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '@', textBlock = """
            {"type": "strong"}                     | /type: does not have a value in the enumeration
            {"properties": {"a": {"minLength": -1}}} | /properties/a/minLength: must have a minimum value of 0
            {"pattern": "("}                       | /pattern: does not match the regex pattern
            {"$ref": "#/$defs/none"}               | Reference /$defs/none cannot be resolved
            {"$schema": "https://example.com/own"} | its $schema, 'https://example.com/own', is no draft that is known
            []                                     | at the root: array found, [object, boolean] expected
            {type: 1}                              | line 1, column 2: Unexpected character
            """)
    void aFaultySchemaIsRefusedAtOnce(String schema, String reason) {
        assertThatThrownBy(() -> JsonSchemaVerifier.of(schema))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(reason);
    }

    @Test
    void aSchemaOfAnAgentFileIsMapsAndLists() {
        Verifier verifier = Verifiers.standard()
                .of(new VerifierSpec(
                        "json-schema",
                        Map.of(
                                "schema",
                                Map.of(
                                        "required",
                                        List.of("n"),
                                        "properties",
                                        Map.of("n", Map.of("type", "integer"))))));

        assertThat(verifier.verify(new Answer("", "{\"n\": 1}")).passed()).isTrue();
        assertThat(verifier.verify(new Answer("", "{\"n\": \"1\"}")).message())
                .isEqualTo("The JSON is not valid: /n: string found, integer expected");
    }

    @Test
    void neitherASchemaNorAnAnswerCanHoldItUp() {
        String slow = "{\"pattern\": \"^(.*)(.*)(.*)(.*)(.*)(.*)[xy]z$\"}";

        Assertions.assertTimeoutPreemptively(Duration.ofSeconds(10), () -> {
            assertThat(check(slow, "\"" + "x".repeat(300) + "\"").message())
                    .startsWith("The answer can't be checked: the pattern")
                    .contains("takes more than 10000000 steps");
            assertThat(check("{\"items\": {\"$ref\": \"#\"}}", "[".repeat(5000) + "]".repeat(5000))
                            .message())
                    .startsWith("The answer is not JSON: ")
                    .contains("nesting depth");
            assertThat(check("{\"$ref\": \"#\"}", "1").message())
                    .isEqualTo("The answer can't be checked: the schema refers to itself without end");
            assertThat(check("{\"multipleOf\": 0.01}", "1e999999999").passed()).isFalse();
        });
    }

    private static Check check(String schema, String answer) {
        return JsonSchemaVerifier.of(schema).verify(new Answer("", answer == null ? "" : answer));
    }
}
