package dev.cermin.eval.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.cermin.agent.AgentFileException;
import dev.cermin.agent.Fault;
import dev.cermin.eval.Item;
import dev.cermin.eval.Score;
import dev.cermin.eval.Suite;
import dev.cermin.verify.Check;
import dev.cermin.verify.Verifier;
import dev.cermin.verify.VerifierUnavailableException;
import dev.cermin.verify.Verifiers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CasesTest {
    private static final String YAML = """
            # shop.yaml
            - id: apples
              category: shopping
              input: |
                Five apples cost 3 €.
                What do 20 apples cost?
              contains: [12, €]
            - id: capital
              input: What is the capital of Malaysia?
              equals: Kuala Lumpur
            - id: flight
              input: Name a flight
              matches: "[A-Z]{2}[0-9]{3,4}"
            - id: haiku
              input: A haiku about autumn
              gold: three lines without a comma
              metadata: {season: autumn, lines: 3}
              verifiers:
                - punctuation-no-comma
                - length: {unit: lines, min: 3, max: 3}
            """;

    private static final String LINES = """
            {"id": "apples", "category": "shopping", "input": "Five apples cost 3 €.\\nWhat do 20 apples cost?\\n", "contains": ["12", "€"]}

            {"id": "capital", "input": "What is the capital of Malaysia?", "equals": "Kuala Lumpur"}
            {"id": "flight", "input": "Name a flight", "matches": "[A-Z]{2}[0-9]{3,4}"}
            {"id": "haiku", "input": "A haiku about autumn", "gold": "three lines without a comma", "metadata": {"season": "autumn", "lines": 3}, "verifiers": ["punctuation-no-comma", {"length": {"unit": "lines", "min": 3, "max": 3}}]}
            """;

    @TempDir
    Path folder;

    @Test
    void aFileIsASuite() {
        Suite suite = Cases.read(write("shop.yaml", YAML));

        assertThat(suite.name()).isEqualTo("shop");
        assertThat(suite.source()).contains("shop.yaml, SHA-256 ");
        assertThat(suite.items()).extracting(Item::id).containsExactly("apples", "capital", "flight", "haiku");
        assertThat(suite.items()).extracting(Item::category).containsExactly("shopping", "shop", "shop", "shop");
        assertThat(suite.items())
                .extracting(Item::gold)
                .containsExactly("12, €", "Kuala Lumpur", "[A-Z]{2}[0-9]{3,4}", "three lines without a comma");
        assertThat(suite.items().getFirst().input()).isEqualTo("Five apples cost 3 €.\nWhat do 20 apples cost?\n");
        assertThat(suite.items().getLast().metadata()).isEqualTo(Map.of("season", "autumn", "lines", "3"));
    }

    @Test
    void jsonLinesSayTheSame() {
        Suite yaml = Cases.read(write("shop.yaml", YAML));
        Suite lines = Cases.read(write("shop.jsonl", LINES));

        assertThat(lines.items())
                .usingRecursiveFieldByFieldElementComparatorIgnoringFields("scorer")
                .isEqualTo(yaml.items());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            apples  | They cost 12 €.     | true  | contains: All of it is there
            apples  | They cost 12 euros. | false | contains: It lacks '€'
            capital | ' Kuala Lumpur\n'   | true  | equals: It is 'Kuala Lumpur'
            capital | Putrajaya           | false | equals: It is 'Putrajaya', where 'Kuala Lumpur' is expected
            flight  | MH370               | true  | regex: The answer matches
            flight  | MH 370              | false | regex: The answer does not match the pattern
            """)
    void whatIsExpectedTellsRightFromWrong(String id, String answer, boolean right, String reason)
            throws InterruptedException {
        for (Path file : List.of(write("shop.yaml", YAML), write("shop.jsonl", LINES))) {
            Score score = score(Cases.read(file), id, answer);

            assertThat(score.right()).as(score.reason()).isEqualTo(right);
            assertThat(score.reason()).startsWith(reason);
            assertThat(score.read()).isEqualTo(answer.strip());
        }
    }

    @Test
    void everyCheckMustHoldAndEveryFailureIsTold() throws InterruptedException {
        Suite suite = Cases.read(write("shop.yaml", YAML));

        assertThat(score(suite, "haiku", "leaves\nfall\nslowly").right()).isTrue();
        assertThat(score(suite, "haiku", "leaves,\nfall\nslowly").right()).isFalse();
        assertThat(score(suite, "haiku", "leaves, fall").reason())
                .contains("punctuation-no-comma: ", "; length: ")
                .doesNotContain("\n");
    }

    @Test
    void theVerifiersSeeTheTaskAndItsMetadata() throws InterruptedException {
        Verifier own = Verifier.of(
                "season",
                answer -> answer.output().contains(answer.metadata().get("season"))
                        ? Check.pass("season", answer.input())
                        : Check.fail(
                                "season",
                                "It does not name " + answer.metadata().get("season")));
        Suite suite = Cases.read(
                write("own.yaml", "- {id: a, input: A haiku, metadata: {season: fall}, verifiers: [season]}"),
                Verifiers.standard().with(own));

        assertThat(score(suite, "a", "leaves fall").reason()).isEqualTo("season: A haiku");
        assertThat(score(suite, "a", "leaves").reason()).isEqualTo("season: It does not name fall");
    }

    @Test
    void aVerifierThatFailsByItselfIsAWrongAnswerAndOneThatCanNotJudgeIsNone() throws InterruptedException {
        Path file = write("own.yaml", "- {id: a, input: A haiku, verifiers: [own]}");
        Suite broken = Cases.read(file, Verifiers.standard().with(Verifier.of("own", answer -> {
            throw new IllegalStateException("out of order");
        })));
        Suite unable = Cases.read(file, Verifiers.standard().with(Verifier.of("own", answer -> {
            throw new VerifierUnavailableException("no sandbox here");
        })));

        assertThat(score(broken, "a", "x").reason())
                .isEqualTo("own: The verifier itself failed: java.lang.IllegalStateException: out of order");
        assertThatThrownBy(() -> score(unable, "a", "x"))
                .isInstanceOf(VerifierUnavailableException.class)
                .hasMessage("no sandbox here");
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> score(unable, "a", "x")).isInstanceOf(InterruptedException.class);
    }

    @Test
    void everyFaultIsToldAtOnceWithFileLineAndKey() {
        Path file = write("shop.yaml", """
                - id: apples
                  inptu: What do 20 apples cost?
                  equals: 12
                - id: apples
                  input: What is the capital of Malaysia?
                - input: A haiku
                  verifiers:
                    - lenght: {unit: lines}
                    - length: {unit: miles, max: 3}
                - just a text
                - id: flight
                  input: Name a flight
                  matches: "[A-Z"
                - id: flags
                  input: Name a flag
                  metadata: [red]
                  contains: []
                """);

        assertThat(faults(file))
                .extracting(Fault::toString)
                .containsExactly(
                        file + ":1: [0].input: is missing",
                        file + ":2: [0].inptu: is not a key here; known are [category, contains, equals, gold, id,"
                                + " input, matches, metadata, verifiers]; did you mean 'input'?",
                        file + ":4: [1]: does not say what is expected; one of [equals, contains, matches, verifiers]"
                                + " is to",
                        file + ":4: [1].id: 'apples' is the id of the case in line 1 already",
                        file + ":6: [2].id: is missing",
                        file + ":8: [2].verifiers[0]: there is no verifier 'lenght'; known are "
                                + Verifiers.standard().names() + "; did you mean 'length'?",
                        file + ":9: [2].verifiers[1].length.unit: one of [characters, words, lines, sentences,"
                                + " paragraphs] is expected, not 'miles'",
                        file + ":10: [3]: a mapping of keys to values is expected",
                        file + ":13: [4].matches: '[A-Z' is not a pattern: Unclosed character class, at character 4",
                        file + ":16: [5].metadata: a mapping of keys to values is expected",
                        file + ":17: [5].contains: is empty; a text or a list of texts is expected");
    }

    @Test
    void jsonLinesAreToldByTheirLine() {
        Path file = write("shop.jsonl", """
                {"id": "apples", "input": "What do 20 apples cost?", "equal": "12"}

                {"id": "capital", "input": "What is the capital of Malaysia?"
                {id: flight, input: Name a flight, equals: MH370}
                {"id": "haiku", "input": "A haiku", "verifiers": []}
                "just a text"
                """);

        assertThat(faults(file))
                .extracting(Fault::toString)
                .containsExactly(
                        file + ":1: does not say what is expected; one of [equals, contains, matches, verifiers] is to",
                        file + ":1: equal: is not a key here; known are [category, contains, equals, gold, id, input,"
                                + " matches, metadata, verifiers]; did you mean 'equals'?",
                        file + ":3: not JSON: Unexpected end-of-input: expected close marker for Object",
                        file + ":4: not JSON: Unexpected character ('i' (code 105)): was expecting double-quote to"
                                + " start field name",
                        file + ":5: verifiers: is empty; a list of verifiers is expected",
                        file + ":6: a mapping of keys to values is expected");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            shop.yaml  | 'id: apples'    | :1: a list is expected
            shop.yaml  | '- id: [apples' | :1: not YAML: expected ',' or ']', but got <stream end>, while parsing a flow sequence
            shop.yaml  | '[]'            | : there are no cases; a list of them is expected
            shop.yml   | ''              | : the file is empty
            shop.jsonl | ''              | : the file is empty
            shop.jsonl | ' '             | : there are no cases; a list of them is expected
            shop.json  | '[]'            | : the file's name is to end in .yaml or .yml, or in .jsonl for JSON Lines
            """)
    void whatIsNoFileOfCasesIsToldAsSuch(String name, String text, String fault) {
        Path file = write(name, text);

        assertThat(faults(file)).extracting(Fault::toString).containsExactly(file + fault);
    }

    @Test
    void aFileThatIsNotThereOrNotUtf8IsToldAsSuch() throws IOException {
        Path latin = folder.resolve("latin.jsonl");
        Files.write(latin, "\n{\"id\": \"caf\u00e9\"}\n".getBytes(StandardCharsets.ISO_8859_1));

        assertThat(faults(folder.resolve("none.yaml")))
                .extracting(Fault::toString)
                .containsExactly(folder.resolve("none.yaml") + ": there is no such file");
        assertThat(faults(latin))
                .extracting(Fault::toString)
                .containsExactly(latin + ":2: not UTF-8 text: the byte 0xE9 can't stand here");
    }

    private static Score score(Suite suite, String id, String answer) throws InterruptedException {
        return suite.items().stream()
                .filter(item -> item.id().equals(id))
                .findFirst()
                .orElseThrow()
                .scorer()
                .score(answer);
    }

    private static List<Fault> faults(Path file) {
        AgentFileException thrown = catchThrowableOfType(AgentFileException.class, () -> Cases.read(file));
        assertThat(thrown).as("the file is refused").isNotNull();
        return thrown.faults();
    }

    private Path write(String name, String text) {
        try {
            return Files.writeString(folder.resolve(name), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
