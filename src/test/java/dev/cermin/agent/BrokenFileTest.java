package dev.cermin.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.cermin.verify.Verifiers;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that can't be read at all. */
class BrokenFileTest extends AgentFolder {
    @ParameterizedTest
    @ValueSource(strings = {"", "# only a comment\n", "---\n"})
    void anEmptyFileIsToldAsSuch(String text) {
        assertThat(faults(text)).singleElement().satisfies(fault -> {
            assertThat(fault.file()).isEqualTo(file());
            assertThat(fault.message()).containsAnyOf("is empty", "a mapping of keys to values is expected");
        });
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            just text                     | 1 | a mapping of keys to values is expected
            "- a\n- list"                 | 1 | a mapping of keys to values is expected
            "name: [unclosed\nversion"    | 2 | not YAML: expected ',' or ']', but got <stream end>, while parsing a flow sequence from line 1
            "name: sums\nversion: a: b"   | 2 | not YAML: mapping values are not allowed here
            "name: sums\n\tversion: 1"    | 2 | not YAML: found character '\\t(TAB)' that cannot start any token
            "name: sums\nversion: *one"   | 2 | not YAML: found undefined alias one
            "name: sums\n---\nname: two"  | 2 | a second document begins here; one is expected
            "name: sums\n...\nname: two"  | 3 | not YAML: expected '<document start>', but found '<block mapping start>'
            "name: sums\nvers\u0001ion: 1" | 2 | not YAML: it has the character U+0001
            """)
    void whatIsNoMappingIsToldWithItsLine(String text, int line, String message) {
        assertThat(faults(text.replace("\\n", "\n").replace("\\t", "\t")))
                .singleElement()
                .satisfies(fault -> {
                    assertThat(fault).extracting(Fault::file, Fault::line).containsExactly(file(), line);
                    assertThat(fault.message()).startsWith(message.replace("\\\\", "\\"));
                    assertThat(fault.message().lines()).hasSize(1);
                });
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            "? [a]\n: b"     | 2 | ''      | a key is a single word before a colon
            "'': b"          | 2 | ''      | a key is a single word before a colon
            version: !!int a | 2 | version | 'a' can't be read as tag:yaml.org,2002:int
            version: !env x  | 2 | version | 'x' can't be read as !env
            "<<: {a: b}"     | 2 | <<      | is not a key here
            """)
    void whatYamlHasAndAgentFilesHaveNotIsAFault(String text, int line, String key, String message) {
        List<Fault> faults = faults(GOOD.replace("version: 1", text.replace("\\n", "\n")));

        String at = key.replace("'", "");
        assertThat(faults).anySatisfy(fault -> {
            assertThat(fault).extracting(Fault::line, Fault::key).containsExactly(line, at);
            assertThat(fault.message()).startsWith(message);
        });
    }

    @Test
    void escapesOfWhatIsNoCharacterAreFaults() {
        assertThat(faults("name: \"\\UFFFFFFFF\"\n"))
                .singleElement()
                .satisfies(fault -> assertThat(fault.message()).startsWith("not YAML: "));
        assertFault(
                GOOD.replace("version: 1", "version: \"\\uD800\""),
                2,
                "version",
                "has half a character: a surrogate without its other");
    }

    @Test
    void aFaultIsOneLineWhateverWasGiven() {
        assertThat(faults(GOOD.replace("rounds: 3", "rounds: |\n    " + "many\n    ".repeat(100))))
                .singleElement()
                .satisfies(fault -> assertThat(fault.message())
                        .startsWith("a whole number from 0 is expected, not 'many many")
                        .endsWith("…'")
                        .hasSizeLessThan(150));
    }

    @Test
    void anchorsAndAByteOrderMarkAreNoFaults() {
        AgentDefinition agent = read("\uFEFF"
                + GOOD.replace("verifiers: [arithmetic]", "verifiers: &v [arithmetic]")
                        .replace("version: 1", "version: &one 1\ndescription: *one"));

        assertThat(agent.description()).isEqualTo("1");
    }

    /** Ten lists of nine aliases each: a billion values. */
    @Test
    void manyAliasesOfListsAreRefused() {
        assertThat(faults(GOOD + bomb(10, 9)))
                .singleElement()
                .satisfies(fault -> assertThat(fault.message())
                        .isEqualTo("not YAML: Number of aliases for non-scalar nodes exceeds the specified max=50"));
    }

