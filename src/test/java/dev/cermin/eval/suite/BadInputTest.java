package dev.cermin.eval.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.cermin.agent.Fault;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that are missing or broken are told by file, line and field, with what was expected. */
class BadInputTest {
    private static final String GOOD = "{\"question\": \"How many?\", \"answer\": \"Two.\\n#### 2\"}\n";

    @TempDir
    Path folder;

    @Test
    void anUnknownSuiteGetsTheNearest() {
        assertThatThrownBy(() -> Suites.named("gsm8"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("There is no suite 'gsm8'; known are ")
                .hasMessageEndingWith("; did you mean 'gsm8k'?");
    }

    @Test
    void anUnknownConventionGetsTheNearest() {
        assertThatThrownBy(() -> Convention.of("simple-eval"))
                .hasMessage("There is no convention 'simple-eval'; known are harness, simple-evals, bare;"
                        + " did you mean 'simple-evals'?");
    }

    @Test
    void aConventionThatASuiteLacksIsRefused() {
        SuiteOptions options = SuiteOptions.DEFAULT.withConvention(Convention.SIMPLE_EVALS);

        assertThatThrownBy(() -> Suites.named("gsm8k").read(folder, options))
                .hasMessage("The suite 'gsm8k' has no convention 'simple-evals'; it has harness, bare");
        assertThatThrownBy(() -> Suites.named("equations").read(null, options))
                .hasMessage("The suite 'equations' has no conventions; leave 'simple-evals' out");
    }

    @Test
    void aFolderIsNeededForFiles() {
        assertThatThrownBy(() -> Suites.named("gsm8k").read(null, SuiteOptions.DEFAULT))
                .hasMessageStartingWith("The suite 'gsm8k' needs a folder with its files: ")
                .hasMessageContaining("test.jsonl");
    }

    @Test
    void aFolderThatIsNotThereIsTold() {
        Path missing = folder.resolve("nowhere");

        assertThatThrownBy(() -> Suites.named("gsm8k").read(missing))
                .isInstanceOf(SuiteException.class)
                .hasMessage(missing + ": is not there; the folder with the files of 'gsm8k' is expected");
    }

    @Test
    void aFileInTheFoldersPlaceIsTold() throws IOException {
        Path file = write("test.jsonl", GOOD);

        assertThatThrownBy(() -> Suites.named("gsm8k").read(file)).hasMessageContaining("is no folder");
    }

    @Test
    void aMissingFileIsToldWithBothPlaces() {
        assertThatThrownBy(() -> Suites.named("gsm8k").read(folder))
                .isInstanceOf(SuiteException.class)
                .hasMessageStartingWith("%s: has no test.jsonl, nor has %s; the files of 'gsm8k' are expected: "
                        .formatted(folder, folder.resolve("gsm8k")));
    }

    @Test
    void theFolderAboveWillDo() throws IOException {
        write("gsm8k/test.jsonl", GOOD);

        assertThat(Suites.named("gsm8k").read(folder).items()).hasSize(1);
    }

    @Test
    void anEmptyFileIsTold() throws IOException {
        write("test.jsonl", "\n\n");

        assertFaults("gsm8k", new Fault("test.jsonl", 0, "", "is empty; a JSON object in each line is expected"));
    }

    @Test
    void everyFaultIsToldByLineAndField() throws IOException {
        write("test.jsonl", GOOD + """
                {"question": "How many?"}
                {"question": 12, "answer": "#### 2"}
                {"question": " ", "answer": "No number"}
                {"question": "How many?", "answer": "No number"}

                ["question"]
                {"question": "How many?", "answer": "#### 2"
                {"question": "Twice", "question": "Twice", "answer": "#### 2"}
                """);

        assertFaults(
                "gsm8k",
                new Fault("test.jsonl", 2, "answer", "is missing; a text is expected"),
                new Fault("test.jsonl", 3, "question", "a text is expected, not 12"),
                new Fault("test.jsonl", 4, "question", "is blank; a text is expected"),
                new Fault("test.jsonl", 5, "answer", "ends in no '#### NUMBER', which is expected"),
                new Fault("test.jsonl", 7, "", "a JSON object is expected, not ARRAY"),
                new Fault(
                        "test.jsonl",
                        8,
                        "",
                        "is no JSON, at column 45: Unexpected end-of-input: expected close marker"
                                + " for Object (start marker at [Source: REDACTED (`StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION`"
                                + " disabled); line: 1, column: 1])"),
                new Fault("test.jsonl", 9, "", "is no JSON, at column 33: Duplicate field 'question'"));
    }

    @Test
    void bytesThatAreNoUtf8AreTold() throws IOException {
        Files.write(
                folder.resolve("test.jsonl"),
                ("\n" + GOOD.replace("Two", "Zw\u00f6i")).getBytes(StandardCharsets.ISO_8859_1));

        assertFaults("gsm8k", new Fault("test.jsonl", 2, "", "is not UTF-8"));
    }

    @Test
    void moreFaultsThanAnyoneReadsAreCounted() throws IOException {
        write("test.jsonl", "{}\n".repeat(30));

        SuiteException thrown = catchThrowableOfType(
                SuiteException.class, () -> Suites.named("gsm8k").read(folder));
        assertThat(thrown.faults()).hasSize(20);
        assertThat(thrown).hasMessageEndingWith("\nand 40 more faults");
    }

    @Test
    void aFileThatCanNotBeReadIsTold() throws IOException {
        Files.createDirectory(folder.resolve("test.jsonl"));

        assertThatThrownBy(() -> Suites.named("gsm8k").read(folder))
                .hasMessageContaining("test.jsonl: can't be read: ");
    }

    @Test
    void everyFaultOfMmlusFilesIsTold() throws IOException {
        write("dev/art_dev.csv", "One?,1,2,3,4,A\nTwo?,1,2,3,4,B\n");
        write("dev/law_dev.csv", "One?,1,2,3,4,A\n".repeat(5));
        write("val/art_val.csv", "\"Which,\none?\",1,2,3,4,C\nWhich?,1,2,3,D\n,1,2,3,4,E\n");
        write("val/law_val.csv", "");
        write("val/war_val.csv", "Which?,1,2,3,4,\"A\nno end");

        assertFaults(
                "mmlu",
                SuiteOptions.DEFAULT.withConvention(Convention.HARNESS),
                new Fault("dev/art_dev.csv", 0, "", "has 2 examples; 5 are expected"),
                new Fault("val/art_val.csv", 3, "", "6 columns are expected (question,A,B,C,D,letter), not 5"),
                new Fault("val/art_val.csv", 4, "question", "is blank; a text is expected"),
                new Fault("val/art_val.csv", 4, "letter", "A, B, C or D is expected, not 'E'"),
                new Fault("val/law_val.csv", 0, "", "is empty; rows of question,A,B,C,D,letter are expected"),
                new Fault(
                        "dev/war_dev.csv",
                        0,
                        "",
                        "can't be read: java.nio.file.NoSuchFileException: " + folder.resolve("dev/war_dev.csv")),
                new Fault("val/war_val.csv", 1, "", "is no CSV: Missing closing quote for value"));
    }

    @Test
    void mmluWithoutASubjectIsTold() throws IOException {
        Files.createDirectory(folder.resolve("test"));

        assertFaults("mmlu", new Fault("test", 0, "", "holds no CSV file; MMLU's, one for each subject, are expected"));
    }

    @Test
    void everyFaultOfIfevalsFileIsTold() throws IOException {
        write("input_data.jsonl", """
                {"key": 1, "prompt": "Write.", "instruction_id_list": ["punctuation:no_comma"], "kwargs": [{}]}
                {"key": 1, "prompt": "Write.", "instruction_id_list": ["punctuation:no_coma"], "kwargs": [{}]}
                {"key": 2, "prompt": "Write.", "instruction_id_list": ["punctuation:no_coma"], "kwargs": [{}]}
                {"key": 3, "prompt": "Write.", "instruction_id_list": ["punctuation:no_comma"], "kwargs": []}
                {"key": 4, "prompt": "Write.", "instruction_id_list": ["punctuation:no_comma"], "kwargs": [{}, {}]}
                {"key": 5, "prompt": "Write.", "instruction_id_list": "punctuation:no_comma", "kwargs": [1]}
                {"key": true, "prompt": "Write.", "instruction_id_list": [7], "kwargs": [{}]}
                {"key": 6, "prompt": "Write.", "instruction_id_list": ["length_constraints:number_words"], \
                 "kwargs": [{"relation": "at most", "num_words": 3}]}
                """);

        SuiteException thrown = catchThrowableOfType(
                SuiteException.class, () -> Suites.named("ifeval").read(folder));
        assertThat(thrown.faults()).allMatch(fault -> fault.file().endsWith("input_data.jsonl"));
        assertThat(thrown.faults())
                .extracting(fault -> "%d %s: %s".formatted(fault.line(), fault.key(), fault.message()))
                .satisfiesExactly(
                        told -> assertThat(told).isEqualTo("2 key: '1' is in line 1 already; ids are to be unique"),
                        told -> assertThat(told)
                                .startsWith("3 kwargs[0]: IFEval has no check 'punctuation:no_coma'; known are"),
                        told -> assertThat(told).isEqualTo("4 kwargs: is empty; a list of objects is expected"),
                        told -> assertThat(told).isEqualTo("5 kwargs: 1 are expected, one for each instruction, not 2"),
                        told -> assertThat(told)
                                .isEqualTo("6 instruction_id_list: a list of texts is expected,"
                                        + " not \"punctuation:no_comma\""),
                        told -> assertThat(told).isEqualTo("6 kwargs[0]: an object is expected, not 1"),
                        told -> assertThat(told).isEqualTo("7 key: a text is expected, not true"),
                        told -> assertThat(told).isEqualTo("7 instruction_id_list[0]: a text is expected, not 7"),
                        told -> assertThat(told)
                                .startsWith("8 kwargs[0]: length_constraints:number_words: relation: "));
    }

    @Test
    void problemsThatThereAreNotAreRefused() {
        assertThatThrownBy(() -> Suites.named("arithmetic").read(null, SuiteOptions.DEFAULT.withProblems(5000, 1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageMatching(
                        "The suite 'arithmetic' has no 5000 problems that the bundled model was not trained on;"
                                + " ask for [0-9]+ at most");
        assertThatThrownBy(() -> SuiteOptions.DEFAULT.withProblems(0, 1))
                .hasMessage("One problem at least is expected, not 0");
    }

    private void assertFaults(String suite, Fault... faults) {
        assertFaults(suite, SuiteOptions.DEFAULT, faults);
    }

    private void assertFaults(String suite, SuiteOptions options, Fault... faults) {
        SuiteException thrown = catchThrowableOfType(
                SuiteException.class, () -> Suites.named(suite).read(folder, options));
        assertThat(thrown.faults())
                .extracting(fault -> new Fault(
                        folder.relativize(Path.of(fault.file())).toString(),
                        fault.line(),
                        fault.key(),
                        fault.message()))
                .isEqualTo(List.of(faults));
    }

    private Path write(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }
}
