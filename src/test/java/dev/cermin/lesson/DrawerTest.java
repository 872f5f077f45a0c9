package dev.cermin.lesson;

import static dev.cermin.lesson.LessonSamples.acceptedAtOnce;
import static dev.cermin.lesson.LessonSamples.cancelled;
import static dev.cermin.lesson.LessonSamples.corrected;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cermin.loop.Outcome;
import dev.cermin.loop.Task;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DrawerTest {
    private final Task task = LessonSamples.task("9x-15=21");

    @Test
    void aCorrectedFailureTeachesWhatWentWrongAndWhatHeld() {
        assertThat(advice(corrected(task, "x=1 gives -6 on the left", "x=4\nbecause 9*4=36")))
                .contains("An answer failed: v: x=1 gives -6 on the left. What held: x=4");
    }

    @Test
    void allReasonsAreToldOnceTheFirstOneFirst() {
        assertThat(advice(corrected(task, List.of("too long", "too short", "too long"), "\n \n just so \n")))
                .contains("An answer failed: v: too long; v: too short. What held: just so");
    }

    @Test
    void anAnswerThatIsAcceptedAtOnceTeachesNothing() {
        assertThat(advice(acceptedAtOnce(task, "x=4"))).isEmpty();
    }

    @Test
    void anAnswerThatIsNotAcceptedTeachesNothing() {
        assertThat(advice(cancelled(task, "x=1 gives -6 on the left"))).isEmpty();
    }

    @Test
    void anEmptyAnswerTeachesNothing() {
        assertThat(advice(corrected(task, "too long", " \n "))).isEmpty();
    }

    @Test
    void longReasonsLeaveRoomForWhatHeld() {
        String advice = advice(corrected(task, "reason ".repeat(1000), "answer ".repeat(1000)))
                .orElseThrow();

        assertThat(advice).contains("…. What held: answer answer").hasSizeLessThanOrEqualTo(Lesson.ADVICE_LENGTH);
    }

    private Optional<String> advice(Outcome outcome) {
        return Drawer.corrected().advice(task, outcome);
    }
}
