package dev.cermin.tune.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cermin.tune.Correction;
import dev.cermin.tune.Correction.Judge;
import dev.cermin.tune.Decision;
import dev.cermin.tune.Likelihood.Scored;
import dev.cermin.tune.Likelihood.Unscored;
import dev.cermin.tune.Sample;
import dev.cermin.tune.Scores;
import dev.cermin.tune.Selected;
import dev.cermin.tune.lines.Lines;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;

class ExportTest {
    private static final List<Correction> CORRECTIONS = List.of(
            new Correction("t1", "2+2?", "5", "5 is odd", "4", Judge.VERIFIER),
            new Correction("t2", "3+3?", "5", null, "6", Judge.REVIEWER),
            new Correction("t3", "A haiku", "x", "dull", "y", Judge.CRITIC));

    @TempDir
    private Path folder;

    @Test
    void takenAndLeftOutAddUpInEveryFormat() {
        Exported exported = Export.ofCorrections(CORRECTIONS).write(folder);

        assertThat(exported.read()).isEqualTo(3);
        assertThat(exported.files()).hasSize(Format.values().length).allSatisfy(file -> {
            assertThat(file.taken() + sum(file)).isEqualTo(3);
            assertThat(lines(file.name())).hasSize((int) file.rows());
        });
        assertThat(file(exported, Format.PREFERENCE).leftOut())
                .isEqualTo(Map.of("only a critic says that it is better, which is a model's opinion", 1L));
        assertThat(file(exported, Format.KTO).rows()).isEqualTo(4);
        assertThat(file(exported, Format.REFLECTION).leftOut()).isEqualTo(Map.of("nothing was said of the draft", 1L));
    }

    private static long sum(Exported.File file) {
        return file.leftOut().values().stream().mapToLong(Long::longValue).sum();
    }

    @Test
    void onlyTheFinalSetIsWritten() {
        Exported exported = Export.ofSelected(List.of(selected("a", 0.5, true), selected("b", 1.5, false)))
                .as(Format.ALPACA, Format.PREFERENCE)
                .write(folder);

        assertThat(lines("alpaca.jsonl"))
                .containsExactly("{\"instruction\":\"Do a\",\"input\":\"\",\"output\":\"Done a\"}");
        assertThat(file(exported, Format.ALPACA).leftOut()).isEqualTo(Map.of("the selection did not keep it", 1L));
        assertThat(folder.resolve("preference.jsonl")).doesNotExist();
        assertThat(card())
                .contains("1 of 2 samples, as a student's own scores selected them.")
                .contains("| `alpaca.jsonl` | 1 | 1 | LLaMA-Factory")
                .doesNotContain("| `preference.jsonl` | 0")
                .contains("| `preference.jsonl` | the selection did not keep it | 1 |")
                .contains("| data.jsonl | 2 | 1 |");
    }

    @Test
    void eachRowsOriginIsTold() {
        Export.ofCorrections(CORRECTIONS).as(Format.KTO).write(folder);

        assertThat(lines("sources.jsonl"))
                .hasSize(4)
                .first()
                .isEqualTo("{\"file\":\"kto.jsonl\",\"row\":1,\"id\":\"t1\",\"source\":\"traces\",\"line\":0,"
                        + "\"traces\":[\"t1\"]}");
        assertThat(lines("sources.jsonl")).last().asString().contains("\"row\":4,\"id\":\"t2\"");
    }

