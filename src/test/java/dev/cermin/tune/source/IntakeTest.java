package dev.cermin.tune.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cermin.json.Json;
import dev.cermin.tune.source.Intake.Terms;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IntakeTest {
    @TempDir
    Path folder;

    private static Terms terms(int limit) {
        return new Terms("data", Filter.DEFAULT, 1, limit);
    }

    private static String line(int what) {
        return what % 5 == 0
                ? "broken " + what
                : "{\"instruction\": \"say " + what + "\", \"output\": \"" + what + "\"}";
    }

    @Property(tries = 50)
    void everyLineIsInExactlyOneFile(@ForAll @Size(min = 1, max = 40) List<@IntRange(min = 0, max = 30) Integer> lines)
            throws IOException {
        Path own = Files.createTempDirectory(Path.of("target"), "intake");
        Path data = Files.writeString(
                own.resolve("data"), lines.stream().map(IntakeTest::line).collect(Collectors.joining("\n")));
        Filter filter = new Filter(Set.of(), Set.of(), false, 2, 100);
        TreeSet<String> ids = new TreeSet<>();
        int found = 0;
        try {
            Intake.of(new InstructionFile(data, null), new Terms("data", filter, 1, 1000), own);
        } catch (SourceException e) {
            assertThat(e).hasMessageContaining("gave no sample");
            assertThat(lines).allMatch(what -> what % 5 == 0 || what < 10);
        }
        for (String name : List.of("samples", "rejects", "left-out")) {
            Path file = own.resolve(name + ".jsonl");
            if (Files.exists(file)) {
                for (String line : Files.readAllLines(file)) {
                    var fields = Json.read(line, Map.class);
                    ids.add(fields.containsKey("id") ? fields.get("id").toString() : "data:" + fields.get("line"));
                    found++;
                }
            }
        }
        assertThat(found).isEqualTo(lines.size());
        assertThat(ids).hasSize(lines.size());
        try (var all = Files.list(own)) {
            assertThat(all.map(Path::toString)).noneMatch(name -> name.endsWith(".part"));
        }
    }

    @Test
    void whatWasReadBeforeIsTakenAsItIs() throws IOException {
        Path data =
                Files.writeString(folder.resolve("data"), line(1) + "\n" + line(2) + "\n" + line(5) + "\n" + line(3));
        Intake first = Intake.of(new InstructionFile(data, null), terms(3), folder.resolve("out"));
        Files.delete(data);

        Intake second = Intake.of(new InstructionFile(data, null), terms(3), folder.resolve("out"));

        assertThat(first.samples()).hasSize(3);
        assertThat(first.rejects()).isEqualTo(1);
        assertThat(second).isEqualTo(first);
        assertThatThrownBy(() -> Intake.of(new InstructionFile(data, null), terms(2), folder.resolve("out")))
                .isInstanceOf(SourceException.class)
                .hasMessageContaining("has samples of another run")
                .hasMessageContaining("at most 3. Give another folder, or remove this one");
    }

    @Test
    @SuppressWarnings("try")
    void oneRunAtATimeWorksInAFolder() throws IOException {
        Path data = Files.writeString(folder.resolve("data"), line(1));
        Path out = folder.resolve("out");

        try (FolderLock held = FolderLock.of(out)) {
            assertThatThrownBy(() -> Intake.of(new InstructionFile(data, null), terms(2), out))
                    .isInstanceOf(SourceException.class)
                    .hasMessage("Another run is at work in %s. Wait until it has ended, or give another folder", out);
        }
        SampleSource meanwhile = new SampleSource() {
            @Override
            public String name() {
                return "data";
            }

            @Override
            public void read(Predicate<Candidate> samples, Consumer<Reject> rejects) {
                assertThatThrownBy(() -> FolderLock.of(out)).hasMessageContaining("Another run is at work");
                new InstructionFile(data, null).read(samples, rejects);
            }
        };

        assertThat(Intake.of(meanwhile, terms(2), out).samples()).hasSize(1);
        assertThat(Intake.of(meanwhile, terms(2), out).samples()).hasSize(1);
    }

    @Test
    void whatStandsBehindTheLimitIsNotLookedAt() throws IOException {
        Path data = Files.writeString(folder.resolve("data"), line(1) + "\n" + line(2) + "\n" + line(5));

        Intake intake = Intake.of(new InstructionFile(data, null), terms(2), folder.resolve("out"));

        assertThat(intake.samples()).hasSize(2);
        assertThat(intake.rejects()).isZero();
    }

    @Test
    void conversationsUnderOneSystemMessageAreSamplesOfTheirOwn() throws IOException {
        String rules = IntStream.range(0, 300).mapToObj(i -> "rule " + i).collect(Collectors.joining(", "));
        Path data = Files.writeString(
                folder.resolve("data"), conversation(rules, "Where?", "There.") + conversation(rules, "Who?", "Me."));

        Intake intake = Intake.of(
                new InstructionFile(data, null), new Terms("data", Filter.DEFAULT, 0.85, 10), folder.resolve("out"));

        assertThat(intake.samples()).hasSize(2);
        assertThat(intake.samples().getFirst().instruction()).isEqualTo(rules + "\n\nWhere?");
    }

    private static String conversation(String system, String asked, String answer) {
        return """
                {"messages": [{"role": "system", "content": "%s"}, {"role": "user", "content": "%s"}, \
                {"role": "assistant", "content": "%s"}]}
                """.formatted(system, asked, answer);
    }
}
