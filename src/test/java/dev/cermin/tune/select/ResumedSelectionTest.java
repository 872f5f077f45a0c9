package dev.cermin.tune.select;

import static dev.cermin.tune.select.Scripted.answer;
import static dev.cermin.tune.select.Scripted.pair;
import static dev.cermin.tune.select.Scripted.sample;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cermin.json.Json;
import dev.cermin.testing.ScriptedChatModel;
import dev.cermin.tune.Sample;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Selections that are killed, or whose teacher goes away. */
class ResumedSelectionTest {
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-01-02T03:04:05Z"), ZoneOffset.UTC);
    private static final Object[] RATIOS = {0.2, 0.5, 0.9, 1.0, 1.5, "none"};

    @TempDir
    Path folder;

    private static final class KilledException extends RuntimeException {}

    /** What a sample is and what the teacher makes of it follow from its number and the seed alone. */
    private static Object ratio(long seed, int number, int which) {
        return RATIOS[new Random(31 * (31 * seed + number) + which).nextInt(RATIOS.length)];
    }

    private static List<Sample> samples(long seed, int number) {
        List<Sample> all = new ArrayList<>();
        for (int i = 0; i < number; i++) {
            all.add(sample("s" + i, ratio(seed, i, 0), ratio(seed, i, 1)));
        }
        return all;
    }

    private static ScriptedChatModel teacher(long seed) {
        return new ScriptedChatModel(prompt -> {
            Matcher found = Pattern.compile("(?:do|better) (s(\\d+))").matcher(prompt);
            assertThat(found.find()).isTrue();
            int number = Integer.parseInt(found.group(2));
            String id = found.group(1);
            boolean first = prompt.contains("[New Instruction]");
            if (ratio(seed, number, first ? 2 : 3).equals(0.9)) {
                return "I have nothing to say.";
            }
            return first
                    ? pair(id, ratio(seed, number, 4), ratio(seed, number, 5))
                    : answer(id, ratio(seed, number, 6));
        });
    }

    private static Selection selection(Path in, List<Sample> samples, ScriptedChatModel teacher, Scripted student) {
        return Selection.of(samples, Scripted.teacher(teacher), student.scoring(), "scripted")
                .clock(CLOCK)
                .in(in);
    }

    /** Ends after so many samples of whatever stage are written down. */
    private static SelectionListener killedAfter(int done) {
        return new SelectionListener() {
            private int left = done;

            @Override
            public synchronized void done() {
                if (--left < 0) {
                    throw new KilledException();
                }
            }
        };
    }

