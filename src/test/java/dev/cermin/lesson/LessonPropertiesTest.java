package dev.cermin.lesson;

import static dev.cermin.fixture.Samples.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cermin.loop.Task;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import org.jspecify.annotations.Nullable;

/** Whatever is learned, revoked, let pass and restarted: what is recalled is what the plain list below says. */
class LessonPropertiesTest {
    private static final Duration LIFE = Duration.ofSeconds(20);
    private static final int CAPACITY = 3;
    private static final LessonSettings SETTINGS = LessonSettings.builder()
            .timeToLive(LIFE)
            .capacity(CAPACITY)
            .mostRecalled(2)
            .threshold(0.5)
            .similarity((text, others) -> others.stream()
                    .mapToDouble(other -> text.equals(other) ? 1 : text.charAt(0) == other.charAt(0) ? 0.6 : 0.4)
                    .toArray())
            .drawer((task, outcome) -> Optional.of("advice"))
            .build();

    /**
     * One operation.
     *
     * @param scope which agent and tenant of four
     * @param situation which of six, two and two alike
     */
    record Move(Kind kind, int scope, int situation) {
        Task task() {
            return LessonSamples.task(
                    "agent " + scope / 2, "tenant " + scope % 2, "abc".charAt(situation / 2) + " " + situation);
        }
    }

    enum Kind {
        LEARN,
        RECALL,
        REVOKE,
        PASS,
        RESTART
    }

    @Property(tries = 500)
    void inMemory(@ForAll("moves") List<Move> moves) {
        new Play(Lessons.inMemory(SETTINGS), lessons -> lessons).all(moves);
    }

    @Property(tries = 40)
    void inAFileWithRestarts(@ForAll("moves") List<Move> moves) throws IOException {
        Path folder = Files.createTempDirectory("lessons");
        Path file = folder.resolve("lessons.jsonl");
        UnaryOperator<Lessons> restart = lessons -> {
            lessons.close();
            return Lessons.inFile(file, SETTINGS);
        };
        new Play(Lessons.inFile(file, SETTINGS), restart).all(moves);
        try (Stream<Path> left = Files.list(folder)) {
            for (Path path : left.toList()) {
                Files.delete(path);
            }
        }
        Files.delete(folder);
    }

    @Provide
    Arbitrary<List<Move>> moves() {
        Arbitrary<Kind> kinds = Arbitraries.frequency(
                Tuple.of(5, Kind.LEARN),
                Tuple.of(5, Kind.RECALL),
                Tuple.of(2, Kind.REVOKE),
                Tuple.of(3, Kind.PASS),
                Tuple.of(1, Kind.RESTART));
        return Combinators.combine(
                        kinds,
                        Arbitraries.integers().between(0, 3),
                        Arbitraries.integers().between(0, 5))
                .as(Move::new)
                .list()
                .ofMaxSize(40);
    }

    /** Lessons and the list that says what they should be, the one drawn last first. */
    private static final class Play {
        private final UnaryOperator<Lessons> restart;
        private final List<Lesson> expected = new ArrayList<>();
        private final Set<String> revoked = new HashSet<>();
        private Lessons lessons;
        private Instant now = NOON;

        Play(Lessons lessons, UnaryOperator<Lessons> restart) {
            this.lessons = lessons;
            this.restart = restart;
        }

        void all(List<Move> moves) {
            moves.forEach(this::play);
            for (int scope = 0; scope < 4; scope++) {
                recall(new Move(Kind.RECALL, scope, 0).task());
            }
            lessons.close();
        }

        private void play(Move move) {
            switch (move.kind()) {
                case LEARN -> learn(move.task());
                case RECALL -> recall(move.task());
                case REVOKE -> revoke(move);
                case PASS -> now = now.plusSeconds(1 + 2L * move.situation());
                case RESTART -> lessons = restart.apply(lessons);
            }
        }

        private void learn(Task task) {
            Optional<Lesson> learned = lessons.learn(task, LessonSamples.acceptedAtOnce(task, "x"), now);
            Lesson same = find(task);
            if (learned.isEmpty()) {
                assertThat(same).isNull();
                assertThat(revoked).contains(task.agent() + task.tenant() + task.input());
                return;
            }
            Lesson lesson = learned.get();
            assertThat(revoked).doesNotContain(key(lesson));
            assertThat(lesson.expiresAt()).isEqualTo(now.plus(LIFE));
            assertThat(lesson.learnedAt()).isEqualTo(same == null ? now : same.learnedAt());
            expected.remove(same);
            expected.addFirst(lesson);
            List<Lesson> own =
                    expected.stream().filter(other -> scope(other, task)).toList();
            if (own.size() > CAPACITY) {
                expected.remove(own.getLast());
            }
        }

        private void recall(Task task) {
            expected.removeIf(lesson -> !now.isBefore(lesson.expiresAt()));
            List<Lesson> alike = expected.stream()
                    .filter(lesson -> scope(lesson, task))
                    .filter(lesson ->
                            lesson.situation().charAt(0) == task.input().charAt(0))
                    .toList();
            List<Lesson> ordered = Stream.concat(
                            alike.stream().filter(lesson -> lesson.situation().equals(task.input())),
                            alike.stream().filter(lesson -> !lesson.situation().equals(task.input())))
                    .limit(2)
                    .toList();
            assertThat(lessons.recall(task, now)).isEqualTo(ordered);
        }

        private void revoke(Move move) {
            Lesson lesson = find(move.task());
            assertThat(lessons.revoke(lesson == null ? "none" : lesson.id())).isEqualTo(lesson != null);
            if (lesson != null) {
                expected.remove(lesson);
                revoked.add(key(lesson));
            }
        }

        private @Nullable Lesson find(Task task) {
            expected.removeIf(lesson -> !now.isBefore(lesson.expiresAt()));
            return expected.stream()
                    .filter(lesson -> scope(lesson, task) && lesson.situation().equals(task.input()))
                    .findFirst()
                    .orElse(null);
        }

        private static boolean scope(Lesson lesson, Task task) {
            return lesson.agent().equals(task.agent()) && lesson.tenant().equals(task.tenant());
        }

        private static String key(Lesson lesson) {
            return lesson.agent() + lesson.tenant() + lesson.situation();
        }
    }
}
