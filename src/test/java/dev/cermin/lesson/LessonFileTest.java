package dev.cermin.lesson;

import static dev.cermin.fixture.Samples.NOON;
import static dev.cermin.lesson.LessonSamples.corrected;
import static dev.cermin.lesson.LessonSamples.task;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cermin.loop.Task;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LessonFileTest {
    @TempDir
    Path temp;

    private Path file;

    @BeforeEach
    void file() {
        file = temp.resolve("memory").resolve("lessons.jsonl");
    }

    @Test
    void lessonsAndRevocationsSurviveARestart() {
        Lesson renewed;
        Lesson revoked;
        try (Lessons lessons = Lessons.inFile(file)) {
            learn(lessons, "9x-15=21", NOON);
            revoked = learn(lessons, "7x-8=20 \ud83d\ude00", NOON);
            renewed = learn(lessons, "9x-15=21", NOON.plusSeconds(1));
            lessons.revoke(revoked.id());
        }
        try (Lessons lessons = Lessons.inFile(file)) {
            assertThat(lessons.all("ann", "acme")).containsExactly(renewed);
            Task again = task("7x-8=20 \ud83d\ude00");
            assertThat(lessons.learn(again, corrected(again, "wrong", "x=4"), NOON))
                    .isEmpty();
            assertThat(lessons.recall(again, NOON)).containsExactly(renewed);
        }
    }

    @Test
    void aLineIsALessonOrARevocation() throws IOException {
        try (Lessons lessons = Lessons.inFile(file)) {
            Lesson lesson = learn(lessons, "9x-15=21", NOON);
            lessons.revoke(lesson.id());

            assertThat(Files.readAllLines(file))
                    .containsExactly(
                            ("{\"learned\":{\"advice\":\"An answer failed: v: wrong. What held: x=4\",\"agent\":\"ann\","
                                            + "\"expiresAt\":\"2030-01-31T12:00:00Z\",\"id\":\"%s\","
                                            + "\"learnedAt\":\"2030-01-01T12:00:00Z\",\"situation\":\"9x-15=21\","
                                            + "\"taskId\":\"%s\",\"tenant\":\"acme\"}}")
                                    .formatted(lesson.id(), lesson.taskId()),
                            "{\"revoked\":\"%s\"}".formatted(lesson.id()));
        }
    }

    @Test
    void aTornLastLineIsToldAndLeftOutAndTheNextLessonIsNotTornByIt() throws IOException {
        Lesson whole = lesson("9x-15=21");
        byte[] torn = LessonLine.learned(lesson("7x-8=20")).bytes();
        write(LessonLine.learned(whole).bytes());
        for (int kept = 1; kept < torn.length - 1; kept += 7) {
            byte[] start = new byte[kept];
            System.arraycopy(torn, 0, start, 0, kept);
            Files.write(file, start, StandardOpenOption.APPEND);

            List<LessonLine> read = new ArrayList<>();
            List<String> warnings = new ArrayList<>();
            try (LessonFile opened = LessonFile.open(file, read::add, warnings::add)) {
                assertThat(read).first().isEqualTo(LessonLine.learned(whole));
                assertThat(warnings)
                        .containsExactly(
                                "Line %d of %s, the last, was torn when it was written; its %d bytes are left out"
                                        .formatted(read.size() + 1, file.toRealPath(), kept));
                opened.append(LessonLine.revoked("id " + kept));
            }
            assertThat(Files.readAllLines(file))
                    .hasSize(read.size() + 1)
                    .last()
                    .isEqualTo("{\"revoked\":\"id " + kept + "\"}");
        }
        try (Lessons lessons = Lessons.inFile(file)) {
            assertThat(lessons.all("ann", "acme")).containsExactly(whole);
        }
    }

    @Test
    void aLineThatWasWrittenByHandWithoutItsEndCounts() throws IOException {
        Lesson lesson = lesson("9x-15=21");
        write(LessonLine.learned(lesson).bytes());
        Files.writeString(file, "{\"revoked\": \"%s\"}".formatted(lesson.id()), StandardOpenOption.APPEND);

        try (Lessons lessons = Lessons.inFile(file)) {
            assertThat(lessons.all("ann", "acme")).isEmpty();
            learn(lessons, "7x-8=20", NOON);
        }
        try (Lessons lessons = Lessons.inFile(file)) {
            assertThat(lessons.all("ann", "acme")).extracting(Lesson::situation).containsExactly("7x-8=20");
        }
    }

    @Test
    void aRevocationCountsForLinesAfterItToo() throws IOException {
        Lesson lesson = lesson("9x-15=21");
        write(LessonLine.revoked(lesson.id()).bytes());
        Files.write(file, LessonLine.learned(lesson).bytes(), StandardOpenOption.APPEND);

        try (Lessons lessons = Lessons.inFile(file)) {
            assertThat(lessons.recall(task("9x-15=21"), NOON)).isEmpty();
        }
    }

    @Test
    void aLineInTheMiddleThatCanNotBeReadIsRefusedByItsNumber() throws IOException {
        for (String line : List.of("{\"revo", "{}", "{\"learned\":{\"id\":\"a\"}}", "")) {
            write(LessonLine.learned(lesson("9x-15=21")).bytes());
            Files.writeString(file, line + "\n", StandardOpenOption.APPEND);
            Files.write(file, LessonLine.revoked("b").bytes(), StandardOpenOption.APPEND);

            assertThatThrownBy(() -> Lessons.inFile(file))
                    .isInstanceOf(LessonFileException.class)
                    .hasMessageContaining("Line 2 of " + file.toRealPath())
                    .hasMessageContaining("Mend it");
        }
        // a refusal keeps nothing locked
        write(LessonLine.learned(lesson("9x-15=21")).bytes());
        Lessons.inFile(file).close();
    }

    @Test
    void whatNoLongerCountsLeavesTheFileOnceItIsMostOfIt() throws IOException {
        Lesson often = lesson("9x-15=21");
        var lines = new ByteArrayOutputStream();
        lines.write(LessonLine.revoked("gone").bytes());
        lines.write(
                LessonLine.learned(lesson("4x=1").renewed(NOON.plusSeconds(1))).bytes());
        for (int i = 0; i < KeptLessons.SLACK + 10; i++) {
            lines.write(LessonLine.learned(often).bytes());
        }
        write(lines.toByteArray());

        Instant later = NOON.plusSeconds(60);
        try (Lessons lessons = Lessons.inFile(file)) {
            for (int i = 0; i < 6; i++) {
                learn(lessons, "%dx=7".formatted(i), later);
            }
            List<String> left = Files.readAllLines(file);
            assertThat(left.getFirst()).isEqualTo("{\"revoked\":\"gone\"}");
            assertThat(left.size()).isLessThan(20);
            learn(lessons, "8x=7", later);
        }
        try (Lessons lessons = Lessons.inFile(file)) {
            assertThat(lessons.all("ann", "acme"))
                    .extracting(Lesson::situation)
                    .containsExactly("8x=7", "5x=7", "4x=7", "3x=7", "2x=7", "1x=7", "0x=7", "9x-15=21", "4x=1");
            assertThat(lessons.revoke("gone")).isFalse();
        }
    }

    @Test
    void aSecondUseInThisProcessIsRefused() throws IOException {
        try (Lessons lessons = Lessons.inFile(file)) {
            Files.createSymbolicLink(temp.resolve("link"), file);
            for (Path same : List.of(file, temp.resolve("memory/../memory/lessons.jsonl"), temp.resolve("link"))) {
                assertThatThrownBy(() -> Lessons.inFile(same))
                        .isInstanceOf(LessonFileException.class)
                        .hasMessageContaining("open in this process already");
            }
            learn(lessons, "9x-15=21", NOON);
        }
        try (Lessons lessons = Lessons.inFile(file)) {
            assertThat(lessons.all("ann", "acme")).hasSize(1);
        }
    }

    @Test
    void aFileThatSomethingElseChangedIsNotWrittenToAndNothingIsLearned() throws IOException {
        try (Lessons lessons = Lessons.inFile(file)) {
            Lesson lesson = learn(lessons, "9x-15=21", NOON);
            byte[] before = Files.readAllBytes(file);

            Files.write(file, LessonLine.revoked("a").bytes(), StandardOpenOption.APPEND);
            assertThatThrownBy(() -> learn(lessons, "7x-8=20", NOON))
                    .isInstanceOf(LessonFileException.class)
                    .hasMessageContaining("something else changed it");
            Files.delete(file);
            assertThatThrownBy(() -> lessons.revoke(lesson.id())).isInstanceOf(LessonFileException.class);
            assertThat(lessons.all("ann", "acme")).containsExactly(lesson);

            Files.write(file, before);
            assertThat(lessons.revoke(lesson.id())).isTrue();
        }
    }

    @Test
    void aFileThatCanNotBeOneIsToldWithItsName() {
        assertThatThrownBy(() -> Lessons.inFile(temp))
                .isInstanceOf(LessonFileException.class)
                .hasMessageContaining(temp.toString());
    }

    @Test
    void onlyItsOwnerMayReadIt() throws IOException {
        try (Lessons lessons = Lessons.inFile(file)) {
            learn(lessons, "9x-15=21", NOON);
        }
        assertThat(Files.getPosixFilePermissions(file))
                .containsExactlyInAnyOrder(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
    }

    @Test
    void anInterruptedThreadLearnsAndStaysInterrupted() {
        try (Lessons lessons = Lessons.inFile(file)) {
            Thread.currentThread().interrupt();
            learn(lessons, "9x-15=21", NOON);
            assertThat(Thread.interrupted()).isTrue();
            learn(lessons, "7x-8=20", NOON);
            assertThat(lessons.all("ann", "acme")).hasSize(2);
        }
    }

    @Test
    void whatManyThreadsLearnIsAllThereAfterwards() throws Exception {
        try (Lessons lessons = Lessons.inFile(file);
                ExecutorService pool = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Lesson>> learned = IntStream.range(0, 60)
                    .mapToObj(i -> pool.submit(() -> learn(lessons, "%dx-15=21".formatted(i), NOON)))
                    .toList();
            for (Future<Lesson> one : learned) {
                Lesson lesson = one.get();
                assertThat(lessons.all("ann", "acme")).contains(lesson);
            }
        }
        try (Lessons lessons = Lessons.inFile(file)) {
            assertThat(lessons.all("ann", "acme")).hasSize(60);
        }
    }

    private void write(byte[] content) throws IOException {
        Files.createDirectories(file.getParent());
        Files.write(file, content);
    }

    private static Lesson lesson(String input) {
        return Lesson.of(task(input), "advice", NOON, Duration.ofDays(30));
    }

    private static Lesson learn(Lessons lessons, String input, Instant now) {
        Task task = task(input);
        return lessons.learn(task, corrected(task, "wrong", "x=4"), now).orElseThrow();
    }
}