    @Test
    void aFileOfSelectedSamplesAndCorrectionsIsReadAndBrokenLinesAreSetAside() throws IOException {
        Path file = folder.resolve("mixed.jsonl");
        byte[] latin = "{\"trace\":\"é\"}\n".getBytes(StandardCharsets.ISO_8859_1);
        Files.write(
                file,
                ("\ufeff" + Lines.text(selected("a", 0.5, true)) + "\r\n\nnot JSON\n")
                        .getBytes(StandardCharsets.UTF_8));
        append(file, latin);
        append(file, (Lines.text(CORRECTIONS.getFirst()) + "\n{\"trace\":\"t9\"}").getBytes(StandardCharsets.UTF_8));
        Path out = folder.resolve("out");

        Exported exported = Export.ofFile(file).as(Format.MESSAGES).write(out);

        assertThat(file(exported, Format.MESSAGES).rows()).isEqualTo(2);
        assertThat(exported.brokenLines()).isEqualTo(3);
        assertThat(exported.broken()).extracting(Exported.Broken::line).containsExactly(3L, 4L, 6L);
        assertThat(exported.broken().get(1).reason()).isEqualTo("not in UTF-8");
        assertThat(exported.broken().get(2).reason()).isEqualTo("'prompt' is missing");
        assertThat(Files.readString(out.resolve("rejects.jsonl"))).contains("\"text\":\"not JSON\"");
        assertThat(Files.readString(out.resolve("README.md")))
                .contains("3 lines could not be read")
                .containsPattern("Read from `mixed.jsonl`, SHA-256 `[0-9a-f]{64}`");
    }

    private static void append(Path file, byte[] more) throws IOException {
        Files.write(file, more, StandardOpenOption.APPEND);
    }

    @Test
    void theCardSaysScoresLicencesAndRules() throws Exception {
        List<Selected> set = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            set.add(selected("s" + i, 0.02 * i, i % 3 != 0));
        }
        set.add(selected("beyond", 7, false));
        Sample sample = selected("u", 1, true).sample();
        set.add(new Selected(sample, sample, unscored(), List.of()));

        Export.ofSelected(set)
                .as(Format.MESSAGES)
                .licence("CC-BY-4.0")
                .rule("near <duplicates> at 0.8 | are one")
                .write(folder);

