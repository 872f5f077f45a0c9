package dev.cermin.lesson;

import dev.cermin.loop.Outcome;
import dev.cermin.loop.Task;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Lessons in a book in memory and, where there is one, in a file: first there, then here. */
final class KeptLessons implements Lessons {
    /** Lines that no longer count, beyond as many as count, before the file is rewritten without them. */
    static final int SLACK = 1000;

    private static final System.Logger LOG = System.getLogger(Lessons.class.getName());

    private final LessonSettings settings;
    private final LessonBook book;
    private final @Nullable LessonFile file;
    private final ReentrantLock lock = new ReentrantLock();
    private boolean closed;

    KeptLessons(LessonSettings settings, @Nullable Path file) {
        this.settings = settings;
        this.book = new LessonBook(settings.capacity());
        this.file = file == null
                ? null
                : LessonFile.open(file, book::apply, warning -> LOG.log(System.Logger.Level.WARNING, warning));
    }

    @Override
    public List<Lesson> recall(Task task, Instant now) {
        List<Lesson> lessons = all(task.agent(), task.tenant()).stream()
                .filter(lesson -> !lesson.expired(now))
                .toList();
        String situation = Lesson.situation(task);
        if (lessons.isEmpty() || situation.isEmpty()) {
            return List.of();
        }
        double[] alike = settings.similarity()
                .between(situation, lessons.stream().map(Lesson::situation).toList());
        if (alike.length != lessons.size()) {
            throw new IllegalStateException(
                    "The similarity gave %d values for %d texts".formatted(alike.length, lessons.size()));
        }
        return IntStream.range(0, alike.length)
                .filter(i -> alike[i] >= settings.threshold())
                .boxed()
                .sorted(Comparator.comparingDouble(i -> -alike[i]))
                .limit(settings.mostRecalled())
                .map(lessons::get)
                .toList();
    }

    @Override
    public Optional<Lesson> learn(Task task, Outcome outcome, Instant now) {
        if (!outcome.taskId().equals(task.id())) {
            throw new IllegalArgumentException(
                    "The outcome is of task %s, and the task given is %s; give the two of one"
                            .formatted(outcome.taskId(), task.id()));
        }
        return settings.drawer()
                .advice(task, outcome)
                .map(advice -> Lesson.of(task, advice, now, settings.timeToLive()))
                .filter(lesson ->
                        !lesson.situation().isEmpty() && !lesson.advice().isEmpty())
                .flatMap(lesson -> locked(() -> keep(lesson, now)));
    }

    private Optional<Lesson> keep(Lesson drawn, Instant now) {
        if (book.isRevoked(drawn.id())) {
            return Optional.empty();
        }
        book.dropExpired(drawn.agent(), drawn.tenant(), now);
        Lesson same = book.same(drawn);
        Lesson lesson = same == null ? drawn : same.renewed(drawn.expiresAt());
        write(LessonLine.learned(lesson));
        if (file != null && file.lines() > 2 * book.size() + SLACK) {
            book.dropExpired(now);
            tidy(file);
        }
        return Optional.of(lesson);
    }

    /** A file that can't be made smaller still holds every lesson, so that is no reason to fail. */
    private void tidy(LessonFile full) {
        try {
            full.rewrite(book.lines());
        } catch (LessonFileException e) {
            LOG.log(System.Logger.Level.WARNING, "Lines that no longer count stay in the file for now", e);
        }
    }

    @Override
    public boolean revoke(String id) {
        return locked(() -> {
            boolean kept = book.keeps(id);
            if (kept) {
                write(LessonLine.revoked(id));
            }
            return kept;
        });
    }

    private void write(LessonLine line) {
        if (file != null) {
            file.append(line);
        }
        book.apply(line);
    }

    @Override
    public List<Lesson> all(String agent, String tenant) {
        return locked(() -> book.of(agent, tenant));
    }

    private <T> T locked(Supplier<T> action) {
        lock.lock();
        try {
            if (closed) {
                throw new IllegalStateException("These lessons are closed; close them when no loop runs any more");
            }
            return action.get();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            if (!closed && file != null) {
                file.close();
            }
            closed = true;
        } finally {
            lock.unlock();
        }
    }
}
