package dev.cermin.tune.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.cermin.tune.Sample;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InstructionFileTest {
    @TempDir
    Path folder;

    private final List<Sample> samples = new ArrayList<>();
    private final List<Reject> rejects = new ArrayList<>();

    private void read(String text, @Nullable Format format) throws IOException {
        Path file = Files.writeString(folder.resolve("data.jsonl"), text);
        new InstructionFile(file, format)
                .read(
                        candidate -> {
                            samples.add(candidate.sample());
                            return true;
                        },
                        rejects::add);
    }

    @Test
    void everyFormatIsToldByItsKeys() throws IOException {
        read("""
                {"instruction": "Add.", "input": "1 and 2", "output": "3"}

                {"conversations": [{"from": "human", "value": "Hi"}, {"from": "gpt", "value": "Hello"}]}
                {"messages": [{"role": "system", "content": "Be brief."}, {"role": "user", "content": "Why?"},
                """.stripTrailing() + """
                 {"role": "assistant", "content": [{"type": "text", "text": "Because."}]}]}
                {"instruction": "Say nothing.", "output": ""}
                """, null);

        assertThat(rejects).isEmpty();
        assertThat(samples)
                .extracting(Sample::instruction, Sample::input, Sample::output)
                .containsExactly(
                        tuple("Add.", "1 and 2", "3"),
                        tuple("Hi", "", "Hello"),
                        tuple("Be brief.\n\nWhy?", "", "Because."),
                        tuple("Say nothing.", "", ""));
        assertThat(samples).extracting(sample -> sample.source().line()).containsExactly(1, 3, 4, 5);
        assertThat(samples).extracting(Sample::id).doesNotHaveDuplicates();
    }

    @Test
    void anArrayIsReadElementByElementWithItsLines() throws IOException {
        read("""
                \uFEFF [
                  {"instruction": "a", "input": null, "output": "b"},
                  "no object",
                  {"instruction": "c",
                   "output": "d"}
                ]
                """, Format.ALPACA);

        assertThat(samples).extracting(Sample::output).containsExactly("b", "d");
        assertThat(samples).extracting(sample -> sample.source().line()).containsExactly(2, 4);
        assertThat(rejects).singleElement().satisfies(reject -> {
            assertThat(reject.line()).isEqualTo(3);
            assertThat(reject.reason()).isEqualTo("a JSON object is expected, not string");
            assertThat(reject.text()).isEqualTo("\"no object\"");
        });
    }

    @Test
    void anElementWithAKeyTwiceCostsNoneBehindIt() throws IOException {
        read("""
                [{"instruction": "a", "output": "b"},
                 {"instruction": "c", "output": "d", "output": "e"},
                 {"instruction": "f", "output": "g"}]
                """, null);

        assertThat(samples).extracting(Sample::output).containsExactly("b", "g");
        assertThat(samples).extracting(Sample::id).containsExactly("data.jsonl:1", "data.jsonl:3");
        assertThat(rejects).singleElement().satisfies(reject -> {
            assertThat(reject.line()).isEqualTo(2);
            assertThat(reject.reason()).isEqualTo("Duplicate field 'output'");
            assertThat(reject.text()).isEqualTo("{\"instruction\":\"c\",\"output\":\"d\",\"output\":\"e\"}");
        });
    }

    @Test
    void anArrayThatIsNoJsonEndsWithTheElementTheLineAndWhatToDo() {
        String good = "[{\"instruction\": \"a\", \"output\": \"b\"}";

        assertThatThrownBy(() -> read(good + ",\n{\"instruction\": \"c\", \"outp", null))
                .isInstanceOf(SourceException.class)
                .hasMessageContaining("in or before element 2 of its array, at line 2, column 27")
                .hasMessageContaining("give JSON Lines, of which only the broken line is set aside");
        assertThatThrownBy(() -> read(good + ",\n{\"instruction\": \"\\d\"},\n{}]", null))
                .hasMessageContaining("element 2 of its array, at line 2")
                .hasMessageContaining("Unrecognized character escape 'd'");
        assertThatThrownBy(() -> read(good + "\n\n{\"instruction\": \"c\"}]", null))
                .hasMessageContaining("element 2 of its array, at line 3");
        assertThatThrownBy(() -> read(good + ",\n", null)).hasMessageContaining("element 2 of its array, at line 2");
        assertThatThrownBy(() -> read(good + "]\n[]", null))
                .hasMessageContaining("has more behind the end of its array, which is in line 1");
        assertThatThrownBy(() -> read(good + "]\n]", null)).hasMessageContaining("has more behind the end");
        assertThat(rejects).isEmpty();
    }

    @Test
    void anArrayThatIsNotUtf8EndsSoToo() throws IOException {
        Path file = folder.resolve("data.json");
        Files.write(file, "[{\"instruction\": \"\u00e4\"}]".getBytes(StandardCharsets.ISO_8859_1));

        assertThatThrownBy(() -> new InstructionFile(file, null).read(candidate -> true, rejects::add))
                .isInstanceOf(SourceException.class)
                .hasMessageContaining("element 1 of its array, at line 1")
                .hasMessageContaining("UTF-8");
    }

    @Test
    void brokenLinesAreSetAsideWithTheirNumberTheReasonAndTheirText() throws IOException {
        read("""
                {"instruction": "a", "output": "b"}
                {"instruction": "a", "output": }
                {"instruction": "  ", "output": "b"}
                {"instruction": "a"}
                {"instruction": 7, "output": "b"}
                {"text": "a"}
                {"conversations": []}
                {"conversations": [{"from": "gpt", "value": "Hello"}]}
                {"conversations": [{"from": "human", "value": "Hi"}]}
                {"messages": [{"role": "tool", "content": "5"}]}
                {"messages": [{"role": "user", "content": [{"type": "image_url"}]}, {"role": "assistant", "content": "A cat"}]}
                """, null);

        assertThat(samples).hasSize(1);
        assertThat(rejects).extracting(Reject::line).containsExactly(2, 3, 4, 5, 6, 7, 8, 9, 10, 11);
        assertThat(rejects.getFirst().text()).isEqualTo("{\"instruction\": \"a\", \"output\": }");
        assertThat(rejects)
                .extracting(Reject::reason)
                .satisfiesExactly(
                        reason -> assertThat(reason).startsWith("no JSON, at column 32"),
                        reason -> assertThat(reason).isEqualTo("the instruction is blank"),
                        reason -> assertThat(reason).isEqualTo("'output' is missing"),
                        reason -> assertThat(reason).isEqualTo("'instruction' is number, and a text is expected"),
                        reason -> assertThat(reason).contains("neither Alpaca nor ShareGPT nor messages"),
                        reason -> assertThat(reason).contains("'conversations' is no list of turns"),
                        reason -> assertThat(reason).contains("turn 1 is not the user's"),
                        reason -> assertThat(reason).contains("turn 2 is not the assistant's"),
                        reason -> assertThat(reason).contains("'role' is 'tool'"),
                        reason -> assertThat(reason).contains("'image_url', and only texts can be samples"));
    }

    @Test
    void whatIsNotUtf8IsSetAside() throws IOException {
        Path file = folder.resolve("data.jsonl");
        Files.write(file, new byte[] {'"', (byte) 0xE4, '"', '\n'});
        new InstructionFile(file, null).read(candidate -> true, rejects::add);

        assertThat(rejects).singleElement().extracting(Reject::reason).isEqualTo("not UTF-8");
    }

    @Test
    void aFileThatIsNotThereIsTold() {
        Path file = folder.resolve("nowhere.jsonl");

        assertThatThrownBy(() -> new InstructionFile(file, null).read(candidate -> true, rejects::add))
                .isInstanceOf(SourceException.class)
                .hasMessageContaining("nowhere.jsonl can't be read");
        assertThatThrownBy(() -> Format.named("alpaka"))
                .hasMessage("There is no format 'alpaka'; one of [alpaca, messages, sharegpt] is expected");
    }
}