        assertThat(card())
                .startsWith(
                        "---\nlicense: \"cc-by-4.0\"\nconfigs:\n- config_name: messages\n  data_files: messages.jsonl\n---\n")
                .contains("| `ifd_ppl` | 0.495 (0.020 to 0.980) | 0.618 (0.000 to 7.000) | 1 |")
                .contains("](ifd-ppl.svg)")
                .contains("- CC-BY-4.0")
                .contains("- near &lt;duplicates> at 0.8 \\| are one")
                .contains("IFD and r-IFD under 1");
        Document picture = xml(Files.readString(folder.resolve("ifd-ppl.svg")));
        assertThat(picture.getElementsByTagName("desc").item(0).getTextContent())
                .isEqualTo("ifd_ppl of 51 scored samples: mean 0.618, from 0.000 to 7.000; 33 of them are kept");
        assertThat(Files.readString(folder.resolve("ifd-ppl.svg"))).contains("<title>2 and more: 1 not kept</title>");
    }

    @Test
    void withoutALicenceTheCardWarns() {
        Export.ofSamples(List.of(selected("a", 1, true).sample())).write(folder);

        assertThat(card())
                .startsWith("---\nlicense: unknown\n")
                .contains("None was stated: find out under which terms");
    }

    @Test
    void aLicenceInWordsIsOfNoKnownKind() {
        Export.ofSamples(List.of(selected("a", 1, true).sample()))
                .licence("in house: \"A\"")
                .write(folder);

        assertThat(card()).startsWith("---\nlicense: other\nlicense_name: \"in house: \\\"A\\\"\"\n");
    }

    @Test
    void anExportThatFailsLeavesWhatWasThere() throws IOException {
        Export.ofCorrections(CORRECTIONS).write(folder);
        Map<String, String> before = content();
        Iterable<Correction> failing = () -> Stream.concat(CORRECTIONS.stream(), Stream.<Correction>generate(() -> {
                    throw new IllegalStateException("the store is away");
                }))
                .iterator();

        assertThatThrownBy(() -> Export.ofCorrections(failing).write(folder)).hasMessage("the store is away");

        assertThat(content()).isEqualTo(before);
    }

    @Test
    void anExportAgainReplacesAndIsTheSame() throws IOException {
        Export.ofCorrections(CORRECTIONS).write(folder);
        Map<String, String> before = content();

        Export.ofCorrections(CORRECTIONS).write(folder);
        assertThat(content()).isEqualTo(before);

        Export.ofSelected(List.of(selected("a", 0.5, true))).write(folder);
        assertThat(folder.resolve("ifd-ppl.svg")).exists();
        Export.ofCorrections(CORRECTIONS.subList(2, 3)).write(folder);
        assertThat(folder.resolve("kto.jsonl")).doesNotExist();
        assertThat(folder.resolve("ifd-ppl.svg")).doesNotExist();
    }

    @Test
    void filesOfFormatsThatAreNoMoreAskedForGoAndTheUsersOwnStay() throws IOException {
        Export.ofCorrections(CORRECTIONS).as(Format.MESSAGES, Format.KTO).write(folder);
        Files.writeString(folder.resolve("sharegpt.jsonl"), "{}\n");

        Export.ofCorrections(CORRECTIONS).as(Format.ALPACA).write(folder);

        assertThat(content()).containsOnlyKeys("README.md", "sources.jsonl", "alpaca.jsonl", "sharegpt.jsonl");
    }

    @Test
    void noCardStandsWhereNotAllIsThere() throws IOException {
        Export.ofCorrections(CORRECTIONS).as(Format.ALPACA, Format.KTO).write(folder);
        Files.delete(folder.resolve("kto.jsonl"));
        Files.createDirectory(folder.resolve("kto.jsonl"));

        assertThatThrownBy(() -> Export.ofCorrections(CORRECTIONS.subList(0, 1))
                        .as(Format.ALPACA, Format.KTO)
                        .write(folder))
                .isInstanceOf(ExportException.class)
                .hasMessageContaining("kto.jsonl can't be written");

        assertThat(folder.resolve("README.md")).doesNotExist();
    }

    @Test
    void whatCannotBeReadOrWrittenIsNamed() throws IOException {
        Path none = folder.resolve("none.jsonl");
        Path taken = Files.writeString(folder.resolve("file"), "");

        assertThatThrownBy(() -> Export.ofFile(none).write(folder))
                .isInstanceOf(ExportException.class)
                .hasMessage("There is no file " + none + "; a selected.jsonl or corrections.jsonl is expected");
        assertThatThrownBy(() -> Export.ofFile(folder).write(folder.resolve("out")))
                .isInstanceOf(ExportException.class)
                .hasMessageContaining(folder + " can't be read");
        assertThatThrownBy(() -> Export.ofCorrections(CORRECTIONS).write(taken))
                .isInstanceOf(ExportException.class)
                .hasMessageContaining(taken + " can't be made");
        assertThatThrownBy(() -> Export.ofCorrections(CORRECTIONS).as(List.of()))
                .hasMessageStartingWith("No format is given; at least one of [messages");
    }

    private static Selected selected(String id, double ifd, boolean kept) {
        Sample sample =
                new Sample(id, "Do " + id, "", "Done " + id, new Sample.Source("data.jsonl", 1, List.of("t-" + id)));
        Scores scores = new Scores(
                new Scored(1 + Math.log(Math.max(ifd, 1e-12)), 5),
                new Scored(1, 5),
                new Unscored("it is empty"),
                new Scored(1, 5));
        return new Selected(
                sample, sample, scores, List.of(new Decision(Decision.Stage.FINAL, kept, "as asked", null, ifd)));
    }

    private static Scores unscored() {
        return new Scores(new Unscored("empty"), new Unscored("empty"), new Unscored("empty"), new Unscored("empty"));
    }

    private static Document xml(String text) throws Exception {
        return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(text)));
    }

    private static Exported.File file(Exported exported, Format format) {
        return exported.files().stream()
                .filter(file -> file.format() == format)
                .findFirst()
                .orElseThrow();
    }

    private String card() {
        return read("README.md");
    }

    private List<String> lines(String name) {
        return Files.exists(folder.resolve(name)) ? read(name).lines().toList() : List.of();
    }

    private String read(String name) {
        try {
            return Files.readString(folder.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Map<String, String> content() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.collect(Collectors.toMap(
                    file -> file.getFileName().toString(),
                    file -> read(file.getFileName().toString())));
        }
    }
}
