package dev.cermin.lesson;

import dev.cermin.loop.Outcome;
import dev.cermin.loop.Task;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The lessons of agents and tenants. Implementations are thread-safe. Close them when no loop runs any more. */
public interface Lessons extends AutoCloseable {
    /**
     * The lessons for a task: of its agent and tenant, neither expired nor revoked, at least as similar as the threshold,
     * the most similar first; of equals the one drawn last. Compares outside of any lock, so a slow similarity holds up
     * nobody; what is revoked meanwhile is still given.
     *
     * @throws RuntimeException what the similarity throws, such as an embedding model that can't be reached: a task can
     *     well go on without lessons
     */
    List<Lesson> recall(Task task, Instant now);

    /**
     * Draws a lesson from a finished loop and keeps it. The same situation and advice renews the lesson that is there;
     * one that was revoked stays revoked.
     *
     * @return the lesson as it is kept; empty where nothing was drawn, or where it was revoked before
     * @throws IllegalArgumentException where the outcome is another task's
     * @throws LessonFileException where it can't be written; then it is not kept
     */
    Optional<Lesson> learn(Task task, Outcome outcome, Instant now);

    /**
     * Takes a lesson back for good: it is neither recalled nor learned again.
     *
     * @return false where no lesson of that id is kept, and then nothing changes
     * @throws LessonFileException where it can't be written; then the lesson stays
     */
    boolean revoke(String id);

    /**
     * All lessons of an agent and tenant, the one drawn last first. Expired ones leave with the next lesson that the two
     * learn, so some may be among them.
     */
    List<Lesson> all(String agent, String tenant);

    /** Frees what the lessons hold; later calls fail. May be called twice. Default: holds nothing. */
    @Override
    default void close() {}

    /** The default: lessons that last as long as the process, by the default settings. */
    static Lessons inMemory() {
        return inMemory(LessonSettings.DEFAULT);
    }

    static Lessons inMemory(LessonSettings settings) {
        return new KeptLessons(settings, null);
    }

    /**
     * Lessons that survive restarts, in a file of JSON lines, by the default settings. It is made where it is missing, for
     * its owner's eyes only, and holds the texts of tasks. One process at a time keeps it open, by a lock in
     * {@code FILE.lock}; each lesson and revocation is on the disk when the call returns. Expired and revoked lessons leave
     * the file when it is rewritten: once they outnumber the others by more than 1,000.
     *
     * @throws LessonFileException where it is open already, here or in another process, or can't be read or written
     */
    static Lessons inFile(Path file) {
        return inFile(file, LessonSettings.DEFAULT);
    }

    /** The same, by other settings. */
    static Lessons inFile(Path file, LessonSettings settings) {
        return new KeptLessons(settings, file);
    }
}
