package dev.cermin.lesson;

import dev.cermin.fixture.Samples;
import dev.cermin.loop.Task;
import java.io.IOException;
import java.nio.file.Path;

/** Another process: opens the file that it is told, learns a lesson, and keeps it open until its input ends. */
final class HoldLessons {
    private HoldLessons() {}

    public static void main(String[] args) throws IOException {
        Task task = LessonSamples.task("learned elsewhere");
        try (Lessons lessons = Lessons.inFile(Path.of(args[0]))) {
            lessons.learn(task, LessonSamples.corrected(task, "wrong", "right"), Samples.NOON);
            System.out.println("open");
            System.in.readAllBytes();
        } catch (LessonFileException e) {
            System.out.println(e.getMessage());
        }
    }
}