    /** Twenty-four lists of two aliases each: few enough for the engine, and sixteen million values. */
    @Test
    void fewAliasesThatStandForMuchAreRefused() {
        assertThat(faults(GOOD + bomb(24, 2)))
                .singleElement()
                .satisfies(fault -> assertThat(fault.message())
                        .isEqualTo("holds more than 10000 values, aliases counted as what they stand for"));
    }

    private static String bomb(int lists, int aliases) {
        StringBuilder text = new StringBuilder("a0: &a0 [x, x]\n");
        for (int i = 1; i < lists; i++) {
            text.append("a%d: &a%d [%s*a%d]\n".formatted(i, i, ("*a" + (i - 1) + ", ").repeat(aliases - 1), i - 1));
        }
        return text.toString();
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 100_000})
    void deepNestingIsRefused(int levels) {
        assertThat(faults(GOOD + "deep: " + "[".repeat(levels) + "]".repeat(levels)))
                .singleElement()
                .satisfies(fault -> assertThat(fault.message())
                        .isEqualTo("lists and mappings are nested too deeply; 100 is the most"));
    }

    @Test
    void aListWithinItselfIsRefused() {
        assertThat(faults(GOOD + "self: &self [*self]\n"))
                .singleElement()
                .satisfies(fault -> assertThat(fault.message()).contains("nested too deeply"));
    }

    @Test
    void aFileOfManyMegabytesIsRefused() {
        assertThat(faults(GOOD + "x: " + "y".repeat(4_000_000)))
                .singleElement()
                .satisfies(fault -> assertThat(fault.message()).contains("exceeds the limit: 3145728 code points"));
    }

    @Test
    void aFileThatIsNotUtf8IsAFaultWithItsLineBesideTheOthers() throws IOException {
        write("agents/other.yaml", GOOD.replace("name: sums", "name: others"));
        byte[] latin = GOOD.replace("version: 1", "version: stra\u00dfe").getBytes(StandardCharsets.ISO_8859_1);
        Files.write(root.resolve("agents/sums.yaml"), latin);
        Files.write(root.resolve("prompts/sums/reflect@1.yaml"), new byte[] {'u', ':', '\n', (byte) 0xC3});

        AgentFileException thrown = catchThrowableOfType(AgentFileException.class, this::agents);

        assertThat(thrown.faults())
                .extracting(Fault::toString)
                .containsExactly(
                        root.resolve("agents/other.yaml") + ":1: name: 'others' differs from the file's name, 'other'",
                        file() + ":2: not UTF-8 text: the byte 0xDF can't stand here",
                        root.resolve("prompts/sums/reflect@1.yaml")
                                + ":2: not UTF-8 text: the byte 0xC3 can't stand here");
    }

    @Test
    void aMissingFolderIsNamedWithWhatIsExpectedThere() {
        assertThat(catchThrowableOfType(AgentFileException.class, () -> Agents.ofFolder(root.resolve("nowhere")))
                        .getMessage())
                .isEqualTo(root.resolve("nowhere/agents")
                        + ": there is no such folder; one with a file NAME.yaml for each agent is expected here");
    }

    @Test
    void aFileWithAnotherEndingIsNotOverlooked() {
        write("agents/second.yml", GOOD);

        assertThat(faults(GOOD))
                .extracting(Fault::toString)
                .containsExactly(root.resolve("agents/second.yml") + ": agent files end in .yaml; rename it");
    }

    /** Whatever is done to a file, it is read, or its faults are told. */
    @Property(tries = 300)
    void damageIsToldAsFaults(
            @ForAll @IntRange(max = 400) int from,
            @ForAll @IntRange(max = 30) int length,
            @ForAll @StringLength(max = 8) String instead) {
        String text = GOOD + "  start: {strategy: best-of, samples: 2}\n  schedule: {temperatures: [0, 1]}\n";
        int start = Math.min(from, text.length());
        String damaged = text.substring(0, start) + instead + text.substring(Math.min(start + length, text.length()));
        Source source = new Source() {
            @Override
            public Optional<String> read(String path) {
                return Optional.of(path.startsWith("agents") ? damaged : "user: \"{{input}}\"");
            }

            @Override
            public List<String> agentNames() {
                return List.of("sums");
            }

            @Override
            public String place(String path) {
                return path;
            }
        };

        try {
            AgentDefinition agent = Agents.of(source, Verifiers.standard()).named("sums");
            assertThat(AgentDefinition.of(agent.content())).isEqualTo(agent);
        } catch (AgentFileException e) {
            assertThat(e.faults()).isNotEmpty();
        }
    }
}