    /** Of the files by name; of traces, which have times in them, the names. */
    private static Map<String, String> files(Path in) throws IOException {
        Map<String, String> all = new TreeMap<>();
        try (Stream<Path> files = Files.walk(in)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                boolean trace = file.getParent().endsWith("traces");
                all.put(in.relativize(file).toString(), trace ? "" : Files.readString(file));
            }
        }
        return all;
    }

    @Property(tries = 40)
    void aSelectionThatIsKilledAnywhereEndsAsOneThatIsNot(
            @ForAll @IntRange(min = 0, max = 100_000) int seed, @ForAll @IntRange(min = 1, max = 9) int number)
            throws Exception {
        List<Sample> samples = samples(seed, number);
        Path whole = Files.createTempDirectory(Path.of("target"), "whole");
        ScriptedChatModel teacher = teacher(seed);
        Scripted student = new Scripted();
        Tally tally = selection(whole, samples, teacher, student).run();

        Path killed = Files.createTempDirectory(Path.of("target"), "killed");
        ScriptedChatModel teacherAgain = teacher(seed);
        Scripted studentAgain = new Scripted();
        Random random = new Random(seed);
        Tally resumed = null;
        for (int runs = 0; resumed == null; runs++) {
            assertThat(runs).isLessThan(200);
            try {
                resumed = selection(killed, samples, teacherAgain, studentAgain)
                        .listener(killedAfter(random.nextInt(6)))
                        .run();
            } catch (KilledException e) {
                // and on it goes
            }
        }

        assertThat(resumed).isEqualTo(tally);
        assertThat(files(killed)).isEqualTo(files(whole));
        assertThat(teacherAgain.prompts()).isEqualTo(teacher.prompts());
        assertThat(studentAgain.asked).isEqualTo(student.asked);
        everySampleIsInOneFile(whole, samples, tally);
    }

    private static void everySampleIsInOneFile(Path in, List<Sample> samples, Tally tally) throws IOException {
        List<String> ids = new ArrayList<>();
        List<String> selected = Files.readAllLines(in.resolve("selected.jsonl"));
        for (String line : selected) {
            ids.add(Json.read(line, Map.class).get("id").toString());
        }
        for (String line : Files.readAllLines(in.resolve("dropped.jsonl"))) {
            Map<?, ?> fields = Json.read(line, Map.class);
            ids.add(fields.get("id").toString());
            List<?> decisions = (List<?>) fields.get("decisions");
            assertThat(((Map<?, ?>) decisions.getLast()).get("reason").toString())
                    .isNotBlank();
        }
        assertThat(ids)
                .containsExactlyInAnyOrderElementsOf(
                        samples.stream().map(Sample::id).toList());
        assertThat(selected).hasSize(tally.kept());
        assertThat(tally.kept() + tally.unscored() + tally.notReplaced() + tally.ifd() + tally.rifd())
                .isEqualTo(samples.size());
    }

    @Test
    void aReplyWhoseLineWasNotWrittenIsReadFromItsTrace() throws Exception {
        List<Sample> samples = samples(7, 6);
        selection(folder, samples, teacher(7), new Scripted()).run();
        Map<String, String> before = files(folder);
        for (String stage : List.of("2-instructions-asked.jsonl", "4-responses-asked.jsonl")) {
            byte[] bytes = Files.readAllBytes(folder.resolve(stage));
            Files.write(folder.resolve(stage), Arrays.copyOf(bytes, bytes.length - 20));
        }

        ScriptedChatModel nobody = ScriptedChatModel.saying();
        selection(folder, samples, nobody, new Scripted()).run();

        assertThat(nobody.prompts()).isEmpty();
        assertThat(files(folder)).isEqualTo(before);
    }

    @Test
    void anOutageEndsItWithWhatToDoAndItGoesOn() throws Exception {
        List<Sample> samples = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            samples.add(sample("s" + i, 0.5, 0.7));
        }
        int[] asked = {0};
        ScriptedChatModel away = new ScriptedChatModel(prompt -> {
            if (++asked[0] > 3) {
                throw new IllegalStateException("connection refused");
            }
            return pair("s", 0.6, 0.5);
        });

        assertThatThrownBy(
                        () -> selection(folder, samples, away, new Scripted()).run())
                .isInstanceOf(OutageException.class)
                .hasMessageContaining("5 samples in a row failed")
                .hasMessageContaining("connection refused")
                .hasMessageContaining("the same selection goes on from there");
        assertThat(Files.readAllLines(folder.resolve("2-instructions-asked.jsonl")))
                .hasSize(1 + 3);

        ScriptedChatModel back = new ScriptedChatModel(
                prompt -> prompt.contains("[New Instruction]") ? pair("s", 0.6, 0.5) : answer("s", 0.4));
        Tally tally =
                selection(folder, samples, back, new Scripted()).parallel(3).run();

        assertThat(tally.kept()).isEqualTo(12);
        assertThat(back.prompts()).hasSize(9 + 12);
    }

    @Test
    void aFailureAmongSuccessesKeepsTheOriginal() throws Exception {
        ScriptedChatModel teacher = ScriptedChatModel.saying()
                .thenThrow(new IllegalStateException("overloaded"))
                .then(pair("b", 0.6, 0.5))
                .then(answer("a", 0.4))
                .then(answer("b", 0.4));

        Tally tally = selection(folder, List.of(sample("a", 0.5, 0.7), sample("b", 0.5, 0.7)), teacher, new Scripted())
                .run();

        assertThat(tally.kept()).isEqualTo(2);
        assertThat(Files.readString(folder.resolve("selected.jsonl")))
                .contains("the teacher failed: ", "overloaded", "do a {ifd 0.5}");
    }

    @Test
    void fewSamplesThatAllFailAreAnOutageUnlessMoreAreAllowed() throws Exception {
        List<Sample> one = List.of(sample("a", 0.5, 0.7));
        ScriptedChatModel away = new ScriptedChatModel(prompt -> {
            throw new IllegalStateException("too long");
        });

        assertThatThrownBy(() -> selection(folder, one, away, new Scripted()).run())
                .isInstanceOf(OutageException.class)
                .hasMessageContaining("1 samples in a row failed");
        Tally tally =
                selection(folder, one, away, new Scripted()).outageAfter(2).run();

        assertThat(tally.notReplaced()).isEqualTo(1);
        assertThat(Files.readString(folder.resolve("dropped.jsonl"))).contains("too long");
    }

    @Test
    void anotherSelectionsFolderIsRefused() throws Exception {
        List<Sample> samples = samples(1, 3);
        selection(folder, samples, teacher(1), new Scripted()).run();
        Map<String, String> before = files(folder);

        assertThatThrownBy(() -> selection(folder, samples(1, 2), teacher(1), new Scripted())
                        .run())
                .isInstanceOf(SelectionException.class)
                .hasMessageContaining("another selection's: of other samples. Give another folder, or remove this one");
        assertThatThrownBy(() -> Selection.of(samples, Scripted.teacher(teacher(1)), new Scripted().scoring(), "other")
                        .in(folder)
                        .run())
                .hasMessageContaining("for student scripted, not other");
        Files.writeString(folder.resolve("3-instructions.jsonl"), "nonsense\n", StandardOpenOption.APPEND);
        assertThatThrownBy(() ->
                        selection(folder, samples, teacher(1), new Scripted()).run())
                .hasMessageContaining("3-instructions.jsonl:")
                .hasMessageContaining("is no line of a selection");
        assertThat(files(folder).get("selected.jsonl")).isEqualTo(before.get("selected.jsonl"));
    }
}
