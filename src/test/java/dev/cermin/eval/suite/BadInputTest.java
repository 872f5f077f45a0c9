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
                .hasMessage("There is no convention 'simple-eval'; known are harness, simple-evals;"
                        + " did you mean 'simple-evals'?");
    }

    @Test
    void aConventionThatASuiteLacksIsRefused() {
        SuiteOptions options = SuiteOptions.DEFAULT.withConvention(Convention.SIMPLE_EVALS);

        assertThatThrownBy(() -> Suites.named("gsm8k").read(folder, options))
                .hasMessage("The suite 'gsm8k' has no convention 'simple-evals'; it has harness");
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
                .hasMessageStartingWith(folder.resolve("test.jsonl") + ": is not there, nor is "
                        + folder.resolve("gsm8k/test.jsonl"));
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
                new Fault("test.jsonl", 8, "", "is no JSON, at column 45: Unexpected end-of-input: expected close marker"
                        + " for Object (start marker at [Source: REDACTED (`StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION`"
                        + " disabled); line: 1, column: 1])"),
                new Fault("test.jsonl", 9, "", "is no JSON, at column 33: Duplicate field 'question'"));
    }

    @Test
    void bytesThatAreNoUtf8AreTold() throws IOException {
        Files.write(folder.resolve("test.jsonl"), ("\n" + GOOD.replace("Two", "Zw\u00f6i")).getBytes(StandardCharsets.ISO_8859_1));

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

        assertThatThrownBy(() -> Suites.named("gsm8k").read(folder)).hasMessageContaining("test.jsonl: can't be read: ");
    }

    private void assertFaults(String suite, Fault... faults) {
        SuiteException thrown =
                catchThrowableOfType(SuiteException.class, () -> Suites.named(suite).read(folder));
        assertThat(thrown.faults())
                .extracting(fault -> new Fault(
                        folder.relativize(Path.of(fault.file())).toString(), fault.line(), fault.key(), fault.message()))
                .isEqualTo(List.of(faults));
    }

    private Path write(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }
}
